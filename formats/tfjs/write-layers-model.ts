import type { Model } from '../../core/compile/model.ts';
import { succeed } from '../../core/diagnostics/result.ts';
import { legalName } from '../../core/export/layer-names.ts';
import { weightOf } from '../../core/export/exportable-model.ts';
import type { ExportWriter } from '../../core/export/exportable-model.ts';
import { tfjsShards } from '../../core/export/tfjs-shards.ts';
import { knownSize } from '../../core/shapes/size.ts';
import { kerasModel } from '../keras/keras-layers.ts';
import type { KerasLayer, KerasTensor } from '../keras/keras-layers.ts';
import { tfjsLayerConfig, tfjsWeightNames } from './layer-config.ts';

type Json = Readonly<Record<string, unknown>>;

/**
 * A folder with model.json and its weights, a model of layers that TensorFlow.js can train on: a functional Keras model in
 * the older spelling that tfjs-layers reads, with the weights beside it by name.
 * Format: tensorflow/tfjs, tfjs-layers: src/models.ts, src/engine/container.ts.
 */
export const writeLayersModel: ExportWriter = (exportable) => {
  const { name, facts, provenance } = exportable;
  const { input, layers: spelled, output } = kerasModel(exportable.model);
  const layers = spelled.map((layer) => withKnownSizes(layer, exportable.model));
  const weights = layers.flatMap((layer) => {
    const names = tfjsWeightNames(layer);
    return layer.weights.map((weight, index) => ({ name: names[index]!, ...weightOf(exportable, layer.node, weight) }));
  });
  const shards = tfjsShards(weights.map(({ values }) => new Uint8Array(values.buffer, values.byteOffset, values.byteLength)));
  const producer = provenance['producer'] ?? 'Unroll';
  const topology = {
    class_name: 'Model',
    config: {
      name: legalName(name) || 'model',
      layers: [inputLayer(input), ...layers.map(layerEntry)],
      input_layers: [reference(input)],
      output_layers: [reference(output)],
    },
    keras_version: '2.15.0',
    backend: 'tensorflow',
  };
  const model = {
    format: 'layers-model',
    generatedBy: producer,
    convertedBy: producer,
    userDefinedMetadata: { name, ...facts, provenance },
    modelTopology: topology,
    weightsManifest: [{ paths: shards.map((shard) => shard.name), weights: weights.map(({ name: own, shape }) => ({ name: own, shape, dtype: 'float32' })) }],
  };
  return Promise.resolve(succeed([
    { place: '/model.json', bytes: new TextEncoder().encode(JSON.stringify(model)) },
    ...shards.map((shard) => ({ place: `/${shard.name}`, bytes: shard.bytes })),
  ]));
};

function inputLayer({ layer: name, shape }: KerasTensor): Json {
  return { class_name: 'InputLayer', name, config: { batch_input_shape: shape, dtype: 'float32', sparse: false, name }, inbound_nodes: [] };
}

function layerEntry(layer: KerasLayer): Json {
  return { ...tfjsLayerConfig(layer), name: layer.name, inbound_nodes: [layer.inputs.map((source) => [...reference(source), {}])] };
}

/** Keras finds a size that is left open (-1); tfjs-layers leaves it open, and the layer after cannot be built. */
function withKnownSizes(layer: KerasLayer, { layers }: Model): KerasLayer {
  if (layer.className !== 'Reshape') return layer;
  const shape = Object.values(layers.find(({ node }) => node === layer.node)?.outputShapes ?? {})[0] ?? [];
  return { ...layer, config: { ...layer.config, target_shape: shape.slice(1).map(({ size }) => knownSize(size)) } };
}

/** A layer, which of its calls, which of that one's outputs. */
function reference({ layer, tensor }: KerasTensor): readonly [string, number, number] {
  return [layer, 0, tensor];
}
