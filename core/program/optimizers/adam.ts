import type { OptimizerSettings } from '../../graph/graph-document.ts';
import { add, divide, multiply, power, scalar, sqrt, square, subtract } from '../expressions.ts';
import type { Optimizer } from './optimizer.ts';

/**
 * Adam (Kingma and Ba, 2015, https://arxiv.org/abs/1412.6980), in Keras 3's arrangement: epsilon is added to √v before
 * the bias correction, which goes into the rate.
 */
export function adam(settings: Extract<OptimizerSettings, { readonly kind: 'adam' }>): Optimizer {
  return {
    variables: (shape) => [
      { name: 'iterations', role: 'counter', type: 'float', shape: [] },
      { name: 'momentum', role: 'optimizer', type: 'float', shape },
      { name: 'velocity', role: 'optimizer', type: 'float', shape },
    ],
    update: (builder, { parameters, gradient, learningRate, state }) => {
      const number = (value: number) => scalar(builder, value);
      const iterations = add(builder, state('iterations'), number(1));
      const towards = (mean: ReturnType<typeof state>, sample: typeof mean, share: number) =>
        add(builder, mean, multiply(builder, subtract(builder, sample, mean), number(share)));
      const momentum = towards(state('momentum'), gradient, 1 - settings.beta1);
      const velocity = towards(state('velocity'), square(builder, gradient), 1 - settings.beta2);
      const unbiased = (beta: number) => subtract(builder, number(1), power(builder, number(beta), iterations));
      const rate = divide(builder, multiply(builder, learningRate, sqrt(builder, unbiased(settings.beta2))), unbiased(settings.beta1));
      const step = divide(builder, multiply(builder, momentum, rate), add(builder, sqrt(builder, velocity), number(settings.epsilon)));
      return new Map([
        ['parameters', subtract(builder, parameters, step)],
        ['iterations', iterations],
        ['momentum', momentum],
        ['velocity', velocity],
      ]);
    },
  };
}
