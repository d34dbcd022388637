import type { BodyBuilder } from '../program/body-builder.ts';
import { abs, add, divide, exp, log, maximum, minimum, multiply, relu, scalar, sigmoid, subtract, tanh } from '../program/expressions.ts';
import type { Value } from '../program/value.ts';

/** Activation functions, by Keras's names; those not listed have no exact spelling in the program's operations. */
export const activationNames = [
  'linear', 'relu', 'tanh', 'sigmoid', 'elu', 'selu', 'softplus', 'softsign', 'silu', 'mish', 'exponential',
  'leaky_relu', 'relu6', 'hard_sigmoid', 'hard_silu',
] as const;

export type ActivationName = (typeof activationNames)[number];

/** Of selu: the one pair of numbers that keeps mean 0 and variance 1 (Klambauer et al., 2017, https://arxiv.org/abs/1706.02515). */
const seluScale = 1.0507009873554805;
const seluAlpha = 1.6732632423543772;

/** Keras 3's default; TensorFlow's own is 0.2 as well, PyTorch's 0.01. */
const leakySlope = 0.2;

/** The activation of every element, as Keras 3 defines it; 'linear' is the value itself. */
export function activate(builder: BodyBuilder, activation: ActivationName, value: Value): Value {
  const times = (factor: number, factored: Value): Value => multiply(builder, scalar(builder, factor), factored);
  switch (activation) {
    case 'linear':
      return value;
    case 'relu':
      return relu(builder, value);
    case 'tanh':
      return tanh(builder, value);
    case 'sigmoid':
      return sigmoid(builder, value);
    case 'elu':
      return elu(builder, value, 1);
    case 'selu':
      return times(seluScale, elu(builder, value, seluAlpha));
    case 'softplus':
      return softplus(builder, value);
    case 'softsign':
      return divide(builder, value, add(builder, abs(builder, value), scalar(builder, 1)));
    case 'silu':
      return multiply(builder, value, sigmoid(builder, value));
    case 'mish':
      return multiply(builder, value, tanh(builder, softplus(builder, value)));
    case 'exponential':
      return exp(builder, value);
    case 'leaky_relu':
      return maximum(builder, times(leakySlope, value), value);
    case 'relu6':
      return relu6(builder, value);
    case 'hard_sigmoid':
      return hardSigmoid(builder, value);
    case 'hard_silu':
      return multiply(builder, value, hardSigmoid(builder, value));
  }
}

/** x from zero on, α·(eˣ − 1) below. The exponent never sees a positive number, which could overflow. At zero the first of two equals has the slope: it is 1, as in Keras. */
function elu(builder: BodyBuilder, value: Value, alpha: number): Value {
  const zero = scalar(builder, 0);
  const below = subtract(builder, exp(builder, minimum(builder, zero, value)), scalar(builder, 1));
  return add(builder, maximum(builder, value, zero), alpha === 1 ? below : multiply(builder, scalar(builder, alpha), below));
}

/** ln(1 + eˣ) = max(x, 0) + ln(1 + e^−|x|), with |x| as 2·max(x, 0) − x, whose slope is right at zero too. */
function softplus(builder: BodyBuilder, value: Value): Value {
  const positive = relu(builder, value);
  const minusSize = subtract(builder, value, multiply(builder, scalar(builder, 2), positive));
  return add(builder, positive, log(builder, add(builder, scalar(builder, 1), exp(builder, minusSize))));
}

/** The slope is 0 at 6, as in Keras: the first of two equals has it. */
function relu6(builder: BodyBuilder, value: Value): Value {
  return minimum(builder, scalar(builder, 6), relu(builder, value));
}

function hardSigmoid(builder: BodyBuilder, value: Value): Value {
  return divide(builder, relu6(builder, add(builder, value, scalar(builder, 3))), scalar(builder, 6));
}
