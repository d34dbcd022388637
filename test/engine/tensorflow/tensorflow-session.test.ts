import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { BodyBuilder } from '../../../core/program/body-builder.ts';
import { add, allAxes, cast, reduceMean, square, subtract } from '../../../core/program/expressions.ts';
import type { Entry, Program, Variable } from '../../../core/program/program.ts';
import { batchSize, constantSize } from '../../../core/shapes/size.ts';
import { EngineError } from '../../../engine/session.ts';
import type { TensorData } from '../../../engine/session.ts';
import { bindingOf } from '../../../engine/tensorflow/native-binding.ts';
import { nativeGraphLoader } from '../../../engine/tensorflow/native-graph.ts';
import { loadTensorFlow } from '../../../engine/tensorflow/native-runtime.ts';
import { loadSavedModel, savedModelLoader } from '../../../engine/tensorflow/saved-model-graph.ts';
import { tensorFlowBackend } from '../../../engine/tensorflow/tensorflow-backend.ts';
import { livingTensors } from '../../support/run-on-tensorflow.ts';

const runtime = loadTensorFlow({ threads: 1 });
const pair = [constantSize(2)];

function floats(shape: readonly number[], ...values: number[]): TensorData {
  return { type: 'float', shape, values: Float32Array.from(values) };
}

function variable(name: string): Variable {
  return { name, role: 'trainable', type: 'float', shape: pair };
}

const dataInput: Entry['inputs'][number] = { name: 'series', role: { kind: 'data', content: 'inputs' }, type: 'float', shape: [batchSize, constantSize(2)] };

/** train: swaps the two variables and tells their difference from before; evaluate: the mean square of (series + first). */
function swappingProgram(): Program {
  const train = new BodyBuilder();
  const [first, second] = [train.input('float', pair), train.input('float', pair)];
  const trainBody = train.finish([subtract(train, first, second), second, first]);
  const evaluate = new BodyBuilder();
  const [series, offset] = [evaluate.input('float', dataInput.shape), evaluate.input('float', pair)];
  const shifted = evaluate.name(add(evaluate, series, offset), { node: 'dense-1', name: 'shifted series' });
  const squares = square(evaluate, shifted);
  const evaluateBody = evaluate.finish([reduceMean(evaluate, squares, allAxes(squares))]);
  return {
    variables: [variable('first'), variable('second')],
    parameterLayout: [],
    entries: {
      train: { inputs: [], reads: ['first', 'second'], body: trainBody, outputs: ['difference'], assigns: ['first', 'second'] },
      evaluate: { inputs: [dataInput], reads: ['first'], body: evaluateBody, outputs: ['loss'], assigns: [] },
    },
  };
}

/** What is left in the system's folder for temporary files after some work, which has it to itself. */
function temporaryFilesAfter(work: () => void): readonly string[] {
  const folder = mkdtempSync(path.join(tmpdir(), 'unroll-test-'));
  vi.stubEnv('TMPDIR', folder);
  try {
    work();
    return readdirSync(folder);
  } finally {
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true });
  }
}

