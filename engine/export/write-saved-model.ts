import { createHash } from 'node:crypto';
import { succeed } from '../../core/diagnostics/result.ts';
import type { ExportWriter } from '../../core/export/exportable-model.ts';
import type { NamedTensors } from '../session.ts';
import { encodePredictions, encodeTrainable } from '../tensorflow/saved-model.ts';

/** Loaders of SavedModels leave this folder alone. */
const callingFactsFile = 'assets.extra/unroll.json';

/** Written into the file; TensorFlow compares it with nothing. */
const tensorFlowVersion = '2.21.0';

/** A SavedModel folder: predictions for any batch and steps of training, in plain TensorFlow operations, and what its caller must know beside it. */
export const writeSavedModel: ExportWriter = ({ program, weights, facts, provenance }) => {
  const variables = programVariables(program, weights);
  const content = program.entries.train === undefined
    ? encodePredictions(program, variables, tensorFlowVersion)
    : encodeTrainable(program, variables, tensorFlowVersion, nameOf(variables));
  const described = new TextEncoder().encode(`${JSON.stringify({ ...facts, provenance }, null, 2)}\n`);
  return Promise.resolve(
    succeed([
      { place: '/saved_model.pb', bytes: content },
      { place: `/${callingFactsFile}`, bytes: described },
    ]),
  );
};

/** A name that other weights do not have. */
function nameOf(variables: NamedTensors): string {
  const hash = createHash('sha256');
  for (const { values } of Object.values(variables)) hash.update(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
  return `unroll_${hash.digest('hex').slice(0, 16)}`;
}

/** Weights by layer as the program's own variables: one flat vector, and moving statistics. */
export function programVariables({ parameterLayout, variables }: Parameters<ExportWriter>[0]['program'], weights: Parameters<ExportWriter>[0]['weights']): NamedTensors {
  const flat = new Float32Array(parameterLayout.reduce((sum, { length }) => sum + length, 0));
  for (const { node, weight, offset } of parameterLayout) flat.set(weights.get(`${node}/${weight}`)?.values ?? [], offset);
  const moving = variables.filter(({ role }) => role === 'moving').flatMap(({ name }) => {
    const found = weights.get(name);
    return found === undefined ? [] : [[name, { type: 'float', ...found }] as const];
  });
  return { parameters: { type: 'float', shape: [flat.length], values: flat }, ...Object.fromEntries(moving) };
}
