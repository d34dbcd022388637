import { succeed } from '../../core/diagnostics/result.ts';
import type { ExportWriter } from '../../core/export/exportable-model.ts';
import { predictionGraph } from '../tensorflow/saved-model.ts';
import { encodeGraphModel } from '../tensorflow/tfjs-graph-model.ts';
import { programVariables } from './write-saved-model.ts';

/** A folder with model.json and its weights: predictions for any batch, in operations that TensorFlow.js has. */
export const writeTfjs: ExportWriter = ({ name, program, weights, facts, provenance }) => {
  const graph = predictionGraph(program, programVariables(program, weights));
  const producer = provenance['producer'] ?? 'Unroll';
  const { model, weights: shards } = encodeGraphModel(graph, { generatedBy: producer, convertedBy: producer, metadata: { name, ...facts, provenance } });
  return Promise.resolve(succeed([
    { place: '/model.json', bytes: new TextEncoder().encode(model) },
    ...shards.map((shard) => ({ place: `/${shard.name}`, bytes: shard.bytes })),
  ]));
};
