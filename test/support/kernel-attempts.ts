import type { BodyBuilder } from '../../core/program/body-builder.ts';
import { add, maximum, multiply, reduceSum, scalar, square, subtract, tanh } from '../../core/program/expressions.ts';
import type { Value } from '../../core/program/value.ts';
import { batchSize, constantSize } from '../../core/shapes/size.ts';
import { elementwiseGroups } from '../../engine/scan-kernel/elementwise-groups.ts';
import { lowerElementwiseGroup } from '../../engine/scan-kernel/lower-elementwise-group.ts';
import { lowerScan } from '../../engine/scan-kernel/lower-scan.ts';
import type { TensorData } from '../../engine/session.ts';
import { ofInteger, ofShape, ofText, ofType } from '../../engine/tensorflow/graph-node.ts';
import type { Attributes } from '../../engine/tensorflow/graph-node.ts';
import { GraphScope } from '../../engine/tensorflow/graph-scope.ts';
import { nativeGraphLoader } from '../../engine/tensorflow/native-graph.ts';
import { separateSequences } from '../../engine/tensorflow/scan-kernel-spelling.ts';
import type { TensorFlowOperation } from '../../engine/tensorflow/tensorflow-operation.ts';
import { bodyCase, numbers } from './body-case.ts';
import { randomRowCell } from './random-row-cell.ts';

/** Calls of the scan kernel's operations as no compiler writes them: damaged bytecode, other shapes, counts, sources and batches. */

/** One operation with everything that reaches it. */
export interface Attempt {
  readonly operation: TensorFlowOperation;
  readonly attributes: Attributes;
  readonly feeds: readonly TensorData[];
  readonly outputs: number;
}

