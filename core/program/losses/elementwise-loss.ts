import type { BodyBuilder } from '../body-builder.ts';
import { abs, add, allAxes, divide, exp, log, maximum, minimum, multiply, negate, reduceMax, reduceSum, relu, reshape, scalar, split, square, stopGradient, subtract } from '../expressions.ts';
import { constantSize, knownSize } from '../../shapes/size.ts';
import type { Value } from '../value.ts';
import type { ErrorLoss, LossPlan } from './loss-plan.ts';

/** The loss of each element's error, prediction − target, in scaled units. */
function errorLoss(builder: BodyBuilder, error: Value, plan: Exclude<ErrorLoss, { readonly kind: 'quantiles' }>): Value {
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
    case 'quantile':
      return pinball(builder, error, plan.quantile);
  }
}

/** max(−τ·e, (1 − τ)·e): Koenker and Bassett, 1978, https://doi.org/10.2307/1913643. */
function pinball(builder: BodyBuilder, error: Value, level: number): Value {
  return maximum(builder, multiply(builder, scalar(builder, -level), error), multiply(builder, scalar(builder, 1 - level), error));
}

/** The mean of the levels' pinball losses in the targets' shape […, width], of predictions […, width × levels] with the levels of a value beside each other. */
function quantilesLoss(builder: BodyBuilder, predictions: Value, targets: Value, levels: readonly number[]): Value {
  const values = targets.shape.slice(1).reduce((product, size) => product * knownWidth(size), 1);
  const [batch] = targets.shape;
  const apart = reshape(builder, predictions, [batch!, constantSize(values), constantSize(levels.length)]);
  const flat = reshape(builder, targets, [batch!, constantSize(values), constantSize(1)]);
  const each = split(builder, apart, 2, levels.map(() => 1)).map((own, position) => pinball(builder, subtract(builder, own, flat), levels[position]!));
  const sum = each.reduce((total, own) => add(builder, total, own));
  return reshape(builder, multiply(builder, sum, scalar(builder, 1 / levels.length)), targets.shape);
}

function knownWidth(size: Value['shape'][number]): number {
  const width = knownSize(size);
  if (width === undefined) throw new RangeError('a target has a known width');
  return width;
}

/** log Σ exp z − Σ y·z over the classes, (batch, classes) → (batch, 1): the greatest logit is taken out, so that no exponential overflows. */
function categoricalCrossentropy(builder: BodyBuilder, logits: Value, targets: Value): Value {
  const greatest = stopGradient(builder, reduceMax(builder, logits, [1], true));
  const shifted = subtract(builder, logits, greatest);
  const logSum = log(builder, reduceSum(builder, exp(builder, shifted), [1], true));
  return subtract(builder, logSum, reduceSum(builder, multiply(builder, targets, shifted), [1], true));
}

/** max(z, 0) − z·y + log(1 + exp(−|z|)): no exponential of a large number. */
function binaryCrossentropy(builder: BodyBuilder, logits: Value, targets: Value): Value {
  const tail = log(builder, add(builder, scalar(builder, 1), exp(builder, negate(builder, abs(builder, logits)))));
  return add(builder, subtract(builder, relu(builder, logits), multiply(builder, logits, targets)), tail);
}

/** In the shape of the weights. */
function losses(builder: BodyBuilder, predictions: Value, targets: Value, plan: LossPlan): Value {
  switch (plan.kind) {
    case 'categorical-crossentropy':
      return categoricalCrossentropy(builder, predictions, targets);
    case 'binary-crossentropy':
      return binaryCrossentropy(builder, predictions, targets);
    case 'mse':
    case 'mae':
    case 'huber':
    case 'quantile':
      return errorLoss(builder, subtract(builder, predictions, targets), plan);
    case 'quantiles':
      return quantilesLoss(builder, predictions, targets, plan.levels);
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

/**
 * The loss of predictions against targets under weights. Errors of numbers are weighed one by one, all three of one shape (of several
 * quantiles predictions are so many times as wide); classes
 * sample by sample: logits and targets (batch, classes), weights (batch, 1).
 */
export function weightedLoss(builder: BodyBuilder, predictions: Value, targets: Value, weights: Value, plan: LossPlan): WeightedLoss {
  const weighted = multiply(builder, losses(builder, predictions, targets, plan), weights);
  const lossSum = reduceSum(builder, weighted, allAxes(weighted));
  const weightSum = reduceSum(builder, weights, allAxes(weights));
  // Weights are 0 or of the order of 1: anything smaller is an empty batch, whose loss is 0 rather than 0 / 0.
  const loss = divide(builder, lossSum, maximum(builder, weightSum, scalar(builder, 1e-7)));
  return { lossSum, weightSum, loss };
}
