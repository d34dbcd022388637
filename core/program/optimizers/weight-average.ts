import type { BodyBuilder } from '../body-builder.ts';
import { add, maximum, minimum, multiply, scalar, subtract } from '../expressions.ts';
import type { Variable } from '../program.ts';
import type { TensorShape, Value } from '../value.ts';

/** The variable that holds the averaged weights, where a program averages them. */
export const averageName = 'average';
/** The variable that tells whether the average has begun. */
export const averagedStepsName = 'averaged steps';

export function weightAverageVariables(shape: TensorShape): readonly Variable[] {
  return [
    { name: averageName, role: 'optimizer', type: 'float', shape },
    { name: averagedStepsName, role: 'counter', type: 'float', shape: [] },
  ];
}

/**
 * The exponential moving average of the weights after a step (Polyak and Juditsky, 1992, https://doi.org/10.1137/0330046), as
 * Keras 3's `use_ema`: the first step's weights begin it; then average ← momentum · average + (1 − momentum) · weights.
 */
export function averageWeights(
  builder: BodyBuilder,
  parameters: Value,
  state: (name: string) => Value,
  momentum: number,
): ReadonlyMap<string, Value> {
  const one = scalar(builder, 1);
  const steps = state(averagedStepsName);
  const hasBegun = minimum(builder, steps, one);
  const share = multiply(builder, hasBegun, scalar(builder, momentum));
  const average = add(builder, multiply(builder, state(averageName), share), multiply(builder, parameters, subtract(builder, one, share)));
  // Only whether it has begun counts: a float32 that went on counting would stop at 16,777,216.
  return new Map([[averageName, average], [averagedStepsName, maximum(builder, steps, one)]]);
}
