import type { OptimizerSettings } from '../../graph/training-settings.ts';
import { add, multiply, scalar, subtract } from '../expressions.ts';
import type { Optimizer } from './optimizer.ts';

/**
 * Stochastic gradient descent with momentum (Polyak, 1964, https://doi.org/10.1016/0041-5553(64)90137-5), optionally
 * Nesterov's (Sutskever et al., 2013, https://proceedings.mlr.press/v28/sutskever13.html), as Keras 3 writes it:
 * v ← momentum·v − rate·g; w ← w + v, or w + momentum·v − rate·g.
 */
export function stochasticGradientDescent(settings: Extract<OptimizerSettings, { readonly kind: 'sgd' }>): Optimizer {
  return {
    variables: (shape) => (settings.momentum === 0 ? [] : [{ name: 'momentum', role: 'optimizer', type: 'float', shape }]),
    update: (builder, { parameters, gradient, learningRate, state }) => {
      const step = multiply(builder, gradient, learningRate);
      if (settings.momentum === 0) return new Map([['parameters', subtract(builder, parameters, step)]]);
      const share = scalar(builder, settings.momentum);
      const momentum = subtract(builder, multiply(builder, state('momentum'), share), step);
      const move = settings.nesterov ? subtract(builder, multiply(builder, momentum, share), step) : momentum;
      return new Map([['parameters', add(builder, parameters, move)], ['momentum', momentum]]);
    },
  };
}
