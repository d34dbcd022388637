import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { BodyBuilder } from '../../../core/program/body-builder.ts';
import { add, matmul, split, reshape, tanh, transpose } from '../../../core/program/expressions.ts';
import type { Program } from '../../../core/program/program.ts';
import type { Value } from '../../../core/program/value.ts';
import { batchSize, constantSize } from '../../../core/shapes/size.ts';
import { nodeFileOperations } from '../../../engine/files/file-operations.ts';
import { loadTensorFlow } from '../../../engine/tensorflow/native-runtime.ts';
import { writeSavedModel } from '../../../engine/tensorflow/saved-model-folder.ts';
import type { TensorData } from '../../../engine/session.ts';
import { numbers } from '../../support/body-case.ts';
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
  expect(await writeSavedModel(program, weights, directory, version)).toEqual({ ok: true, value: null });
  expect(readdirSync(directory)).toEqual(['saved_model.pb']);
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

// A Python with TensorFlow is no part of the set-up; the benchmark's is used where it is named.
const python = process.env['UNROLL_RIVALS_PYTHON'];
test.runIf(python !== undefined).each([10, 300])('%i steps: tf.saved_model.load in Python predicts the same', async (steps) => {
  const program = recurrentProgram(steps);
  const directory = path.join(folder, `python-${steps}`);
  await writeSavedModel(program, weights, directory, version);
  const windows = windowsOf(3, steps);
  const script = [
    'import json, sys, numpy, tensorflow',
    'given = json.load(sys.stdin)',
    'predict = tensorflow.saved_model.load(given["directory"]).signatures["serving_default"]',
    'windows = numpy.array(given["windows"], numpy.float32).reshape(given["shape"])',
    'print(json.dumps(predict(input_windows=tensorflow.constant(windows))["predictions"].numpy().ravel().tolist()))',
  ].join('\n');
  const given = JSON.stringify({ directory, windows: [...windows.values], shape: windows.shape });
  const { stdout, status } = spawnSync(python ?? '', ['-c', script], { input: given, encoding: 'utf8' });
  expect(status).toBe(0);
  expect(largestDifference(JSON.parse(stdout) as number[], predict(program, windows).values)).toBeLessThan(1e-6);
});

test('a folder that is not empty is left alone, and nothing is left beside it', async () => {
  const parent = mkdtempSync(path.join(folder, 'occupied-'));
  const directory = path.join(parent, 'model');
  mkdirSync(directory);
  writeFileSync(path.join(directory, 'notes.txt'), 'mine');
  const result = await writeSavedModel(recurrentProgram(3), weights, directory, version);
  expect(result).toMatchObject({ ok: false, diagnostics: [{ where: { kind: 'file', file: directory } }] });
  expect([readdirSync(parent), readdirSync(directory)]).toEqual([['model'], ['notes.txt']]);
});

test('a disk that is full leaves nothing behind and is said', async () => {
  const parent = mkdtempSync(path.join(folder, 'full-'));
  const full = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
  const operations: typeof nodeFileOperations = {
    ...nodeFileOperations,
    open: async (file, flags) => Object.assign(await nodeFileOperations.open(file, flags), { writeFile: () => Promise.reject(full) }),
  };
  const result = await writeSavedModel(recurrentProgram(3), weights, path.join(parent, 'model'), version, operations);
  expect(result).toMatchObject({ ok: false, diagnostics: [{ code: 'disk-full' }] });
  expect(readdirSync(parent)).toEqual([]);
});

test('weights that do not fit the variable are a programming error', async () => {
  const short = { parameters: { ...weights.parameters, values: new Float32Array(3) } };
  await expect(writeSavedModel(recurrentProgram(3), short, path.join(folder, 'never'), version)).rejects.toThrow(
    'variable "parameters" wants 20 float elements, found 3 float elements',
  );
});
