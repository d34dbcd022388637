import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { BodyBuilder } from '../../../core/program/body-builder.ts';
import {
  abs, add, allAxes, broadcast, cast, divide, exp, greater, maximum, minimum, multiply, negate, reduceSum, relu, reshape, scalar, select, sigmoid, sqrt, square, subtract, tanh,
} from '../../../core/program/expressions.ts';
import type { Value } from '../../../core/program/value.ts';
import { batchSize, constantSize } from '../../../core/shapes/size.ts';
import { elementwiseGroups } from '../../../engine/scan-kernel/elementwise-groups.ts';
import { lowerElementwiseGroup } from '../../../engine/scan-kernel/lower-elementwise-group.ts';
import { opcodes } from '../../../engine/scan-kernel/scan-program.ts';
import { encodeElementwise } from '../../../engine/scan-kernel/elementwise-program.ts';
import { loadScanKernel } from '../../../engine/scan-kernel/native-kernel.ts';
import { ofInteger, ofShape, ofText, ofType } from '../../../engine/tensorflow/graph-node.ts';
import { GraphScope } from '../../../engine/tensorflow/graph-scope.ts';
import { nativeGraphLoader } from '../../../engine/tensorflow/native-graph.ts';
import { loadTensorFlow } from '../../../engine/tensorflow/native-runtime.ts';
import { bodyCase, numbers, referenceOf } from '../../support/body-case.ts';
import type { BodyCase } from '../../support/body-case.ts';
import { expectClose } from '../../support/expect-close.ts';
import { runOnTensorFlow, testBackend } from '../../support/run-on-tensorflow.ts';

const backend = testBackend();
const groupsOf = ({ body }: BodyCase) => elementwiseGroups(body, () => false).map(({ members }) => members.map(({ kind }) => kind));

/** A weighted error, its mean, and that mean's part in every element: two passes over the elements. */
function weightedError(batch: number, width: number): BodyCase {
  return bodyCase(batch, 3, ({ builder, input }) => {
    const shape = [batchSize, constantSize(width)];
    const [first, second, weights] = [input('float', shape), input('float', shape), input('float', shape, [0, 1])];
    const error = subtract(builder, first, second);
    const total = reduceSum(builder, multiply(builder, square(builder, error), weights), [0, 1]);
    const mean = divide(builder, total, maximum(builder, reduceSum(builder, weights, [0, 1]), scalar(builder, 1e-7)));
    const spread = broadcast(builder, reshape(builder, mean, [constantSize(1), constantSize(1)]), shape);
    return [mean, multiply(builder, spread, error)];
  });
}

test.each([[1, 1], [1, 15], [2, 8], [1, 17], [3, 200], [33, 50], [40, 311]])('%i × %i elements: a weighted error is one operation and means the same', (batch, width) => {
  const built = weightedError(batch, width);
  expect(groupsOf(built)).toHaveLength(1);
  expectClose(runOnTensorFlow(backend, built), referenceOf(built), 2e-6);
});

test('eleven hundred vectors added up are more than one operation takes: they become several', () => {
  const built = bodyCase(2, 1, ({ builder, input }) => {
    const shape = [batchSize, constantSize(3)];
    return [Array.from({ length: 1100 }, () => input('float', shape)).reduce((sum, value) => add(builder, sum, value))];
  });
  expect(groupsOf(built).map(({ length }) => length)).toEqual([300, 300, 300, 199]);
  expectClose(runOnTensorFlow(backend, built), referenceOf(built), 2e-5);
});

test('what needs the group in between stays between: what follows a matrix product waits for it', () => {
  const built = bodyCase(4, 1, ({ builder, input }) => {
    const shape = [constantSize(4), constantSize(4)];
    const x = input('float', shape);
    const before = tanh(builder, add(builder, square(builder, x), x));
    const product = builder.emitOne('matmul', [before, x], { transposeLeft: false, transposeRight: false });
    return [multiply(builder, add(builder, product, before), square(builder, sigmoid(builder, x)))];
  });
  expect(groupsOf(built)).toEqual([['square', 'add', 'tanh'], ['add', 'sigmoid', 'square', 'multiply']]);
  expectClose(runOnTensorFlow(backend, built), referenceOf(built), 2e-6);
});

