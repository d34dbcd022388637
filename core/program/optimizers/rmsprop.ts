import type { OptimizerSettings } from '../../graph/training-settings.ts';
import { add, divide, multiply, scalar, sqrt, square, subtract } from '../expressions.ts';
import type { Variable } from '../program.ts';
import type { Optimizer } from './optimizer.ts';

/**
 * RMSprop (Hinton, 2012, https://www.cs.toronto.edu/~tijmen/csc321/slides/lecture_slides_lec6.pdf) as Keras 3 writes it:
 * v ← rho·v + (1 − rho)·g²; w ← w − rate·g / √(v + epsilon). Centered: the mean of g, squared, is taken off v under the
 * root (Graves, 2013, https://arxiv.org/abs/1308.0850). With momentum, steps add up: m ← momentum·m + step; w ← w − m.
 */
export function rmsprop(settings: Extract<OptimizerSettings, { readonly kind: 'rmsprop' }>): Optimizer {
  const { rho, momentum, epsilon, centered } = settings;
  return {
    variables: (shape) => {
      const vector = (name: string): Variable => ({ name, role: 'optimizer', type: 'float', shape });
      return [vector('velocity'), ...(momentum > 0 ? [vector('momentum')] : []), ...(centered ? [vector('average gradient')] : [])];
    },
    update: (builder, { parameters, gradient, learningRate, state }) => {
      const number = (value: number) => scalar(builder, value);
      const remembered = (name: string, sample: typeof gradient) =>
        add(builder, multiply(builder, state(name), number(rho)), multiply(builder, sample, number(1 - rho)));
      const velocity = remembered('velocity', square(builder, gradient));
      const average = centered ? remembered('average gradient', gradient) : null;
      const variance = average === null ? velocity : subtract(builder, velocity, square(builder, average));
      const step = divide(builder, multiply(builder, gradient, learningRate), sqrt(builder, add(builder, variance, number(epsilon))));
      const move = momentum > 0 ? add(builder, multiply(builder, state('momentum'), number(momentum)), step) : step;
      return new Map([
        ['parameters', subtract(builder, parameters, move)],
        ['velocity', velocity],
        ...(momentum > 0 ? [['momentum', move] as const] : []),
        ...(average === null ? [] : [['average gradient', average] as const]),
      ]);
    },
  };
}
