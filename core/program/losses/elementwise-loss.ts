import type { LossKind, TargetPlan } from '../../compile/model.ts';
import type { BodyBuilder } from '../body-builder.ts';
import { abs, allAxes, divide, maximum, minimum, multiply, reduceSum, scalar, square, subtract } from '../expressions.ts';
import type { Value } from '../value.ts';

type ElementwiseLoss = (builder: BodyBuilder, error: Value, target: TargetPlan) => Value;

/** The loss of each element's error, prediction − target, in scaled units. */
const elementwiseLosses: { readonly [Kind in LossKind]: ElementwiseLoss } = {
  mse: (builder, error) => square(builder, error),
  mae: (builder, error) => abs(builder, error),
  /** Huber, 1964, https://doi.org/10.1214/aoms/1177703732: with c = min(|e|, δ), c·(|e| − c / 2). */
  huber: (builder, error, { huberDelta }) => {
    const size = abs(builder, error);
    const capped = minimum(builder, size, scalar(builder, huberDelta));
    return multiply(builder, capped, subtract(builder, size, multiply(builder, scalar(builder, 0.5), capped)));
  },
};

export interface WeightedLoss {
  /** Σ w·l over every element. */
  readonly lossSum: Value;
  /** Σ w. */
  readonly weightSum: Value;
  /** Σ w·l / Σ w; 0 where no element counts. */
  readonly loss: Value;
}

/** The loss of predictions against targets under a weight for each element; all three have one shape. */
export function weightedLoss(builder: BodyBuilder, predictions: Value, targets: Value, weights: Value, target: TargetPlan): WeightedLoss {
  const error = subtract(builder, predictions, targets);
  const weighted = multiply(builder, elementwiseLosses[target.loss](builder, error, target), weights);
  const lossSum = reduceSum(builder, weighted, allAxes(weighted));
  const weightSum = reduceSum(builder, weights, allAxes(weights));
  // Weights are 0 or of the order of 1: anything smaller is an empty batch, whose loss is 0 rather than 0 / 0.
  const loss = divide(builder, lossSum, maximum(builder, weightSum, scalar(builder, 1e-7)));
  return { lossSum, weightSum, loss };
}