/** A random formula over vectors, numbers and sums of vectors. */
function randomFormula(seed: number, length: number, batch: number): BodyCase {
  const next = numbers(seed);
  const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(next() * items.length)]!;
  return bodyCase(batch, seed, ({ builder, input }) => {
    const shape = [batchSize, constantSize(1 + Math.floor(next() * 40))];
    const floats: Value[] = [input('float', shape), input('float', shape), input('float', []), scalar(builder, 0.5)];
    const made: Value[] = [];
    for (let count = 0; count < length; count += 1) {
      const value = pick(operations)(builder, pick(floats), pick(floats), pick(floats));
      floats.push(value);
      made.push(value);
    }
    return [...new Set([made.at(-1)!, pick(made), pick(made)])];
  });
}

type Operation = (builder: BodyBuilder, a: Value, b: Value, c: Value) => Value;
/** All of them keep numbers small, so that nothing overflows however they are combined. */
const operations: readonly Operation[] = [
  (builder, a, b) => tanh(builder, add(builder, a, b)),
  (builder, a, b) => sigmoid(builder, subtract(builder, a, b)),
  (builder, a, b) => tanh(builder, multiply(builder, a, b)),
  (builder, a, b) => maximum(builder, a, negate(builder, b)),
  (builder, a, b) => minimum(builder, relu(builder, a), b),
  (builder, a) => sqrt(builder, add(builder, square(builder, a), scalar(builder, 1))),
  (builder, a) => exp(builder, negate(builder, abs(builder, a))),
  (builder, a, b, c) => select(builder, greater(builder, a, b), c, a),
  (builder, a, b) => cast(builder, greater(builder, a, b), 'float'),
  (builder, a) => (a.shape.length === 0 ? a : tanh(builder, multiply(builder, reduceSum(builder, a, allAxes(a)), scalar(builder, 0.01)))),
  (builder, a, b) => (a.shape.length === 0 ? b : multiply(builder, reduceSum(builder, broadcast(builder, scalar(builder, 0.01), a.shape), allAxes(a)), b)),
  (builder, a, b) => divide(builder, a, add(builder, square(builder, b), scalar(builder, 1))),
];

test('random formulas mean what they mean in float64', () => {
  fc.assert(
    fc.property(fc.integer(), fc.integer({ min: 3, max: 25 }), fc.integer({ min: 1, max: 20 }), (seed, length, batch) => {
      const built = randomFormula(seed, length, batch);
      const results = runOnTensorFlow(backend, built);
      expect(results).toHaveLength(built.body.outputs.length);
      expectClose(results, referenceOf(built), 2e-4);
    }),
    { numRuns: 40 },
  );
});

test('what is not a number stays so, in its element and in sums', () => {
  const built = weightedError(3, 9);
  const holed = { ...built, inputs: built.inputs.map((tensor, index) => (index === 1 ? { ...tensor, values: tensor.values.with(4, NaN) } : tensor)) };
  const [mean, elements] = runOnTensorFlow(backend, holed);
  expect([...mean!.values]).toEqual([NaN]);
  expect(elements!.values.every(Number.isNaN)).toBe(true);
});

/** How often an operation goes through its elements: the instructions of its bytecode (engine/scan-kernel/elementwise-program.ts). */
function instructionsOf(built: BodyCase): readonly string[] {
  return elementwiseGroups(built.body, () => false).flatMap((group) => {
    const words = lowerElementwiseGroup(built.body, group).text.split(' ').map(Number);
    const literals = words[7]!;
    const first = 8 + literals + 1 + words[8 + literals]! + 1 + 1;
    const count = words[first]!;
    return Array.from({ length: count }, (_, index) => opcodes[words[first + 1 + 16 * index]!]!);
  });
}

