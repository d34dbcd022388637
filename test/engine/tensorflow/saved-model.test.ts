import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { BodyBuilder } from '../../../core/program/body-builder.ts';
import { add, matmul, split, reshape, tanh, transpose } from '../../../core/program/expressions.ts';
import type { Program } from '../../../core/program/program.ts';
import type { Value } from '../../../core/program/value.ts';
import { batchSize, constantSize } from '../../../core/shapes/size.ts';
import { loadTensorFlow } from '../../../engine/tensorflow/native-runtime.ts';
import { encodePredictions } from '../../../engine/tensorflow/saved-model.ts';
import type { TensorData } from '../../../engine/session.ts';
import { numbers } from '../../support/body-case.ts';
import { needPython, runPython } from '../../support/python.ts';
import { testBackend } from '../../support/run-on-tensorflow.ts';

const units = 4;
const next = numbers(3);
const weightCount = units + units * units;
const weights = { parameters: { type: 'float', shape: [weightCount], values: Float32Array.from({ length: weightCount }, () => next() - 0.5) } } as const;

/** A recurrent cell over so many steps, with its state at every step as prediction. */
function recurrentProgram(steps: number): Program {
  const cell = new BodyBuilder();
  const state = [batchSize, constantSize(units)];
  const [input, hidden] = [cell.input('float', [batchSize, constantSize(1)]), cell.input('float', state)];
  const [kernel, recurrent] = [cell.input('float', [constantSize(1), constantSize(units)]), cell.input('float', [constantSize(units), constantSize(units)])];
  const following = tanh(cell, add(cell, matmul(cell, input, kernel), matmul(cell, hidden, recurrent)));
  const body = cell.finish([following, following]);

  const builder = new BodyBuilder();
  const shape = [batchSize, constantSize(steps), constantSize(1)];
  const [windows, parameters] = [builder.input('float', shape), builder.input('float', [constantSize(weightCount)])];
  const [first, second] = split(builder, parameters, 0, [units, units * units]) as readonly [Value, Value];
  const { stacked: [stack] } = builder.scan({
    sequences: [transpose(builder, windows, [1, 0, 2])],
    initialStates: [builder.emitOne('constant', [], { type: 'float', shape: state, values: [0] })],
    invariants: [reshape(builder, first, [constantSize(1), constantSize(units)]), reshape(builder, second, [constantSize(units), constantSize(units)])],
    steps: constantSize(steps),
    backwards: false,
    body,
  });
  return {
    variables: [{ name: 'parameters', role: 'trainable', type: 'float', shape: [constantSize(weightCount)] }],
    parameterLayout: [],
    entries: {
      predict: {
        inputs: [{ name: 'input windows', role: { kind: 'data', content: 'inputs' }, type: 'float', shape }],
        reads: ['parameters'],
        body: builder.finish([transpose(builder, stack as Value, [1, 0, 2])]),
        outputs: ['predictions'],
        assigns: [],
      },
    },
  };
}

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'unroll-saved-model-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const version = loadTensorFlow({ threads: 1 }).version;

function predict(program: Program, windows: TensorData): TensorData {
  const session = testBackend().open(program);
  session.writeVariable('parameters', weights.parameters);
  const { predictions } = session.run('predict', { 'input windows': windows }, ['predictions']);
  session.close();
  return predictions as TensorData;
}

function writeSavedModel(program: Program, directory: string): void {
  mkdirSync(directory);
  writeFileSync(path.join(directory, 'saved_model.pb'), encodePredictions(program, weights, version));
}

function windowsOf(batch: number, steps: number): TensorData {
  return { type: 'float', shape: [batch, steps, 1], values: Float32Array.from({ length: batch * steps }, () => next()) };
}

function largestDifference(found: ArrayLike<number>, expected: ArrayLike<number>): number {
  return Array.from(expected).reduce((largest, value, index) => Math.max(largest, Math.abs((found[index] ?? Number.NaN) - value)), 0);
}

// 300 steps are written as a loop.
test.each([[10, 1], [10, 3], [10, 32], [300, 3]])('%i steps, a batch of %i: tf.node.loadSavedModel predicts the same', async (steps, batch) => {
  const program = recurrentProgram(steps);
  const directory = path.join(folder, `model-${steps}-${batch}`);
  writeSavedModel(program, directory);
  const { tf } = loadTensorFlow();
  const windows = windowsOf(batch, steps);
  const expected = predict(program, windows);
  const model = await tf.node.loadSavedModel(directory, ['serve'], 'serving_default');
  const input = tf.tensor(windows.values, [batch, steps, 1]);
  const results = model.predict({ input_windows: input }) as unknown as Readonly<Record<string, typeof input>>;
  expect(Object.keys(results)).toEqual(['predictions']);
  expect(results['predictions']?.shape).toEqual([batch, steps, units]);
  expect(largestDifference(results['predictions']?.dataSync() ?? [], expected.values)).toBeLessThan(1e-6);
  tf.dispose([input, ...Object.values(results)]);
  model.dispose();
});

test.for([10, 300])('%i steps: tf.saved_model.load in Python predicts the same', async (steps, context) => {
  const python = needPython(context);
  const program = recurrentProgram(steps);
  const directory = path.join(folder, `python-${steps}`);
  writeSavedModel(program, directory);
  const windows = windowsOf(3, steps);
  const script = [
    'import json, sys, numpy, tensorflow',
    'given = json.loads(sys.argv[1])',
    'predict = tensorflow.saved_model.load(given["directory"]).signatures["serving_default"]',
    'windows = numpy.array(given["windows"], numpy.float32).reshape(given["shape"])',
    'print(json.dumps(predict(input_windows=tensorflow.constant(windows))["predictions"].numpy().ravel().tolist()))',
  ].join('\n');
  const given = JSON.stringify({ directory, windows: [...windows.values], shape: windows.shape });
  const predictions = JSON.parse(await runPython(python, ['-c', script, given])) as number[];
  expect(largestDifference(predictions, predict(program, windows).values)).toBeLessThan(1e-6);
});

test('weights that do not fit the variable are a programming error', () => {
  const short = { parameters: { ...weights.parameters, values: new Float32Array(3) } };
  expect(() => encodePredictions(recurrentProgram(3), short, version)).toThrow(
    'variable "parameters" wants 20 float elements, found 3 float elements',
  );
});
