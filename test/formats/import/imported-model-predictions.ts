import { buildModel } from '../../../core/compile/build-model.ts';
import { compileProgram } from '../../../core/compile/compile-program.ts';
import type { ImportedModel } from '../../../core/import/imported-model.ts';
import { createCarriedStates } from '../../../engine/training/carried-states.ts';
import { testBackend } from '../../support/run-on-tensorflow.ts';

/** What an imported model says of windows (batch, window, features), with the weights that came along. */
export function predictionsOf(imported: ImportedModel, inputs: Float32Array, count: number): readonly number[] {
  const { document, weights, window, features } = imported;
  const columns = Array.from({ length: features }, (_, index) => `column ${index + 1}`);
  const data = Object.fromEntries(document.nodes.filter(({ type }) => type === 'series').map(({ id }) => [id, { columns, seriesCount: 10, steps: 10_000 }]));
  // Fewer outputs than columns are of one column, which nobody has chosen yet.
  const chosen = { ...document, nodes: document.nodes.map((node) => (node.type === 'forecast' ? { ...node, parameters: { ...node.parameters, columns: ['column 1'] } } : node)) };
  const asRead = buildModel(document, data);
  const built = !asRead.ok && asRead.diagnostics[0]?.code === 'prediction-width' ? buildModel(chosen, data) : asRead;
  if (!built.ok) throw new Error(built.diagnostics.map(({ message }) => message).join('\n'));
  const program = compileProgram(built.value, document.training);
  const flat = new Float32Array(program.parameterLayout.reduce((sum, { length }) => sum + length, 0));
  for (const { node, weight, offset, shape } of program.parameterLayout) {
    const found = weights.get(`${node}/${weight}`);
    if (found === undefined || JSON.stringify(found.shape) !== JSON.stringify(shape)) throw new Error(`${node}/${weight} did not come along`);
    flat.set(found.values, offset);
  }
  const session = testBackend().open(program);
  if (flat.length > 0) session.writeVariable('parameters', { type: 'float', shape: [flat.length], values: flat });
  for (const { name, role } of program.variables) {
    const found = weights.get(name);
    if (role === 'moving' && found !== undefined) session.writeVariable(name, { type: 'float', shape: found.shape, values: found.values });
  }
  const entry = program.entries.predict!;
  const input = entry.inputs.find(({ role }) => role.kind === 'data')!.name;
  const atStart = createCarriedStates(entry).feeds(new Uint8Array(count));
  const { predictions } = session.run('predict', { [input]: { type: 'float', shape: [count, window, features], values: inputs }, ...atStart }, ['predictions']);
  session.close();
  return [...predictions!.values];
}

/** max |a − b| / max(1, max |b|): how far predictions are from those that they should be. */
export function largestRelative(values: readonly number[], expected: readonly number[]): number {
  const scale = expected.reduce((largest, value) => Math.max(largest, Math.abs(value)), 1);
  return values.reduce((largest, value, index) => Math.max(largest, Math.abs(value - expected[index]!)), 0) / scale;
}
