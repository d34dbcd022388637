import fc from 'fast-check';
import { BodyBuilder } from '../../core/program/body-builder.ts';
import type { Body } from '../../core/program/instruction.ts';
import { evaluateBody } from '../../core/program/reference/evaluate-body.ts';
import { elementCount } from '../../core/program/reference/numeric-tensor.ts';
import type { NumericTensor } from '../../core/program/reference/numeric-tensor.ts';
import type { ElementType, TensorShape, Value } from '../../core/program/value.ts';
import { batchSize, constantSize, evaluateSize } from '../../core/shapes/size.ts';

/** A body with numbers for its inputs. Its first input has the batch axis alone, so that the batch is always known. */
export interface BodyCase {
  readonly body: Body;
  readonly inputs: readonly NumericTensor[];
  readonly batch: number;
}

export interface CaseMaker {
  readonly builder: BodyBuilder;
  /** An input of numbers in [low, high], exact in float32; whole numbers for integers, 0 and 1 for booleans. */
  readonly input: (type: ElementType, shape: TensorShape, range?: readonly [low: number, high: number]) => Value;
}

export function bodyCase(batch: number, seed: number, build: (maker: CaseMaker) => readonly Value[]): BodyCase {
  const builder = new BodyBuilder();
  const inputs: NumericTensor[] = [];
  const next = numbers(seed);
  const input: CaseMaker['input'] = (type, shape, [low, high] = [-2, 2]) => {
    const sizes = shape.map((size) => evaluateSize(size, { batch }));
    const draw = { float: () => Math.fround(low + (high - low) * next()), integer: () => Math.floor(100 * next()), boolean: () => Math.round(next()) };
    inputs.push({ shape: sizes, values: Float64Array.from({ length: elementCount(sizes) }, draw[type]) });
    return builder.input(type, shape);
  };
  input('float', [batchSize]);
  const outputs = build({ builder, input });
  return { body: builder.finish(outputs), inputs, batch };
}

/** What the case means, in float64. */
export function referenceOf({ body, inputs, batch }: BodyCase): readonly NumericTensor[] {
  return evaluateBody(body, inputs, { batch });
}

/** Numbers in [0, 1) from a seed (mulberry32, Tommy Ettinger, 2017). */
export function numbers(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Shapes of axes of 1 to 4 elements, some of which are the batch. */
export function shapeArbitrary(minimumRank: number, maximumRank: number): fc.Arbitrary<TensorShape> {
  return fc.array(fc.oneof(fc.integer({ min: 1, max: 4 }).map(constantSize), fc.constant(batchSize)), {
    minLength: minimumRank,
    maxLength: maximumRank,
  }).filter((shape) => shape.filter((size) => size.kind !== 'constant').length <= 1);
}

/** A shape that broadcasts to the given one: some of its axes 1, some of the leading ones left out. */
export function broadcastableArbitrary(shape: TensorShape): fc.Arbitrary<TensorShape> {
  return fc.record({ drop: fc.nat(shape.length), flags: fc.array(fc.boolean(), { minLength: shape.length, maxLength: shape.length }) })
    .map(({ drop, flags }) => shape.map((size, axis) => (flags[axis] === true ? constantSize(1) : size)).slice(drop));
}