test.each<readonly [string, (builder: BodyBuilder, a: Value, b: Value, c: Value) => readonly Value[], readonly string[]]>([
  ['products and what is added to them', (builder, a, b, c) => [add(builder, c, multiply(builder, a, b))], ['product']],
  ['… or from which they are taken', (builder, a, b, c) => [subtract(builder, c, multiply(builder, a, b))], ['product']],
  ['squares among factors', (builder, a, b, c) => [add(builder, multiply(builder, square(builder, a), b), c)], ['product']],
  ['what is taken from a product stays', (builder, a, b, c) => [subtract(builder, multiply(builder, a, b), c)], ['product', 'subtract']],
  ['a product that is seen stays', (builder, a, b, c) => {
    const product = multiply(builder, a, b);
    return [product, add(builder, product, c)];
  }, ['product', 'product']],
  ['a product that is read twice stays', (builder, a, b) => {
    const product = multiply(builder, a, b);
    return [add(builder, product, product)];
  }, ['product', 'product']],
])('one pass does the work of two: %s', (_, formula, instructions) => {
  const built = bodyCase(3, 2, ({ builder, input }) => {
    const shape = [batchSize, constantSize(11)];
    const [a, b, c] = [input('float', shape), input('float', shape), input('float', shape)];
    return formula(builder, tanh(builder, a), b, c);
  });
  expect(instructionsOf(built)).toEqual(['tanh', ...instructions]);
  expectClose(runOnTensorFlow(backend, built), referenceOf(built), 2e-6);
});

describe('the operation refuses', () => {
  loadTensorFlow({ threads: 1 });
  if (loadScanKernel(1).kind === 'absent') throw new Error('the kernel is not there');
  /** d = −a: one vector in, one out. */
  const negation = encodeElementwise({
    vectorInputs: 1, vectorOutputs: 1, kept: 0, registers: 0, scalarInputs: 0, temporaries: 0, literals: [], scalarOutputs: [],
    passes: [{ once: [], each: [{ opcode: 'affine', d: { place: 'vector', index: 1 }, a: { place: 'vector', index: 0 }, factor: -1 }] }],
  }).split(' ').map(Number);

  function run(words: readonly number[], vectorCount = 1): readonly number[] {
    const scope = GraphScope.graph();
    const inputs = Array.from({ length: vectorCount }, (_, index) => scope.add('Placeholder', [], 'float32', { dtype: ofType('float32'), shape: ofShape(undefined) }, { name: `input_${index}` }));
    const counts = { vector_count: vectorCount, scalar_count: 0, result_count: 1, total_count: 0 };
    const [output] = scope.addList('UnrollElementwise', inputs, ['float32'], { program: ofText(words.join(' ')), ...Object.fromEntries(Object.entries(counts).map(([name, value]) => [name, ofInteger(value)])) });
    scope.add('Identity', [output!], 'float32', { T: ofType('float32') }, { name: 'result' });
    const graph = nativeGraphLoader(1)!({ nodes: scope.nodes, functions: [] }, '');
    try {
      const feeds = inputs.map((_, index) => ({ type: 'float', shape: [3 + index], values: Float32Array.from({ length: 3 + index }, (__, at) => at + 1) }) as const);
      return [...graph.prepare(inputs.map(({ node }) => `${node}:0`), ['result:0'])(feeds)[0]!.values];
    } finally {
      graph.close();
    }
  }

  test('nothing that is in order', () => expect(run(negation)).toEqual([-1, -2, -3]));

  test.each<readonly [string, number, number, RegExp]>([
    ['a result that overwrites its input', 14, 0, /overwrites what is given/u],
    ['an operand that is not there', 16, 9, /names what is not there/u],
    ['a missing operand', 15, 0, /an operand is missing/u],
    ['a matrix product', 12, 23, /not one by element/u],
    ['another kind of program', 0, 1, /not an elementwise program/u],
  ])('%s', (_, position, word, message) => expect(() => run(negation.with(position, word))).toThrow(message));

  test('vectors of different shapes', () => expect(() => run(negation.with(1, 2).with(14, 2), 2)).toThrow(/vector 1 of an operation by element wants shape \[3\], found \[4\]/u));
});
