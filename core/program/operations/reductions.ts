import { constantSize, productOfSizes } from '../../shapes/size.ts';
import { broadcast, divide, greater, multiply, reduceSum, reshape, scalar, select } from '../expressions.ts';
import type { GradientContext, OperationRow } from '../operation-row.ts';
import { elementCount, stridesOf } from '../reference/numeric-tensor.ts';
import type { NumericTensor } from '../reference/numeric-tensor.ts';
import type { TensorShape, Value } from '../value.ts';
import { inputAt, misfit, requireType } from './fit.ts';

type ReductionKind = 'reduce-sum' | 'reduce-mean' | 'reduce-max';

function reducedShape(shape: TensorShape, axes: readonly number[], keepAxes: boolean): TensorShape {
  return shape.flatMap((size, axis) => {
    if (!axes.includes(axis)) return [size];
    return keepAxes ? [constantSize(1)] : [];
  });
}

/** The gradient of a sum: the same number in every element that was summed. */
function spread(context: GradientContext<ReductionKind>, gradient: Value): Value | undefined {
  const [input] = context.inputTypes;
  if (input === undefined) return undefined;
  const kept = reshape(context.builder, gradient, reducedShape(input.shape, context.attributes.axes, true));
  return broadcast(context.builder, kept, input.shape);
}

/** 1 / (how many elements were averaged), also where the batch is among them. */
function scaledByCount(context: GradientContext<ReductionKind>, gradient: Value): Value | undefined {
  const { builder, attributes, inputTypes: [input] } = context;
  const averaged = input?.shape.filter((_, axis) => attributes.axes.includes(axis)) ?? [];
  const count = productOfSizes(averaged);
  if (count.kind === 'constant') return spread(context, multiply(builder, gradient, scalar(builder, 1 / count.value)));
  const ones = broadcast(builder, scalar(builder, 1), averaged);
  const total = builder.emitOne('reduce-sum', [ones], { axes: averaged.map((_, axis) => axis), keepAxes: false });
  return spread(context, divide(builder, gradient, total));
}

/** To the largest elements, in equal parts. */
function toLargest(context: GradientContext<ReductionKind>, gradient: Value): Value | undefined {
  const { builder, attributes: { axes }, inputTypes: [type] } = context;
  if (type === undefined) return undefined;
  const kept = reducedShape(type.shape, axes, true);
  const largest = reshape(builder, context.output(0), kept);
  const isLargest = select(builder, greater(builder, largest, context.input(0)), scalar(builder, 0), scalar(builder, 1));
  const share = divide(builder, reshape(builder, gradient, kept), reduceSum(builder, isLargest, axes, true));
  return multiply(builder, isLargest, share);
}

/** One number for each place along the axes that stay, folded from all elements there. */
function foldOver(input: NumericTensor, axes: readonly number[], keepAxes: boolean, start: number, fold: (folded: number, value: number) => number): NumericTensor {
  const strides = stridesOf(input.shape);
  const keptShape = input.shape.map((size, axis) => (axes.includes(axis) ? 1 : size));
  const keptStrides = stridesOf(keptShape);
  const values = new Float64Array(elementCount(keptShape)).fill(start);
  input.values.forEach((value, position) => {
    let target = 0;
    input.shape.forEach((size, axis) => {
      if (!axes.includes(axis)) target += (Math.floor(position / (strides[axis] ?? 1)) % size) * (keptStrides[axis] ?? 0);
    });
    values[target] = fold(values[target] ?? start, value);
  });
  return { shape: keepAxes ? keptShape : input.shape.filter((_, axis) => !axes.includes(axis)), values };
}

function reduction<Kind extends ReductionKind>(
  kind: Kind,
  slope: (context: GradientContext<ReductionKind>, gradient: Value) => Value | undefined,
  compute: (input: NumericTensor, axes: readonly number[], keepAxes: boolean) => NumericTensor,
): OperationRow<Kind> {
  return {
    shape: (inputs, { axes, keepAxes }) => {
      const input = inputAt(kind, inputs, 0, 1);
      requireType(kind, input, 'float');
      if (axes.some((axis) => axis < 0 || axis >= input.shape.length)) throw misfit(kind, `axes ${axes.join(', ')}`, inputs);
      return [{ type: 'float', shape: reducedShape(input.shape, axes, keepAxes) }];
    },
    gradient: (context) => {
      const gradient = context.outputGradient(0);
      return [gradient && slope(context, gradient)];
    },
    reference: ([input], { axes, keepAxes }) => {
      if (input === undefined) throw new RangeError(`${kind} wants an input`);
      return [compute(input, axes, keepAxes)];
    },
  };
}

function sumOver(input: NumericTensor, axes: readonly number[], keepAxes: boolean): NumericTensor {
  return foldOver(input, axes, keepAxes, 0, (sum, value) => sum + value);
}

export const reductionRows = {
  'reduce-sum': reduction('reduce-sum', spread, sumOver),
  'reduce-mean': reduction('reduce-mean', scaledByCount, (input, axes, keepAxes) => {
    const sum = sumOver(input, axes, keepAxes);
    const count = axes.reduce((product, axis) => product * (input.shape[axis] ?? 1), 1);
    return { shape: sum.shape, values: sum.values.map((value) => value / count) };
  }),
  'reduce-max': reduction('reduce-max', toLargest, (input, axes, keepAxes) => foldOver(input, axes, keepAxes, Number.NEGATIVE_INFINITY, Math.max)),
};
