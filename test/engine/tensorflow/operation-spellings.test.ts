import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { OperationAttributes, OperationKind } from '../../../core/program/instruction.ts';
import { matmul, multiply, tanh } from '../../../core/program/expressions.ts';
import { BodyBuilder } from '../../../core/program/body-builder.ts';
import { evaluateBody } from '../../../core/program/reference/evaluate-body.ts';
import type { NumericTensor } from '../../../core/program/reference/numeric-tensor.ts';
import type { ElementType, TensorShape, Value } from '../../../core/program/value.ts';
import { batchSize, constantSize, divideSize, addToSize, multiplySize } from '../../../core/shapes/size.ts';
import { bodyCase, broadcastableArbitrary, shapeArbitrary } from '../../support/body-case.ts';
import type { BodyCase, CaseMaker } from '../../support/body-case.ts';
import { expectClose } from '../../support/expect-close.ts';
import { runOnTensorFlow, testBackend } from '../../support/run-on-tensorflow.ts';

const backend = testBackend();

type Build = (maker: CaseMaker) => readonly Value[];
const everyShape = shapeArbitrary(0, 4);
/** Shapes with an axis whose size is a number, and that axis. */
const withKnownAxis = shapeArbitrary(1, 4)
  .map((shape) => ({ shape, axis: shape.findIndex((size) => size.kind === 'constant') }))
  .filter(({ axis }) => axis !== -1);

function sizeAt(shape: TensorShape, axis: number): number {
  const size = shape[axis];
  return size?.kind === 'constant' ? size.value : 0;
}

function unary(kind: OperationKind, range: readonly [number, number] = [-3, 3]): fc.Arbitrary<Build> {
  return everyShape.map((shape) => ({ builder, input }) => builder.emit(kind, [input('float', shape, range)], {}));
}

function binary(kind: OperationKind, ranges: readonly (readonly [number, number])[] = []): fc.Arbitrary<Build> {
  return everyShape
    .chain((shape) => fc.tuple(broadcastableArbitrary(shape), broadcastableArbitrary(shape)))
    .map((shapes) => ({ builder, input }) => builder.emit(kind, shapes.map((shape, index) => input('float', shape, ranges[index])), {}));
}

function reduction(kind: 'reduce-sum' | 'reduce-mean' | 'reduce-max'): fc.Arbitrary<Build> {
  return everyShape
    .chain((shape) => fc.record({ shape: fc.constant(shape), axes: fc.subarray(shape.map((_, axis) => axis)), keepAxes: fc.boolean() }))
    .map(({ shape, axes, keepAxes }) => ({ builder, input }) => builder.emit(kind, [input('float', shape, [0, 2])], { axes, keepAxes }));
}

const types = fc.constantFrom<ElementType>('float', 'integer', 'boolean');