describe.each([
  ['sessions of our own', nativeGraphLoader(1)!],
  ["tfjs-node's binding", savedModelLoader(bindingOf(runtime.tf), runtime.version)],
])('%s', (_, load) => {
  const backend = tensorFlowBackend(runtime, undefined, load);
  const session = backend.open(swappingProgram());
  afterAll(() => session.close());

  test('variables start at zero and keep what is written', () => {
    const fresh = backend.open(swappingProgram());
    expect(fresh.readVariable('first')).toEqual(floats([2], 0, 0));
    fresh.writeVariable('first', floats([2], 1, -0));
    expect(fresh.readVariable('first')).toEqual(floats([2], 1, -0));
    expect(fresh.readVariable('second')).toEqual(floats([2], 0, 0));
    fresh.close();
  });

  test('assignments take effect together, after everything has been read: two variables swap', () => {
    session.writeVariable('first', floats([2], 1, 2));
    session.writeVariable('second', floats([2], 10, 20));
    expect(session.run('train', {}, ['difference'])).toEqual({ difference: floats([2], -9, -18) });
    expect([session.readVariable('first'), session.readVariable('second')]).toEqual([floats([2], 10, 20), floats([2], 1, 2)]);
  });

  test('they take effect when no output is asked for, too', () => {
    session.writeVariable('first', floats([2], 1, 2));
    session.writeVariable('second', floats([2], 3, 4));
    expect(session.run('train', {}, [])).toEqual({});
    expect(session.readVariable('first')).toEqual(floats([2], 3, 4));
  });

  test('entries share variables, and one that assigns nothing changes nothing', () => {
    session.writeVariable('first', floats([2], 1, 1));
    expect(session.run('evaluate', { series: floats([1, 2], 1, 1) }, ['loss'])).toEqual({ loss: floats([], 4) });
    expect(session.readVariable('first')).toEqual(floats([2], 1, 1));
  });

  test.each([1, 3, 32])('a batch of %i', (batch) => {
    session.writeVariable('first', floats([2], 0, 0));
    const series = { type: 'float', shape: [batch, 2], values: new Float32Array(batch * 2).fill(3) } as const;
    expect(session.run('evaluate', { series }, ['loss'])).toEqual({ loss: floats([], 9) });
  });

  test('two sessions of one program have variables of their own', () => {
    const other = backend.open(swappingProgram());
    session.writeVariable('first', floats([2], 5, 5));
    expect(other.readVariable('first')).toEqual(floats([2], 0, 0));
    other.close();
    expect(session.readVariable('first')).toEqual(floats([2], 5, 5));
  });

  test('a variable does not change with the array that it was given', () => {
    // TensorFlow uses a caller's memory directly where it is aligned; a large array mostly is.
    const size = 1 << 16;
    const shape = [constantSize(size)];
    const builder = new BodyBuilder();
    const body = builder.finish([builder.input('float', shape)]);
    const keeping = backend.open({
      variables: [{ ...variable('kept'), shape }],
      parameterLayout: [],
      entries: { train: { inputs: [{ ...dataInput, shape }], reads: [], body, outputs: [], assigns: ['kept'] } },
    });
    for (const write of ['variable', 'entry']) {
      for (let offset = 0; offset < 16; offset += 1) {
        const values = new Float32Array(new ArrayBuffer(4 * (size + 16)), offset * 4, size).fill(1);
        const data = { type: 'float', shape: [size], values } as const;
        if (write === 'variable') keeping.writeVariable('kept', data);
        else keeping.run('train', { series: data }, []);
        values.fill(2);
        expect(keeping.readVariable('kept').values.every((value) => value === 1)).toBe(true);
      }
    }
    keeping.close();
  });

  test('the same seed gives the same numbers in [0, 1), another seed others', () => {
    const shape = [batchSize, constantSize(1000)];
    const builder = new BodyBuilder();
    builder.input('float', dataInput.shape);
    const drawn = builder.emitOne('random-uniform', [builder.input('integer', pair)], { shape });
    const seed: Entry['inputs'][number] = { name: 'seed', role: { kind: 'seed', node: 'dropout-1' }, type: 'integer', shape: pair };
    const random = backend.open({
      variables: [],
      parameterLayout: [],
      entries: { train: { inputs: [dataInput, seed], reads: [], body: builder.finish([drawn]), outputs: ['drawn'], assigns: [] } },
    });
    const draw = (...values: number[]): Float32Array => {
      const feeds = { series: floats([2, 2], 0, 0, 0, 0), seed: { type: 'integer', shape: [2], values: Int32Array.from(values) } } as const;
      return random.run('train', feeds, ['drawn'])['drawn']?.values as Float32Array;
    };
    expect(draw(1, -2)).toEqual(draw(1, -2));
    expect(draw(1, -2)).not.toEqual(draw(2, -2));
    const numbers = draw(7, 8);
    expect(numbers).toHaveLength(2000);
    expect(numbers.every((number) => number >= 0 && number < 1)).toBe(true);
    expect(numbers.reduce((sum, number) => sum + number) / 2000).toBeCloseTo(0.5, 1);
    random.close();
  });

  test('a value inside an entry can be asked for by a name given at opening', () => {
    const program = swappingProgram();
    const probed = backend.open(program, { probes: [{ entry: 'evaluate', value: 2, name: 'shifted' }] });
    probed.writeVariable('first', floats([2], 1, 2));
    const series = floats([2, 2], 1, 2, 3, 4);
    expect(probed.run('evaluate', { series }, ['loss', 'shifted'])['shifted']).toEqual(floats([2, 2], 2, 4, 4, 6));
    expect(probed.run('evaluate', { series }, ['loss'])).toEqual({ loss: floats([], 18) });
    probed.close();
  });

  test.each<readonly [string, () => unknown, string]>([
    ['a missing input', () => session.run('evaluate', {}, ['loss']), 'evaluate: input "series" is missing'],
    ['a wrong shape', () => session.run('evaluate', { series: floats([1, 3], 1, 2, 3) }, ['loss']), 'evaluate: input "series" wants shape [batch, 2], found [1, 3]'],
    ['too few elements', () => session.run('evaluate', { series: floats([2, 2], 1, 2, 3) }, ['loss']), 'evaluate: input "series" has shape [2, 2] but 3 elements'],
    [
      'a wrong element type',
      () => session.run('evaluate', { series: { type: 'integer', shape: [1, 2], values: Int32Array.of(1, 2) } }, ['loss']),
      'evaluate: input "series" wants float elements in a Float32Array, found integer elements in a Int32Array',
    ],
    ['an unknown output', () => session.run('evaluate', { series: floats([1, 2], 1, 2) }, ['mse']), 'evaluate: it has no output "mse", but loss'],
    ['an unknown entry', () => session.run('sample', {}, []), 'sample: the program has no such entry'],
    ['an unknown variable', () => session.readVariable('third'), 'variable third: the program has no such variable'],
    ['a variable of another shape', () => session.writeVariable('first', floats([3], 1, 2, 3)), 'variable first: input "first" wants shape [2], found [3]'],
  ])('%s is an EngineError that says so', (_, act, message) => {
    expect(act).toThrow(new EngineError(message.split(': ')[0] ?? '', message.split(': ').slice(1).join(': ')));
    expect(act).toThrow(message);
  });

  test('what TensorFlow refuses while it runs is an EngineError that names the entry and the node, and changes no variable', () => {
    const builder = new BodyBuilder();
    const [one, other] = [builder.input('float', [batchSize]), builder.input('float', [batchSize])];
    const sum = builder.name(add(builder, one, other), { node: 'merge-1', name: 'sum' });
    const body = builder.finish([sum, cast(builder, builder.emitOne('constant', [], { type: 'float', shape: pair, values: [7] }), 'float')]);
    const inputs = ['one', 'other'].map((name) => ({ ...dataInput, name, shape: [batchSize] }));
    const failing = backend.open({ variables: [variable('kept')], parameterLayout: [], entries: { train: { inputs, reads: [], body, outputs: ['sum'], assigns: ['kept'] } } });
    const before = livingTensors();
    const act = (): unknown => failing.run('train', { one: floats([2], 1, 2), other: floats([3], 1, 2, 3) }, ['sum']);
    expect(act).toThrow(EngineError);
    expect(act).toThrow(/^train: Incompatible shapes: \[2\] vs\. \[3\][^]*train\/merge-1\/sum\/AddV2/u);
    expect(failing.readVariable('kept')).toEqual(floats([2], 0, 0));
    expect(livingTensors()).toBe(before);
    failing.close();
  });

  test('a session leaves no file behind', () => {
    expect(temporaryFilesAfter(() => backend.open(swappingProgram()).close())).toEqual([]);
  });

  test('a thousand steps leave no tensor behind', () => {
    const stepping = backend.open(swappingProgram());
    const series = floats([2, 2], 1, 2, 3, 4);
    stepping.run('evaluate', { series }, ['loss']);
    const tensors = livingTensors();
    for (let step = 0; step < 1000; step += 1) {
      stepping.run('train', {}, ['difference']);
      stepping.run('evaluate', { series }, ['loss']);
      stepping.writeVariable('first', floats([2], step, step));
    }
    expect(livingTensors()).toBe(tensors);
    stepping.close();
  });
});

