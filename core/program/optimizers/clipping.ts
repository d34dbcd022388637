import type { ClippingSettings } from '../../graph/training-settings.ts';
import type { BodyBuilder } from '../body-builder.ts';
import { allAxes, concatenate, divide, maximum, minimum, multiply, reduceSum, scalar, split, sqrt, square } from '../expressions.ts';
import type { ParameterSlice } from '../program.ts';
import type { Value } from '../value.ts';

/** The Euclidean length of a flat vector. */
export function globalNorm(builder: BodyBuilder, gradient: Value): Value {
  return sqrt(builder, reduceSum(builder, square(builder, gradient), allAxes(gradient)));
}

/**
 * A flat gradient with what is too long in it shortened, as Keras 3 does: by value (`clipvalue`), by the norm of each weight
 * tensor (`clipnorm`), or by the norm of all together (`global_clipnorm`; Pascanu et al., 2013,
 * https://proceedings.mlr.press/v28/pascanu13.html), which is given as `norm`.
 */
export function clipGradient(
  builder: BodyBuilder,
  gradient: Value,
  norm: Value,
  layout: readonly ParameterSlice[],
  { kind, limit }: ClippingSettings,
): Value {
  switch (kind) {
    case 'value':
      return maximum(builder, minimum(builder, gradient, scalar(builder, limit)), scalar(builder, -limit));
    case 'norm': {
      const pieces = split(builder, gradient, 0, layout.map(({ length }) => length));
      return concatenate(builder, pieces.map((piece) => shorten(builder, piece, globalNorm(builder, piece), limit)), 0);
    }
    case 'global-norm':
      return shorten(builder, gradient, norm, limit);
  }
}

/** A vector of this norm, scaled down to the limit where it is longer. */
function shorten(builder: BodyBuilder, vector: Value, norm: Value, limit: number): Value {
  const bound = scalar(builder, limit);
  return multiply(builder, vector, divide(builder, bound, maximum(builder, norm, bound)));
}
