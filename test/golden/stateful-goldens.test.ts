import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { buildModel } from '../../core/compile/build-model.ts';
import { compileProgram } from '../../core/compile/compile-program.ts';
import { defaultOptimizers } from '../../core/graph/training-defaults.ts';
import type { NumericTensor } from '../../core/program/reference/numeric-tensor.ts';
import { numericTensor } from '../../core/program/reference/numeric-tensor.ts';
import { evaluateSize } from '../../core/shapes/size.ts';
import { layers, smallProject } from '../engine/host/small-project.ts';
import { ReferenceSession } from '../support/evaluate-entry.ts';
import { testBackend, toNumericTensor, toTensorData } from '../support/run-on-tensorflow.ts';
import { valueOf } from '../support/forecast-data.ts';

interface Golden {
  readonly start: readonly number[];
  readonly inputs: readonly (readonly number[])[];
  readonly targets: readonly (readonly number[])[];
  readonly losses: readonly number[];
  readonly weights: readonly number[];
  readonly predictions: readonly (readonly number[])[];
}

/** Written by stateful-goldens.py. */
const { rows, steps, rate, cases } = JSON.parse(readFileSync(new URL('./stateful-goldens.json', import.meta.url), 'utf8')) as {
  readonly rows: number; readonly steps: number; readonly rate: number; readonly cases: Readonly<Record<string, Golden>>;
};

type Tensors = Readonly<Record<string, NumericTensor>>;

interface Runner {
  readonly run: (entry: 'train' | 'predict', feeds: Tensors) => Tensors;
  readonly parameters: () => ArrayLike<number>;
}

function programOf(type: string) {
  const stateful = (units: number, returnSequences: boolean) => {
    const link = layers.simpleRnn(units, returnSequences);
    return { ...link, type, parameters: { ...link.parameters, stateful: true } };
  };
  const document = smallProject({
    series: { steps: 4 * steps + 2 }, window: { window: steps, stride: steps }, layers: [stateful(4, true), stateful(3, false), layers.dense(2)],
    training: { optimizer: { ...defaultOptimizers.sgd, learningRate: rate } },
  });
  return compileProgram(valueOf(buildModel(document)), document.training);
}

const runners: Readonly<Record<string, (program: ReturnType<typeof programOf>, start: readonly number[]) => Runner>> = {
  'the float64 evaluator': (program, start) => {
    const session = new ReferenceSession(program, { batch: rows, uniform: () => numericTensor([], []) });
    session.setVariable('parameters', Float64Array.from(start));
    return { run: (entry, feeds) => session.run(entry, feeds), parameters: () => session.variable('parameters').values };
  },
  TensorFlow: (program, start) => {
    const session = testBackend().open(program);
    session.writeVariable('parameters', { type: 'float', shape: [start.length], values: Float32Array.from(start) });
    return {
      run: (name, feeds) => {
        const entry = program.entries[name]!;
        const given = Object.fromEntries(entry.inputs.map(({ name: input, type }) => [input, toTensorData(type, feeds[input]!)]));
        return Object.fromEntries(Object.entries(session.run(name, given, entry.outputs)).map(([output, data]) => [output, toNumericTensor(data)]));
      },
      parameters: () => session.readVariable('parameters').values,
    };
  },
};

/** Runs an entry on one window after the other; what it carries goes from each to the next, from zeros. */
function inTurn(program: ReturnType<typeof programOf>, runner: Runner, entry: 'train' | 'predict', windows: readonly Tensors[]): readonly Tensors[] {
  const carried = program.entries[entry]!.inputs.filter(({ role }) => role.kind === 'carried');
  let states: Tensors = Object.fromEntries(carried.map(({ name, shape }) => {
    const sizes = shape.map((size) => evaluateSize(size, { batch: rows }));
    return [name, numericTensor(sizes, Array.from({ length: sizes[0]! * sizes[1]! }, () => 0))];
  }));
  return windows.map((feeds) => {
    const results = runner.run(entry, { ...feeds, ...states });
    states = Object.fromEntries(carried.map(({ name }) => [name, results[name]!]));
    return results;
  });
}

function expectClose(found: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number): void {
  expect(found.length).toBe(expected.length);
  Array.from(expected).forEach((value, index) => { expect(Math.abs(found[index]! - value)).toBeLessThan(tolerance * Math.max(1, Math.abs(value))); });
}

test.each(Object.keys(cases).flatMap((type) => Object.keys(runners).map((runner) => [type, runner] as const)))(
  '%s, stateful, trains and predicts from window to window as in Keras, on %s',
  (type, by) => {
    const golden = cases[type]!;
    const program = programOf(type);
    const runner = runners[by]!(program, golden.start);
    const tolerance = by === 'TensorFlow' ? 2e-6 : 1e-12;
    const inputs = golden.inputs.map((values) => numericTensor([rows, steps, 1], values));
    const trained = inTurn(program, runner, 'train', inputs.map((own, window) => ({
      inputs: own,
      targets: numericTensor([rows, 2], golden.targets[window]!),
      weights: numericTensor([rows, 2], [1, 1, 1, 1]),
      'learning rate': numericTensor([], [rate]),
    })));
    expectClose(trained.map(({ loss }) => loss!.values[0]!), golden.losses, tolerance);
    expectClose(runner.parameters(), golden.weights, tolerance);
    const predicted = inTurn(program, runner, 'predict', inputs.map((own) => ({ inputs: own })));
    expect(predicted).toHaveLength(golden.predictions.length);
    predicted.forEach(({ predictions }, window) => { expectClose(predictions!.values, golden.predictions[window]!, tolerance); });
  },
);
