import { divide, greater, log, multiply, negate, power, scalar, select, subtract } from '../expressions.ts';
import type { GradientContext, OperationRow } from '../operation-row.ts';
import { broadcastElement, tabulate } from '../reference/numeric-tensor.ts';
import type { NumericTensor } from '../reference/numeric-tensor.ts';
import type { Value } from '../value.ts';
import { broadcastShapes, inputAt, requireType } from './fit.ts';
import { sumToShape } from './sum-to-shape.ts';

type BinaryKind = 'add' | 'subtract' | 'multiply' | 'divide' | 'maximum' | 'minimum' | 'power' | 'greater';
type Slopes = (context: GradientContext<BinaryKind>, outputGradient: Value) => readonly [Value | undefined, Value | undefined];

export function broadcastReference(inputs: readonly NumericTensor[], compute: (...elements: number[]) => number): NumericTensor {
  const rank = Math.max(...inputs.map((input) => input.shape.length));
  const shape = Array.from({ length: rank }, (_, axis) => {
    const sizes = inputs.map((input) => input.shape[axis - (rank - input.shape.length)] ?? 1);
    return sizes.find((size) => size !== 1) ?? 1;
  });
  return tabulate(shape, (index) => compute(...inputs.map((input) => broadcastElement(input, index))));
}

/** An operation on two broadcast tensors; slopes are given in the common shape and summed back to each input's own. */
function broadcasting<Kind extends BinaryKind>(
  kind: Kind,
  compute: (first: number, second: number) => number,
  slopes: Slopes,
): OperationRow<Kind> {
  return {
    shape: (inputs) => {
      const first = inputAt(kind, inputs, 0, 2);
      const second = inputAt(kind, inputs, 1, 2);
      requireType(kind, first, 'float');
      requireType(kind, second, 'float');
      return [{ type: kind === 'greater' ? 'boolean' : 'float', shape: broadcastShapes(kind, inputs) }];
    },
    gradient: (context) => {
      const outputGradient = context.outputGradient(0);
      if (outputGradient === undefined) return [undefined, undefined];
      const pair = slopes(context, outputGradient);
      return pair.map((gradient, index) => {
        const own = context.inputTypes[index];
        return gradient && own && sumToShape(context.builder, gradient, own.shape);
      });
    },
    reference: (inputs) => [broadcastReference(inputs, (first = Number.NaN, second = Number.NaN) => compute(first, second))],
  };
}

/** Where the first wins, its gradient passes; where both are equal, the first is taken to win. */
function whereFirstWins(context: GradientContext<BinaryKind>, gradient: Value, secondWins: Value): readonly [Value, Value] {
  const zero = scalar(context.builder, 0);
  return [select(context.builder, secondWins, zero, gradient), select(context.builder, secondWins, gradient, zero)];
}

export const binaryRows = {
  add: broadcasting('add', (first, second) => first + second, (_, gradient) => [gradient, gradient]),
  subtract: broadcasting('subtract', (first, second) => first - second, ({ builder }, gradient) => [gradient, negate(builder, gradient)]),
  multiply: broadcasting('multiply', (first, second) => first * second, ({ builder, input }, gradient) => [
    multiply(builder, gradient, input(1)),
    multiply(builder, gradient, input(0)),
  ]),
  divide: broadcasting('divide', (first, second) => first / second, ({ builder, input, output }, gradient) => {
    const quotient = divide(builder, gradient, input(1));
    return [quotient, negate(builder, multiply(builder, quotient, output(0)))];
  }),
  maximum: broadcasting('maximum', Math.max, (context, gradient) =>
    whereFirstWins(context, gradient, greater(context.builder, context.input(1), context.input(0)))),
  minimum: broadcasting('minimum', Math.min, (context, gradient) =>
    whereFirstWins(context, gradient, greater(context.builder, context.input(0), context.input(1)))),
  /** first ^ second; the gradient with respect to the exponent holds for positive bases. */
  power: broadcasting('power', Math.pow, ({ builder, input, output }, gradient) => [
    multiply(builder, gradient, multiply(builder, input(1), power(builder, input(0), subtract(builder, input(1), scalar(builder, 1))))),
    multiply(builder, gradient, multiply(builder, output(0), log(builder, input(0)))),
  ]),
  greater: broadcasting('greater', (first, second) => (first > second ? 1 : 0), () => [undefined, undefined]),
};
