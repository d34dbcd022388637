import type { BodyBuilder } from '../program/body-builder.ts';
import { relu, sigmoid, tanh } from '../program/expressions.ts';
import type { Value } from '../program/value.ts';

/** Activation functions, by Keras's names. */
export const activationNames = ['linear', 'relu', 'tanh', 'sigmoid'] as const;

export type ActivationName = (typeof activationNames)[number];

/** The activation of every element; 'linear' is the value itself. */
export function activate(builder: BodyBuilder, activation: ActivationName, value: Value): Value {
  switch (activation) {
    case 'linear':
      return value;
    case 'relu':
      return relu(builder, value);
    case 'tanh':
      return tanh(builder, value);
    case 'sigmoid':
      return sigmoid(builder, value);
  }
}
