import type { OptimizerSettings } from '../../graph/training-settings.ts';
import { add, divide, maximum, multiply, power, scalar, sqrt, square, subtract } from '../expressions.ts';
import type { Optimizer } from './optimizer.ts';

/**
 * Adam (Kingma and Ba, 2015, https://arxiv.org/abs/1412.6980), in Keras 3's arrangement: epsilon is added to √v before
 * the bias correction, which goes into the rate. With amsgrad, v is the largest so far (Reddi et al., 2018,
 * https://openreview.net/forum?id=ryQu7f-RZ). AdamW first takes the share rate · weight decay off every weight, biases and
 * normalisations too, as Keras 3 does unless it is told otherwise (Loshchilov and Hutter, 2019, https://arxiv.org/abs/1711.05101).
 */
export function adam(settings: Extract<OptimizerSettings, { readonly kind: 'adam' | 'adamw' }>): Optimizer {
  return {
    variables: (shape) => [
      { name: 'iterations', role: 'counter', type: 'float', shape: [] },
      { name: 'momentum', role: 'optimizer', type: 'float', shape },
      { name: 'velocity', role: 'optimizer', type: 'float', shape },
      ...(settings.amsgrad ? [{ name: 'largest velocity', role: 'optimizer', type: 'float', shape } as const] : []),
    ],
    update: (builder, { parameters, gradient, learningRate, state }) => {
      const number = (value: number) => scalar(builder, value);
      const iterations = add(builder, state('iterations'), number(1));
      const towards = (mean: ReturnType<typeof state>, sample: typeof mean, share: number) =>
        add(builder, mean, multiply(builder, subtract(builder, sample, mean), number(share)));
      const momentum = towards(state('momentum'), gradient, 1 - settings.beta1);
      const velocity = towards(state('velocity'), square(builder, gradient), 1 - settings.beta2);
      const largest = settings.amsgrad ? maximum(builder, state('largest velocity'), velocity) : velocity;
      const unbiased = (beta: number) => subtract(builder, number(1), power(builder, number(beta), iterations));
      const rate = divide(builder, multiply(builder, learningRate, sqrt(builder, unbiased(settings.beta2))), unbiased(settings.beta1));
      const step = divide(builder, multiply(builder, momentum, rate), add(builder, sqrt(builder, largest), number(settings.epsilon)));
      const decay = settings.kind === 'adamw' && settings.weightDecay > 0 ? multiply(builder, learningRate, number(settings.weightDecay)) : null;
      const decayed = decay === null ? parameters : subtract(builder, parameters, multiply(builder, parameters, decay));
      return new Map([
        ['parameters', subtract(builder, decayed, step)],
        ['iterations', iterations],
        ['momentum', momentum],
        ['velocity', velocity],
        ...(settings.amsgrad ? [['largest velocity', largest] as const] : []),
      ]);
    },
  };
}
