import { add, cosine, divide, multiply, negate, scalar, select, sign, square, subtract, greater } from '../expressions.ts';
import type { GradientContext, OperationRow } from '../operation-row.ts';
import type { Value } from '../value.ts';
import { inputAt, requireType } from './fit.ts';

type UnaryKind = 'negate' | 'exp' | 'log' | 'sqrt' | 'rsqrt' | 'square' | 'abs' | 'sign' | 'sigmoid' | 'tanh' | 'cosine' | 'relu' | 'stop-gradient';
type Slope = (context: GradientContext<UnaryKind>, outputGradient: Value) => Value | undefined;

/** An operation on each element alone: what it computes, and how a gradient passes it. */
function elementwise<Kind extends UnaryKind>(kind: Kind, compute: (x: number) => number, slope: Slope): OperationRow<Kind> {
  return {
    shape: (inputs) => {
      const input = inputAt(kind, inputs, 0, 1);
      requireType(kind, input, 'float');
      return [{ type: 'float', shape: input.shape }];
    },
    gradient: (context) => {
      const outputGradient = context.outputGradient(0);
      return [outputGradient && slope(context, outputGradient)];
    },
    reference: ([input]) => {
      if (input === undefined) throw new RangeError(`${kind} wants an input`);
      return [{ shape: input.shape, values: input.values.map(compute) }];
    },
  };
}

function oneMinus(context: GradientContext<UnaryKind>, value: Value): Value {
  return subtract(context.builder, scalar(context.builder, 1), value);
}

export const unaryRows = {
  negate: elementwise('negate', (x) => -x, ({ builder }, gradient) => negate(builder, gradient)),
  exp: elementwise('exp', Math.exp, ({ builder, output }, gradient) => multiply(builder, gradient, output(0))),
  log: elementwise('log', Math.log, ({ builder, input }, gradient) => divide(builder, gradient, input(0))),
  sqrt: elementwise('sqrt', Math.sqrt, ({ builder, output }, gradient) =>
    divide(builder, multiply(builder, gradient, scalar(builder, 0.5)), output(0))),
  rsqrt: elementwise('rsqrt', (x) => 1 / Math.sqrt(x), ({ builder, output }, gradient) => {
    const cubed = multiply(builder, square(builder, output(0)), output(0));
    return multiply(builder, multiply(builder, gradient, scalar(builder, -0.5)), cubed);
  }),
  square: elementwise('square', (x) => x * x, ({ builder, input }, gradient) =>
    multiply(builder, gradient, multiply(builder, scalar(builder, 2), input(0)))),
  abs: elementwise('abs', Math.abs, ({ builder, input }, gradient) => multiply(builder, gradient, sign(builder, input(0)))),
  sign: elementwise('sign', Math.sign, () => undefined),
  sigmoid: elementwise('sigmoid', (x) => 1 / (1 + Math.exp(-x)), (context, gradient) => {
    const { builder, output } = context;
    const activated = output(0);
    return multiply(builder, gradient, multiply(builder, activated, oneMinus(context, activated)));
  }),
  tanh: elementwise('tanh', Math.tanh, (context, gradient) =>
    multiply(context.builder, gradient, oneMinus(context, square(context.builder, context.output(0))))),
  /** The slope of cos x is −sin x = cos(x + π/2). */
  cosine: elementwise('cosine', Math.cos, ({ builder, input }, gradient) =>
    multiply(builder, gradient, cosine(builder, add(builder, input(0), scalar(builder, Math.PI / 2))))),
  relu: elementwise('relu', (x) => (x > 0 || Number.isNaN(x) ? x : 0), ({ builder, output }, gradient) => {
    const zero = scalar(builder, 0);
    return select(builder, greater(builder, output(0), zero), gradient, zero);
  }),
  'stop-gradient': elementwise('stop-gradient', (x) => x, () => undefined),
};
