import type { OptimizerSettings } from '../../graph/training-settings.ts';
import type { BodyBuilder } from '../body-builder.ts';
import type { Variable } from '../program.ts';
import type { TensorShape, Value } from '../value.ts';
import { adam } from './adam.ts';
import { rmsprop } from './rmsprop.ts';
import { stochasticGradientDescent } from './stochastic-gradient-descent.ts';

/** What one step of an optimiser reads; all vectors are flat over the trainable weights. */
export interface OptimizerStep {
  readonly parameters: Value;
  readonly gradient: Value;
  readonly learningRate: Value;
  /** The optimiser's own variables, by name. */
  readonly state: (name: string) => Value;
}

/** An optimiser as ordinary operations on one flat vector: its variables, and their new values after a step. */
export interface Optimizer {
  readonly variables: (parameters: TensorShape) => readonly Variable[];
  /** New values by variable name, `parameters` among them. */
  readonly update: (builder: BodyBuilder, step: OptimizerStep) => ReadonlyMap<string, Value>;
}

export function optimizerFor(settings: OptimizerSettings): Optimizer {
  switch (settings.kind) {
    case 'sgd':
      return stochasticGradientDescent(settings);
    case 'rmsprop':
      return rmsprop(settings);
    case 'adam':
    case 'adamw':
      return adam(settings);
  }
}
