import { expect, test } from 'vitest';
import { BodyBuilder } from '../../../core/program/body-builder.ts';
import { add, matmul, scalar, tanh } from '../../../core/program/expressions.ts';
import type { ScanAttributes } from '../../../core/program/instruction.ts';
import { batchSize, constantSize } from '../../../core/shapes/size.ts';
import { lowerScan } from '../../../engine/scan-kernel/lower-scan.ts';
import { wholeWindow } from '../../../engine/scan-kernel/step-windows.ts';
import { loadScanKernel } from '../../../engine/scan-kernel/native-kernel.ts';
import { ofInteger, ofShape, ofText, ofType } from '../../../engine/tensorflow/graph-node.ts';
import { GraphScope } from '../../../engine/tensorflow/graph-scope.ts';
import type { LoadedGraph } from '../../../engine/tensorflow/loaded-graph.ts';
import { nativeGraphLoader } from '../../../engine/tensorflow/native-graph.ts';
import { loadTensorFlow } from '../../../engine/tensorflow/native-runtime.ts';
import type { TensorData } from '../../../engine/session.ts';

loadTensorFlow({ threads: 1 });
const loading = loadScanKernel(1);
if (loading.kind === 'absent') throw new Error(loading.reason);
const { kernel } = loading;

const [units, features, steps] = [48, 5, 40];

function recurrence(): ScanAttributes {
  const cell = new BodyBuilder();
  const [x, state] = [cell.input('float', [batchSize, constantSize(features)]), cell.input('float', [batchSize, constantSize(units)])];
  const weights = [cell.input('float', [constantSize(features), constantSize(units)]), cell.input('float', [constantSize(units), constantSize(units)])] as const;
  const next = tanh(cell, add(cell, matmul(cell, x, weights[0]), matmul(cell, state, weights[1])));
  return { body: cell.finish([next]), steps: constantSize(steps), sequenceCount: 1, stateCount: 1, invariantCount: 2, backwards: false };
}

const inputs = (initialLiterals: readonly (number | undefined)[]) => ({
  tensors: [{ slotRows: features, slots: steps }], sequences: [{ tensor: 0, view: { row: 0, rows: features, ...wholeWindow(steps) } }], initialLiterals,
});
const { text } = lowerScan(recurrence(), inputs([undefined]));

/** The operation alone, fed with anything: batch, sequence in lanes, two matrices, the initial state. */
function operation(program: string, sources = '0'): LoadedGraph {
  const scope = GraphScope.graph();
  const inputs = (['int32', 'float32', 'float32', 'float32', 'float32'] as const).map((type, index) =>
    scope.add('Placeholder', [], type, { dtype: ofType(type), shape: ofShape(undefined) }, { name: `input_${index}` }));
  const counts = { tensor_count: 1, row_input_count: 0, matrix_count: 2, initial_state_count: 1, state_count: 1, sum_count: 0, scan_count: 1 };
  const attributes = Object.fromEntries(Object.entries(counts).map(([name, value]) => [name, ofInteger(value)]));
  const outputs = scope.addList('UnrollScan', inputs, ['float32', 'float32'], { program: ofText(program), sources: ofText(sources), ...attributes });
  scope.add('Identity', [outputs[1]!], 'float32', { T: ofType('float32') }, { name: 'last' });
  return nativeGraphLoader(1)!({ nodes: scope.nodes, functions: [] }, '');
}

const addresses = Array.from({ length: 5 }, (_, index) => `input_${index}:0`);
const filled = (shape: readonly number[], seed: number) => {
  const count = shape.reduce((product, size) => product * size, 1);
  return { type: 'float', shape, values: Float32Array.from({ length: count }, (_, index) => Math.sin(index * 1.7 + seed) / 4) } as const;
};
const integer = (value: number) => ({ type: 'integer', shape: [], values: Int32Array.of(value) }) as const;
const batch = 300;
const blocks = Math.ceil(batch / 16);
const good = [integer(batch), filled([blocks, steps, features, 16], 1), filled([features, units], 2), filled([units, units], 3), filled([batch, units], 4)] as const;
const last = (graph: LoadedGraph, feeds: readonly TensorData[] = good): Float32Array => graph.prepare(addresses, ['last:0'])(feeds)[0]!.values as Float32Array;

