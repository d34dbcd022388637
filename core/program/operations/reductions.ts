import { constantSize, productOfSizes } from '../../shapes/size.ts';
import { broadcast, divide, multiply, reshape, scalar } from '../expressions.ts';
import type { GradientContext, OperationRow } from '../operation-row.ts';
import { elementCount, stridesOf } from '../reference/numeric-tensor.ts';
import type { NumericTensor } from '../reference/numeric-tensor.ts';
import type { TensorShape, Value } from '../value.ts';
import { inputAt, misfit, requireType } from './fit.ts';

type ReductionKind = 'reduce-sum' | 'reduce-mean';

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

function sumOver(input: NumericTensor, axes: readonly number[], keepAxes: boolean): NumericTensor {
  const strides = stridesOf(input.shape);
  const keptShape = input.shape.map((size, axis) => (axes.includes(axis) ? 1 : size));
  const keptStrides = stridesOf(keptShape);
  const values = new Float64Array(elementCount(keptShape));
  input.values.forEach((value, position) => {
    let target = 0;
    input.shape.forEach((size, axis) => {
      if (!axes.includes(axis)) target += (Math.floor(position / (strides[axis] ?? 1)) % size) * (keptStrides[axis] ?? 0);
    });
    values[target] = (values[target] ?? 0) + value;
  });
  return { shape: keepAxes ? keptShape : input.shape.filter((_, axis) => !axes.includes(axis)), values };
}

function reduction<Kind extends ReductionKind>(
  kind: Kind,
  slope: (context: GradientContext<ReductionKind>, gradient: Value) => Value | undefined,
  finish: (sum: NumericTensor, count: number) => NumericTensor,
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
      const count = axes.reduce((product, axis) => product * (input.shape[axis] ?? 1), 1);
      return [finish(sumOver(input, axes, keepAxes), count)];
    },
  };
}

export const reductionRows = {
  'reduce-sum': reduction('reduce-sum', spread, (sum) => sum),
  'reduce-mean': reduction('reduce-mean', scaledByCount, (sum, count) => ({ shape: sum.shape, values: sum.values.map((value) => value / count) })),
};
