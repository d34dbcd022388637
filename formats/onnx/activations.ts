import type { ActivationName } from '../../core/nodes/activations.ts';
import { ofFloat } from './onnx-scope.ts';
import type { OnnxScope } from './onnx-scope.ts';

/** Writes an activation as ONNX's own operation where it has one; 'linear' is the value itself. */
export function spellActivation(scope: OnnxScope, activation: ActivationName, value: string): string {
  switch (activation) {
    case 'linear':
      return value;
    case 'relu':
      return scope.add('Relu', [value]);
    case 'tanh':
      return scope.add('Tanh', [value]);
    case 'sigmoid':
      return scope.add('Sigmoid', [value]);
    case 'elu':
      return scope.add('Elu', [value], { alpha: ofFloat(1) });
    case 'selu':
      return scope.add('Selu', [value], { alpha: ofFloat(1.6732632423543772), gamma: ofFloat(1.0507009873554805) });
    case 'softplus':
      return scope.add('Softplus', [value]);
    case 'softsign':
      return scope.add('Softsign', [value]);
    case 'silu':
      return scope.add('Mul', [value, scope.add('Sigmoid', [value])], {}, 'silu');
    case 'mish':
      return scope.add('Mul', [value, scope.add('Tanh', [scope.add('Softplus', [value])])], {}, 'mish');
    case 'exponential':
      return scope.add('Exp', [value]);
    case 'leaky_relu':
      return scope.add('LeakyRelu', [value], { alpha: ofFloat(0.2) });
    case 'relu6':
      return scope.add('Clip', [value, scope.number(0), scope.number(6)], {}, 'relu6');
    case 'hard_sigmoid':
      return scope.add('HardSigmoid', [value], { alpha: ofFloat(1 / 6), beta: ofFloat(0.5) });
    case 'hard_silu':
      return scope.add('HardSwish', [value]);
  }
}

/** An activation inside LSTM, GRU and RNN, with the numbers it takes. */
export interface RecurrentActivation {
  readonly name: string;
  readonly alpha?: number;
  readonly beta?: number;
}

/** ONNX's word for an activation inside a recurrent operation; undefined where it has none. */
export function recurrentActivation(activation: ActivationName): RecurrentActivation | undefined {
  return inside[activation];
}

const inside: Readonly<Partial<Record<ActivationName, RecurrentActivation>>> = {
  linear: { name: 'Affine', alpha: 1, beta: 0 },
  relu: { name: 'Relu' },
  tanh: { name: 'Tanh' },
  sigmoid: { name: 'Sigmoid' },
  elu: { name: 'Elu', alpha: 1 },
  softplus: { name: 'Softplus' },
  softsign: { name: 'Softsign' },
  leaky_relu: { name: 'LeakyRelu', alpha: 0.2 },
  hard_sigmoid: { name: 'HardSigmoid', alpha: 1 / 6, beta: 0.5 },
};
