import type { BodyBuilder } from '../body-builder.ts';
import { abs, allAxes, divide, maximum, minimum, multiply, reduceSum, scalar, square, subtract } from '../expressions.ts';
import type { Value } from '../value.ts';
import type { LossPlan } from './loss-plan.ts';

/** The loss of each element's error, prediction − target, in scaled units. */
function elementwiseLoss(builder: BodyBuilder, error: Value, plan: LossPlan): Value {
  switch (plan.kind) {
    case 'mse':
      return square(builder, error);
    case 'mae':
      return abs(builder, error);
    case 'huber': {
      // Huber, 1964, https://doi.org/10.1214/aoms/1177703732: with c = min(|e|, δ), c·(|e| − c / 2).
      const size = abs(builder, error);
      const capped = minimum(builder, size, scalar(builder, plan.delta));
      return multiply(builder, capped, subtract(builder, size, multiply(builder, scalar(builder, 0.5), capped)));
    }
    case 'quantile': {
      // Koenker and Bassett, 1978, https://doi.org/10.2307/1913643: max(−τ·e, (1 − τ)·e).
      const below = multiply(builder, scalar(builder, -plan.quantile), error);
      return maximum(builder, below, multiply(builder, scalar(builder, 1 - plan.quantile), error));
    }
  }
}

export interface WeightedLoss {
  /** Σ w·l over every element. */
  readonly lossSum: Value;
  /** Σ w. */
  readonly weightSum: Value;
  /** Σ w·l / Σ w; 0 where no element counts. */
  readonly loss: Value;
}

/** The loss of predictions against targets under a weight for each element; all three have one shape. */
export function weightedLoss(builder: BodyBuilder, predictions: Value, targets: Value, weights: Value, plan: LossPlan): WeightedLoss {
  const error = subtract(builder, predictions, targets);
  const weighted = multiply(builder, elementwiseLoss(builder, error, plan), weights);
  const lossSum = reduceSum(builder, weighted, allAxes(weighted));
  const weightSum = reduceSum(builder, weights, allAxes(weights));
  // Weights are 0 or of the order of 1: anything smaller is an empty batch, whose loss is 0 rather than 0 / 0.
  const loss = divide(builder, lossSum, maximum(builder, weightSum, scalar(builder, 1e-7)));
  return { lossSum, weightSum, loss };
}