/** A seeded die. */
export class Chance {
  readonly #next: () => number;
  constructor(seed: number) { this.#next = numbers(seed); }
  below(count: number): number { return Math.floor(this.#next() * count); }
  percent(chance: number): boolean { return this.below(100) < chance; }
  pick<Item>(items: readonly Item[]): Item { return items[this.below(items.length)]!; }
}

const float = (shape: readonly number[], chance: Chance): TensorData => {
  const count = shape.reduce((product, size) => product * size, 1);
  const shift = chance.below(100);
  return { type: 'float', shape, values: Float32Array.from({ length: count }, (_, index) => Math.sin(index * 1.7 + shift)) };
};
const integer = (value: number): TensorData => ({ type: 'integer', shape: [], values: Int32Array.of(value) });

/** A shape that is nearly right. */
function bent(shape: readonly number[], chance: Chance): readonly number[] {
  if (shape.length === 0) return chance.pick([[1], [2], [0], [1, 1]]);
  const axis = chance.below(shape.length);
  return chance.pick<() => readonly number[]>([
    () => shape.with(axis, shape[axis]! + 1),
    () => shape.with(axis, Math.max(0, shape[axis]! - 1)),
    () => shape.with(axis, 0),
    () => shape.with(axis, shape[axis]! * 2),
    () => [...shape].reverse(),
    () => shape.slice(1),
    () => [...shape, 1],
    () => [],
  ])();
}

/** Bytecode with some words exchanged, left out or doubled. */
function damaged(text: string, chance: Chance): string {
  if (chance.percent(3)) return chance.pick(['', ' ', 'x', '1431196212', `${text} 7`, text.slice(0, text.length >> 1), text.replaceAll(' ', ','), '99999999999 0']);
  const words = text.split(' ');
  for (let count = 1 + chance.below(3); count > 0; count -= 1) {
    const at = chance.below(words.length);
    const known = Number(words[at]);
    words[at] = String(chance.pick([0, 1, -1, known + 1, known - 1, known * 2, chance.below(30), 255, 2 ** 20, 2 ** 24, 2 ** 31 - 1, -(2 ** 31)]) | 0);
  }
  return words.join(' ');
}

/** A scan of a random cell, or its gradient. */
export function scanAttempt(chance: Chance): Attempt {
  const batch = 1 + chance.below(40);
  const width = () => chance.pick([1, 2, 3, 5, 8, 20]);
  const built = randomRowCell({
    seed: chance.below(1e9), batch, steps: 1 + chance.below(5), backwards: chance.percent(50), operations: 1 + chance.below(8),
    sequences: Array.from({ length: 1 + chance.below(2) }, width), states: Array.from({ length: 1 + chance.below(2) }, width), stacked: chance.below(3),
  });
  const scans = built.body.instructions.flatMap((instruction) => (instruction.kind === 'scan' ? [instruction.attributes] : []));
  const attributes = chance.pick(scans);
  const lowered = lowerScan(attributes, separateSequences(attributes));
  const own = lowered.program;
  const blocks = Math.ceil(batch / 16);
  const groups = {
    tensor_count: own.tensors.map(({ slots, slotRows }) => [blocks, slots, slotRows, 16]),
    row_input_count: own.rowInputs.filter(({ kind }) => kind !== 'literal').map(({ kind, rows }) => (kind === 'batch' ? [batch, rows] : [rows])),
    matrix_count: own.matrices.map(({ rows, columns }) => [rows, columns]),
    initial_state_count: own.states.filter(({ literal }) => literal === undefined).map(({ rows }) => [batch, rows]),
  };
  const lists = Object.entries(groups).map(([name, shapes]) => {
    const changed: (readonly number[])[] = shapes.map((shape) => (chance.percent(4) ? bent(shape, chance) : shape));
    if (chance.percent(3)) changed.push([1 + chance.below(3)]);
    if (chance.percent(3)) changed.pop();
    return [name, changed] as const;
  });
  const counts = { ...Object.fromEntries(lists.map(([name, shapes]) => [name, shapes.length])), scan_count: chance.percent(3) ? 2 : 1, state_count: own.states.length + (chance.percent(3) ? 1 : 0), sum_count: own.sumOutputs.length + (chance.percent(3) ? 1 : 0) };
  const good = own.tensors.map((_, index) => index).join(' ');
  return {
    operation: 'UnrollScan',
    attributes: {
      program: ofText(chance.percent(50) ? damaged(lowered.text, chance) : lowered.text),
      sources: ofText(chance.percent(5) ? chance.pick(['', '0', '-1', '-2147483648', 'x', '0 0 0 0', ';', '99999999999', `${good};`]) : good),
      ...Object.fromEntries(Object.entries(counts).map(([name, count]) => [name, ofInteger(count)])),
    },
    feeds: [integer(chance.percent(6) ? chance.pick([0, -1, 1, batch + 1, batch + 16, 2 ** 24, 2 ** 24 + 1, 2 ** 31 - 1, -(2 ** 31)]) : batch), ...lists.flatMap(([, shapes]) => shapes.map((shape) => float(shape, chance)))],
    outputs: counts.scan_count + counts.state_count + counts.sum_count,
  };
}

const links: readonly ((builder: BodyBuilder, a: Value, b: Value) => Value)[] = [
  (builder, a, b) => tanh(builder, add(builder, a, b)),
  (builder, a, b) => multiply(builder, square(builder, a), b),
  (builder, a, b) => maximum(builder, a, subtract(builder, b, scalar(builder, 0.5))),
];

/** A chain of operations by element. */
export function elementwiseAttempt(chance: Chance): Attempt {
  const built = bodyCase(1 + chance.below(30), 1, ({ builder, input }) => {
    const shape = [batchSize, constantSize(1 + chance.below(40))];
    let value = input('float', shape);
    const other = input('float', shape);
    for (let count = 2 + chance.below(4); count > 0; count -= 1) value = chance.pick(links)(builder, value, other);
    return chance.percent(50) ? [value] : [value, reduceSum(builder, value, [0, 1])];
  });
  const [group] = elementwiseGroups(built.body, () => false);
  const { text, vectors, scalars, results, totals } = lowerElementwiseGroup(built.body, group!);
  const shape = [1 + chance.below(5), chance.below(40)];
  const wrong = (count: number): number => (chance.percent(4) ? count + 1 : count);
  const [vectorCount, scalarCount] = [wrong(vectors.length), wrong(scalars.length)];
  const counts = { vector_count: vectorCount, scalar_count: scalarCount, result_count: wrong(results.length), total_count: wrong(totals.length) };
  return {
    operation: 'UnrollElementwise',
    attributes: { program: ofText(chance.percent(60) ? damaged(text, chance) : text), ...Object.fromEntries(Object.entries(counts).map(([name, count]) => [name, ofInteger(count)])) },
    feeds: [
      ...Array.from({ length: vectorCount }, () => float(chance.percent(10) ? bent(shape, chance) : shape, chance)),
      ...Array.from({ length: scalarCount }, () => float(chance.percent(10) ? bent([], chance) : [], chance)),
    ],
    outputs: counts.result_count + counts.total_count,
  };
}

/** A tensor brought into lanes, or out of them. */
export function layoutAttempt(chance: Chance): Attempt {
  const [batch, steps, rows] = [chance.below(40), chance.below(6), chance.below(9)];
  const odd = (value: number, chances = 6): number => (chance.percent(chances) ? chance.pick([0, -1, 1, value + 1, 7, 2 ** 20, 2 ** 31 - 1, -(2 ** 31)]) : value);
  const batchFirst = chance.below(2);
  if (chance.percent(40)) {
    const shape = batchFirst === 1 ? [batch, steps, rows] : [steps, batch, rows];
    return { operation: 'UnrollToLanes', attributes: { batch_first: ofInteger(odd(batchFirst)) }, feeds: [float(chance.percent(20) ? bent(shape, chance) : shape, chance)], outputs: 1 };
  }
  const shape = [Math.ceil(batch / 16), steps + chance.below(2), rows + chance.below(3), 16];
  const attributes = { batch_first: batchFirst, steps: odd(steps), offset: odd(0), first: odd(0), end: odd(steps), stride: odd(1), dilation: odd(1), first_row: odd(0), rows: odd(rows) };
  return {
    operation: 'UnrollFromLanes',
    attributes: Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, ofInteger(value)])),
    feeds: [integer(odd(batch)), float(chance.percent(15) ? bent(shape, chance) : shape, chance)],
    outputs: 1,
  };
}

