import { firstTarget, takesSequence, targetWidth } from '../../core/compile/model.ts';
import { buildModel } from '../../core/compile/build-model.ts';
import { statelessModel } from '../../core/compile/stateless.ts';
import { compileProgram } from '../../core/compile/compile-program.ts';
import type { Model } from '../../core/compile/model.ts';
import type { DataFactsByNode } from '../../core/check/graph-survey.ts';
import type { CallingFacts, ExportableModel, WeightValues } from '../../core/export/exportable-model.ts';
import type { GraphDocument } from '../../core/graph/graph-document.ts';
import { initialMovingStatistics, initialParameters } from '../../core/program/initializers.ts';
import { numericTensor } from '../../core/program/reference/numeric-tensor.ts';
import type { ProofWindows } from '../../engine/export/proof/checker.ts';
import { ReferenceSession } from './evaluate-entry.ts';
import { sampleTensor } from './numeric-gradient.ts';
import { testBackend } from './run-on-tensorflow.ts';

export interface ExportableGraph {
  readonly exportable: ExportableModel;
  readonly windows: ProofWindows;
  /** What float32 loses in this graph, relative as in a proof: the engine's own distance from float64. */
  readonly rounding: number;
}

const count = 3;

/** A document with weights that no training has seen, ready for every writer. */
export function untrainedModel(document: GraphDocument, data: DataFactsByNode, seed = 1): { readonly exportable: ExportableModel; readonly flat: Float32Array } {
  const built = buildModel(document, data);
  if (!built.ok) throw new Error(built.diagnostics.map(({ message }) => message).join('\n'));
  // Every format but Keras says each window for itself; Keras's stateful layers have a test of their own.
  const model = statelessModel(built.value);
  const program = compileProgram(model, document.training);
  const flat = nudged(initialParameters(model, program.parameterLayout, seed), seed);
  const weights = new Map<string, WeightValues>();
  for (const { node, weight, shape, offset, length } of program.parameterLayout) weights.set(`${node}/${weight}`, { shape, values: flat.slice(offset, offset + length) });
  for (const [name, values] of initialMovingStatistics(model)) weights.set(name, { shape: [values.length], values: nudged(values, seed + 1) });
  return { exportable: { name: document.name, model, program, training: document.training, weights, facts: callingFacts(model), table: null, provenance: { producer: 'a test' } }, flat };
}

function callingFacts(model: Model): CallingFacts {
  const columns = Array.from({ length: model.inputFeatures }, (_, column) => `column ${column}`);
  const target = firstTarget(model);
  const width = targetWidth(target);
  const [columnCount, horizon] = target.kind === 'forecast' ? [target.columnCount, target.horizon] : [1, 0];
  return {
    inputs: ['batch', model.data.window, model.inputFeatures],
    outputs: takesSequence(target) ? ['batch', model.data.window, width] : ['batch', width],
    columns,
    targetColumns: columns.slice(0, columnCount),
    horizon,
    meaning: 'what the graph says',
    scaling: columns.map((column, position) => ({ column, offset: position, factor: position + 2 })),
    labelScaling: target.kind === 'regress' ? target.columns.map((label, position) => ({ label, offset: position, factor: position + 2 })) : [],
    classes: target.kind === 'classify' ? target.classes : [],
    scaler: 'outside',
  };
}

/** The same, with what the engine says of a few windows. */
export function exportableGraph(document: GraphDocument, data: DataFactsByNode, seed = 1): ExportableGraph {
  const { exportable, flat } = untrainedModel(document, data, seed);
  const { model, program, weights } = exportable;
  const shape = [count, model.data.window, model.inputFeatures] as const;
  const { categories } = model.data;
  const inputs = Float32Array.from(sampleTensor([...shape], seed * 31).values, (value, index) => {
    const category = categories[(index % shape[2]) - shape[2] + categories.length];
    return category === undefined ? value : Math.floor(1000 * Math.abs(value)) % category.classes.length;
  });
  const variables = program.variables.flatMap(({ name }) => {
    const values = name === 'parameters' ? flat : weights.get(name)?.values;
    return values === undefined ? [] : [[name, values] as const];
  });

  const session = testBackend().open(program);
  for (const [name, values] of variables) session.writeVariable(name, { type: 'float', shape: [values.length], values });
  const input = program.entries.predict!.inputs[0]!.name;
  const predictions = Float32Array.from(session.run('predict', { [input]: { type: 'float', shape, values: inputs } }, ['predictions'])['predictions']!.values);
  session.close();

  const reference = new ReferenceSession(program, { batch: count, uniform: (_, wanted) => numericTensor(wanted, []) });
  for (const [name, values] of variables) reference.setVariable(name, Float64Array.from(values));
  const exact = reference.run('predict', { [input]: { shape: [...shape], values: Float64Array.from(inputs) } })['predictions']!.values;
  const scale = exact.reduce((largest, value) => Math.max(largest, Math.abs(value)), 1);
  const rounding = exact.reduce((largest, value, index) => Math.max(largest, Math.abs(value - predictions[index]!)), 0) / scale;

  return {
    exportable,
    windows: { shape, inputs, predictions, chosen: null, origin: 'a few windows' },
    rounding,
  };
}

/** Moved a little, so that no weight is zero. */
function nudged(start: Float32Array, seed: number): Float32Array {
  const nudge = sampleTensor([start.length], seed + 5, 0.2).values;
  return start.map((value, index) => value + (value === 1 ? Math.abs(nudge[index]!) : nudge[index]!));
}
