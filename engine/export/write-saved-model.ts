import { succeed } from '../../core/diagnostics/result.ts';
import type { ExportWriter } from '../../core/export/exportable-model.ts';
import type { NamedTensors } from '../session.ts';
import { encodePredictions } from '../tensorflow/saved-model.ts';

/** Loaders of SavedModels leave this folder alone. */
const callingFactsFile = 'assets.extra/unroll.json';

/** Written into the file; TensorFlow compares it with nothing. */
const tensorFlowVersion = '2.21.0';

/** A SavedModel folder: predictions for any batch, in plain TensorFlow operations, and what its caller must know beside it. */
export const writeSavedModel: ExportWriter = ({ program, weights, facts, provenance }) => {
  const content = encodePredictions(program, programVariables(program, weights), tensorFlowVersion);
  const described = new TextEncoder().encode(`${JSON.stringify({ ...facts, provenance }, null, 2)}\n`);
  return Promise.resolve(
    succeed([
      { place: '/saved_model.pb', bytes: content },
      { place: `/${callingFactsFile}`, bytes: described },
    ]),
  );
};

/** Weights by layer as the program's own variables: one flat vector, and moving statistics. */
function programVariables({ parameterLayout, variables }: Parameters<ExportWriter>[0]['program'], weights: Parameters<ExportWriter>[0]['weights']): NamedTensors {
  const flat = new Float32Array(parameterLayout.reduce((sum, { length }) => sum + length, 0));
  for (const { node, weight, offset } of parameterLayout) flat.set(weights.get(`${node}/${weight}`)?.values ?? [], offset);
  const moving = variables.filter(({ role }) => role === 'moving').flatMap(({ name }) => {
    const found = weights.get(name);
    return found === undefined ? [] : [[name, { type: 'float', ...found }] as const];
  });
  return { parameters: { type: 'float', shape: [flat.length], values: flat }, ...Object.fromEntries(moving) };
}