test.each<readonly [string, number, TensorData, RegExp]>([
  ['a batch of another size', 0, integer(17), /sequence 0 of a scan wants shape \[2, 40, 5, 16\], found \[19, 40, 5, 16\]/u],
  ['a negative batch', 0, integer(-1), /a scan takes up to 16,777,216 series, found -1/u],
  ['a sequence with too few steps', 1, filled([blocks, 39, features, 16], 1), /sequence 0 of a scan wants shape \[19, 40, 5, 16\], found \[19, 39, 5, 16\]/u],
  ['a sequence that is not in lanes', 1, filled([steps, batch, features], 1), /found \[40, 300, 5\]/u],
  ['a matrix turned round', 2, filled([units, features], 2), /matrix 0 of a scan wants shape \[5, 48\], found \[48, 5\]/u],
  ['a state of another batch', 4, filled([1, units], 4), /initial state 0 of a scan wants shape \[300, 48\], found \[1, 48\]/u],
])('%s is an error that says what was expected and found', (_, position, wrong, message) => {
  const graph = operation(text);
  expect(() => last(graph, good.map((feed, index) => (index === position ? wrong : feed)))).toThrow(message);
  // And the next call is as good as ever.
  expect(last(graph).every(Number.isFinite)).toBe(true);
  graph.close();
});

test('what needs more memory than is free is refused before any is taken', () => {
  const cell = new BodyBuilder();
  const state = cell.input('float', [batchSize, constantSize(units)]);
  const next = tanh(cell, add(cell, state, scalar(cell, 1)));
  const long = { body: cell.finish([next, next]), steps: constantSize(2 ** 23), sequenceCount: 0, stateCount: 1, invariantCount: 0, backwards: false };
  const scope = GraphScope.graph();
  const series = scope.add('Placeholder', [], 'int32', { dtype: ofType('int32'), shape: ofShape(undefined) }, { name: 'input_0' });
  const counts = { tensor_count: 0, row_input_count: 0, matrix_count: 0, initial_state_count: 0, state_count: 1, sum_count: 0, scan_count: 1 };
  const attributes = Object.fromEntries(Object.entries(counts).map(([name, value]) => [name, ofInteger(value)]));
  const { text: program } = lowerScan(long, { tensors: [], sequences: [], initialLiterals: [0] });
  const outputs = scope.addList('UnrollScan', [series], ['float32', 'float32'], { program: ofText(program), sources: ofText(''), ...attributes });
  scope.add('Identity', [outputs[1]!], 'float32', { T: ofType('float32') }, { name: 'last' });
  const graph = nativeGraphLoader(1)!({ nodes: scope.nodes, functions: [] }, '');
  const run = graph.prepare(['input_0:0'], ['last:0']);
  expect(() => run([integer(1600)])).toThrow(/a scan of 8388608 steps over 1600 series needs \d+ MB, more than is free: use a smaller batch or a shorter window/u);
  graph.close();
});

test('bytecode that is invalid is refused by the operation itself', () => {
  const damaged = text.split(' ').map((word, index) => (index === 3 ? '-5' : word)).join(' ');
  expect(() => last(operation(damaged))).toThrow(/scan kernel: rows of scratch is -5, not from 0 to/u);
});

test('bytecode for other inputs than the operation has is refused', () => {
  expect(() => last(operation(lowerScan(recurrence(), inputs([0])).text))).toThrow(
    /the operation has 1 initial states, its program 0/u,
  );
});

test('the same bits from one thread, two and three, from two graphs in turn, and again', () => {
  const [first, second] = [operation(text), operation(text)];
  const expected = last(first);
  for (const threads of [2, 3, 1]) {
    kernel.setThreads(threads);
    for (const graph of [first, second, first]) expect(last(graph)).toEqual(expected);
  }
  first.close();
  second.close();
});

test.each([
  ['5', /a tensor comes from nowhere: 5/u],
  ['-1', /a tensor comes from nowhere: -1/u],
  ['0 0', /the operation has 2 sources of tensors, its program 1/u],
  ['0;0', /the operation has 2 lists of sources, its program 1/u],
])('tensors from %j are refused', (sources, message) => {
  expect(() => last(operation(text, sources))).toThrow(message);
});
