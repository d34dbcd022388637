import type { BodyBuilder } from '../program/body-builder.ts';
import { add, multiply, reduceMean, rsqrt, scalar, square, subtract } from '../program/expressions.ts';
import type { Value } from '../program/value.ts';

export interface FeatureNormalization {
  readonly builder: BodyBuilder;
  /** […, features] */
  readonly value: Value;
  readonly epsilon: number;
  /** [features] each; beta null: no offset of its own */
  readonly gamma: Value;
  readonly beta: Value | null;
  /** Says what a value is in the user's words. */
  readonly name: (value: Value, name: string) => Value;
}

/** Layer normalisation over the last axis, with the biased variance (Ba et al., 2016, https://arxiv.org/abs/1607.06450). */
export function normalizeFeatures({ builder, value, epsilon, gamma, beta, name }: FeatureNormalization): Value {
  const features = [value.shape.length - 1];
  const mean = name(reduceMean(builder, value, features, true), 'mean');
  const centred = subtract(builder, value, mean);
  const variance = name(reduceMean(builder, square(builder, centred), features, true), 'variance');
  const inverse = rsqrt(builder, add(builder, variance, scalar(builder, epsilon)));
  const normalized = name(multiply(builder, centred, inverse), 'normalised');
  const scaled = multiply(builder, normalized, gamma);
  return beta === null ? scaled : add(builder, scaled, beta);
}
