import { constantSize } from '../shapes/size.ts';
import type { BodyBuilder } from './body-builder.ts';
import type { ElementType, TensorShape, Value } from './value.ts';

type BinaryKind = 'add' | 'subtract' | 'multiply' | 'divide' | 'maximum' | 'minimum' | 'power' | 'greater';
type UnaryKind =
  | 'negate' | 'exp' | 'log' | 'sqrt' | 'rsqrt' | 'square' | 'abs' | 'sign' | 'sigmoid' | 'tanh' | 'cosine' | 'relu' | 'stop-gradient';

/** Operations as functions, so that a formula in code reads like the formula in the book. Shapes follow each operation's rule. */
function binary(kind: BinaryKind) {
  return (builder: BodyBuilder, first: Value, second: Value): Value => builder.emitOne(kind, [first, second], {});
}

function unary(kind: UnaryKind) {
  return (builder: BodyBuilder, value: Value): Value => builder.emitOne(kind, [value], {});
}

export const add = binary('add');
export const subtract = binary('subtract');
export const multiply = binary('multiply');
export const divide = binary('divide');
export const maximum = binary('maximum');
export const minimum = binary('minimum');
export const power = binary('power');
export const greater = binary('greater');
export const negate = unary('negate');
export const exp = unary('exp');
export const log = unary('log');
export const sqrt = unary('sqrt');
export const rsqrt = unary('rsqrt');
export const square = unary('square');
export const abs = unary('abs');
export const sign = unary('sign');
export const sigmoid = unary('sigmoid');
export const tanh = unary('tanh');
export const cosine = unary('cosine');
export const relu = unary('relu');
export const stopGradient = unary('stop-gradient');

/** A literal of rank 0. */
export function scalar(builder: BodyBuilder, value: number, type: ElementType = 'float'): Value {
  return builder.emitOne('constant', [], { type, shape: [], values: [value] });
}

/** One value in every element of a shape without symbols. */
export function filled(builder: BodyBuilder, shape: TensorShape, value: number): Value {
  if (shape.every((size) => size.kind === 'constant')) {
    return builder.emitOne('constant', [], { type: 'float', shape, values: [value] });
  }
  return broadcast(builder, scalar(builder, value), shape);
}

export function select(builder: BodyBuilder, condition: Value, first: Value, second: Value): Value {
  return builder.emitOne('select', [condition, first, second], {});
}

export function cast(builder: BodyBuilder, value: Value, type: ElementType): Value {
  return value.type === type ? value : builder.emitOne('cast', [value], { type });
}

export interface MatmulOptions {
  readonly transposeLeft?: boolean;
  readonly transposeRight?: boolean;
}

/** [rows, inner] · [inner, columns] → [rows, columns], each side optionally transposed first. */
export function matmul(builder: BodyBuilder, left: Value, right: Value, options: MatmulOptions = {}): Value {
  const { transposeLeft = false, transposeRight = false } = options;
  return builder.emitOne('matmul', [left, right], { transposeLeft, transposeRight });
}

export function reshape(builder: BodyBuilder, value: Value, shape: TensorShape): Value {
  return builder.emitOne('reshape', [value], { shape });
}

export function transpose(builder: BodyBuilder, value: Value, permutation: readonly number[]): Value {
  return builder.emitOne('transpose', [value], { permutation });
}

export function broadcast(builder: BodyBuilder, value: Value, shape: TensorShape): Value {
  return builder.emitOne('broadcast', [value], { shape });
}

export function slice(builder: BodyBuilder, value: Value, axis: number, start: number, length: number): Value {
  return builder.emitOne('slice', [value], { axis, start, length });
}

export function pad(builder: BodyBuilder, value: Value, axis: number, before: number, after: number): Value {
  return builder.emitOne('pad', [value], { axis, before, after });
}

export function reverse(builder: BodyBuilder, value: Value, axis: number): Value {
  return builder.emitOne('reverse', [value], { axis });
}

export function split(builder: BodyBuilder, value: Value, axis: number, lengths: readonly number[]): readonly Value[] {
  return builder.emit('split', [value], { axis, lengths });
}

export function concatenate(builder: BodyBuilder, values: readonly Value[], axis: number): Value {
  const [only, second] = values;
  return only !== undefined && second === undefined ? only : builder.emitOne('concatenate', values, { axis });
}

export function reduceSum(builder: BodyBuilder, value: Value, axes: readonly number[], keepAxes = false): Value {
  return builder.emitOne('reduce-sum', [value], { axes, keepAxes });
}

export function reduceMean(builder: BodyBuilder, value: Value, axes: readonly number[], keepAxes = false): Value {
  return builder.emitOne('reduce-mean', [value], { axes, keepAxes });
}

export function reduceMax(builder: BodyBuilder, value: Value, axes: readonly number[], keepAxes = false): Value {
  return builder.emitOne('reduce-max', [value], { axes, keepAxes });
}

/** Every axis index of a value: what a sum over all elements runs over. */
export function allAxes(value: { readonly shape: TensorShape }): readonly number[] {
  return value.shape.map((_, axis) => axis);
}

/** Constant sizes as a tensor shape. */
export function constantShape(sizes: readonly number[]): TensorShape {
  return sizes.map(constantSize);
}