/** Random bodies of one instruction, for every operation there is. */
const instructions: { readonly [Kind in OperationKind]: fc.Arbitrary<Build> } = {
  constant: fc.record({ shape: everyShape, type: types, seed: fc.nat() }).map(({ shape, type, seed }) => ({ builder }) => {
    const known = shape.every((size) => size.kind === 'constant');
    const count = known ? shape.reduce((product, size) => product * (size.kind === 'constant' ? size.value : 1), 1) : 1;
    const values = Array.from({ length: seed % 3 === 0 ? 1 : count }, (_, at) => (type === 'boolean' ? (seed + at) % 2 : ((seed + at) % 11) - 5));
    return builder.emit('constant', [], { type, shape, values });
  }),
  negate: unary('negate'),
  exp: unary('exp'),
  log: unary('log', [0.01, 10]),
  sqrt: unary('sqrt', [0, 10]),
  rsqrt: unary('rsqrt', [0.1, 10]),
  square: unary('square'),
  abs: unary('abs'),
  sign: unary('sign'),
  sigmoid: unary('sigmoid'),
  tanh: unary('tanh'),
  cosine: unary('cosine', [0, 7]),
  relu: unary('relu'),
  add: binary('add'),
  subtract: binary('subtract'),
  multiply: binary('multiply'),
  divide: binary('divide', [[-2, 2], [0.5, 2]]),
  maximum: binary('maximum'),
  minimum: binary('minimum'),
  power: binary('power', [[0.1, 3], [-2, 2]]),
  greater: binary('greater'),
  select: fc.tuple(everyShape.chain((shape) => fc.tuple(...[0, 1, 2].map(() => broadcastableArbitrary(shape)))), types)
    .map(([shapes, type]) => ({ builder, input }) =>
      builder.emit('select', shapes.map((shape, index) => input(index === 0 ? 'boolean' : type, shape)), {})),
  cast: fc.record({ shape: everyShape, from: types, to: types }).map(({ shape, from, to }) => ({ builder, input }) =>
    builder.emit('cast', [input(from, shape)], { type: to })),
  matmul: fc.record({ rows: fc.constantFrom(constantSize(3), batchSize), inner: fc.integer({ min: 1, max: 5 }), columns: fc.integer({ min: 1, max: 5 }), transposeLeft: fc.boolean(), transposeRight: fc.boolean() })
    .map(({ rows, inner, columns, transposeLeft, transposeRight }) => ({ builder, input }) => {
      const [left, right] = [[rows, constantSize(inner)], [constantSize(inner), constantSize(columns)]];
      const operands = [input('float', transposeLeft ? left.toReversed() : left), input('float', transposeRight ? right.toReversed() : right)];
      return builder.emit('matmul', operands, { transposeLeft, transposeRight });
    }),
  reshape: fc.constantFrom<readonly [TensorShape, TensorShape]>(
    [[batchSize, constantSize(2), constantSize(3)], [multiplySize(batchSize, 2), constantSize(3)]],
    [[multiplySize(batchSize, 2), constantSize(3)], [constantSize(6), batchSize]],
    [[constantSize(4)], [constantSize(2), constantSize(2)]],
    [[constantSize(1)], []],
    [[], [constantSize(1), constantSize(1)]],
  ).map(([from, to]) => ({ builder, input }) => builder.emit('reshape', [input('float', from)], { shape: to })),
  transpose: everyShape.chain((shape) => fc.record({ shape: fc.constant(shape), permutation: fc.shuffledSubarray(shape.map((_, axis) => axis), { minLength: shape.length }) }))
    .map(({ shape, permutation }) => ({ builder, input }) => builder.emit('transpose', [input('float', shape)], { permutation })),
  broadcast: fc.oneof(
    everyShape.chain((shape) => fc.tuple(fc.constant(shape), broadcastableArbitrary(shape))),
    fc.constantFrom(divideSize(addToSize(multiplySize(batchSize, 3), 1), 2), addToSize(batchSize, 2)).map((size) => [[size, constantSize(2)], []] as const),
  ).map(([shape, from]) => ({ builder, input }) => builder.emit('broadcast', [input('float', from)], { shape })),
  slice: withKnownAxis.chain(({ shape, axis }) => fc.record({ shape: fc.constant(shape), axis: fc.constant(axis), bounds: fc.tuple(fc.nat(sizeAt(shape, axis)), fc.nat(sizeAt(shape, axis))) }))
    .map(({ shape, axis, bounds: [one, other] }) => ({ builder, input }) =>
      builder.emit('slice', [input('float', shape)], { axis, start: Math.min(one, other), length: Math.abs(one - other) })),
  pad: withKnownAxis.chain(({ shape, axis }) => fc.record({ shape: fc.constant(shape), axis: fc.constant(axis), before: fc.nat(3), after: fc.nat(3) }))
    .map(({ shape, ...attributes }) => ({ builder, input }) => builder.emit('pad', [input('float', shape)], attributes)),
  reverse: shapeArbitrary(1, 4).chain((shape) => fc.record({ shape: fc.constant(shape), axis: fc.nat(shape.length - 1) }))
    .map(({ shape, axis }) => ({ builder, input }) => builder.emit('reverse', [input('float', shape)], { axis })),
  split: withKnownAxis.chain(({ shape, axis }) => fc.record({ shape: fc.constant(shape), axis: fc.constant(axis), cuts: fc.array(fc.nat(sizeAt(shape, axis)), { maxLength: 3 }) }))
    .map(({ shape, axis, cuts }) => ({ builder, input }) => {
      const edges = [0, ...cuts.sort((first, second) => first - second), sizeAt(shape, axis)];
      return builder.emit('split', [input('float', shape)], { axis, lengths: edges.slice(1).map((edge, index) => edge - (edges[index] ?? 0)) });
    }),
  concatenate: withKnownAxis.chain(({ shape, axis }) => fc.record({ shape: fc.constant(shape), axis: fc.constant(axis), lengths: fc.array(fc.nat(3), { minLength: 1, maxLength: 4 }) }))
    .map(({ shape, axis, lengths }) => ({ builder, input }) =>
      builder.emit('concatenate', lengths.map((length) => input('float', shape.map((size, at) => (at === axis ? constantSize(length) : size)))), { axis })),
  'reduce-sum': reduction('reduce-sum'),
  'reduce-mean': reduction('reduce-mean'),
  'reduce-max': reduction('reduce-max'),
  'random-uniform': everyShape.map((shape) => ({ builder, input }) => {
    const drawn = builder.emitOne('random-uniform', [input('integer', [constantSize(2)])], { shape });
    return [drawn, multiply(builder, drawn, drawn)];
  }),
  'stop-gradient': unary('stop-gradient'),
  scan: fc.record({ steps: fc.integer({ min: 1, max: 5 }), backwards: fc.boolean() }).map(({ steps, backwards }) => ({ builder, input }) => {
    const inner = new BodyBuilder();
    const [state, kernel] = [inner.input('float', [batchSize, constantSize(3)]), inner.input('float', [constantSize(3), constantSize(3)])];
    const next = tanh(inner, matmul(inner, state, kernel));
    const body = inner.finish([next, next]);
    const attributes: OperationAttributes['scan'] = { body, steps: constantSize(steps), sequenceCount: 0, stateCount: 1, invariantCount: 1, backwards };
    return builder.emit('scan', [input('float', [batchSize, constantSize(3)]), input('float', [constantSize(3), constantSize(3)])], attributes);
  }),
};

test.each(Object.entries(instructions))('%s gives on TensorFlow what the reference gives, for any shape and batch', (_kind, arbitrary) => {
  const holds = fc.property(arbitrary, fc.constantFrom(1, 3, 32), fc.nat(), (build, batch, seed) => {
    const built: BodyCase = bodyCase(batch, seed, build);
    const found = runOnTensorFlow(backend, built);
    // Random numbers are whatever the engine draws: the reference is given the same.
    const uniform = (_seed: NumericTensor, shape: readonly number[]): NumericTensor => ({ shape, values: found[0]?.values ?? new Float64Array() });
    expectClose(found, evaluateBody(built.body, built.inputs, { batch, uniform }), 1e-6);
  });
  fc.assert(holds, { numRuns: 12 });
  expect.assertions(12);
});