/** A product of small matrices, as a dense layer's, or nearly. */
export function productAttempt(chance: Chance): Attempt {
  const [rows, inner, columns] = [chance.below(40), chance.below(20), chance.below(40)];
  const odd = (value: number): number => (chance.percent(4) ? chance.pick([2, -1, 2 ** 31 - 1]) : value);
  const [transposeLeft, transposeRight, biases, rectified] = [0, 0, 0, 0].map(() => chance.below(2)) as [number, number, number, number];
  const sums = transposeRight === 1 && !chance.percent(4) ? 0 : chance.below(2);
  const shapes = [transposeLeft === 1 ? [inner, rows] : [rows, inner], transposeRight === 1 ? [columns, inner] : [inner, columns], ...Array.from({ length: biases }, () => [columns])];
  const flags = { transpose_left: odd(transposeLeft), transpose_right: odd(transposeRight), bias_count: biases, rectified: odd(rectified), sum_count: sums };
  return {
    operation: 'UnrollMatMul',
    attributes: Object.fromEntries(Object.entries(flags).map(([name, value]) => [name, ofInteger(value)])),
    feeds: shapes.map((shape) => float(chance.percent(10) ? bent(shape, chance) : shape, chance)),
    outputs: 1 + sums,
  };
}

/** In a graph and a session of its own. */
export function runAttempt({ operation, attributes, feeds, outputs }: Attempt): void {
  const scope = GraphScope.graph();
  const inputs = feeds.map(({ type }, index) => {
    const own = type === 'integer' ? 'int32' : 'float32';
    return scope.add('Placeholder', [], own, { dtype: ofType(own), shape: ofShape(undefined) }, { name: `input_${index}` });
  });
  const made = scope.addList(operation, inputs, Array.from({ length: outputs }, () => 'float32' as const), attributes);
  made.forEach((output, index) => scope.add('Identity', [output], 'float32', { T: ofType('float32') }, { name: `output_${index}` }));
  const graph = nativeGraphLoader(1)!({ nodes: scope.nodes, functions: [] }, '');
  try {
    graph.prepare(inputs.map(({ node }) => `${node}:0`), made.map((_, index) => `output_${index}:0`))(feeds);
  } finally {
    graph.close();
  }
}

/** Rows of a tensor of lanes of so many axes, for three series. */
export function fromLanes(attributes: Readonly<Record<string, number>>, shape: readonly number[]): Attempt {
  const all = { batch_first: 0, steps: 2, offset: 0, first: 0, end: 2, stride: 1, dilation: 1, first_row: 0, rows: 8, ...attributes };
  return {
    operation: 'UnrollFromLanes',
    attributes: Object.fromEntries(Object.entries(all).map(([name, value]) => [name, ofInteger(value)])),
    feeds: [integer(3), float(shape, new Chance(1))],
    outputs: 1,
  };
}