test('a graph that TensorFlow cannot load leaves no file behind', () => {
  const load = (): void => expect(() => loadSavedModel(bindingOf(runtime.tf), Uint8Array.of(1, 2, 3))).toThrow('Failed to load SavedModel');
  expect(temporaryFilesAfter(load)).toEqual([]);
});

test('a graph that TensorFlow cannot load, and calls of one that is closed, are refused', () => {
  const load = nativeGraphLoader(1)!;
  const nothing = { name: 'nothing', operation: 'NoOp', inputs: [], attributes: {} };
  expect(() => load({ nodes: [{ ...nothing, operation: 'Nonesuch' }], functions: [] }, '')).toThrow(/Op type not registered 'Nonesuch'/u);
  const graph = load({ nodes: [nothing], functions: [] }, 'nothing');
  expect(() => graph.prepare([], ['elsewhere:0'])).toThrow('the graph has no node elsewhere');
  expect(() => graph.prepare([], ['nothing:0'])).toThrow('the graph has no output nothing:0');
  const call = graph.prepare([], []);
  expect(() => call([])).toThrow('Must specify at least one target to fetch or execute.');
  graph.close();
  expect(() => call([])).toThrow('the graph is closed');
  expect(() => graph.prepare([], [])).toThrow('the graph is closed');
});
