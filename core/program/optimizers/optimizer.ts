import type { OptimizerSettings } from '../../graph/graph-document.ts';
import type { BodyBuilder } from '../body-builder.ts';
import { allAxes, divide, maximum, multiply, reduceSum, scalar, sqrt, square } from '../expressions.ts';
import type { Variable } from '../program.ts';
import type { TensorShape, Value } from '../value.ts';
import { adam } from './adam.ts';
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
    case 'adam':
      return adam(settings);
    case 'sgd':
      return stochasticGradientDescent(settings);
  }
}

/** The Euclidean length of a flat vector. */
export function globalNorm(builder: BodyBuilder, gradient: Value): Value {
  return sqrt(builder, reduceSum(builder, square(builder, gradient), allAxes(gradient)));
}

/** Scales a gradient longer than `limit` down to it (Pascanu et al., 2013, https://proceedings.mlr.press/v28/pascanu13.html). */
export function clipByGlobalNorm(builder: BodyBuilder, gradient: Value, norm: Value, limit: number): Value {
  const bound = scalar(builder, limit);
  return multiply(builder, gradient, divide(builder, bound, maximum(builder, norm, bound)));
}
