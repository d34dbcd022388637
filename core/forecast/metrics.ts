import type { QuantileReport } from './quantiles.ts';

export interface Score {
  /** Mean squared error and mean absolute error, in the data's unit (squared for mse), over all scored values; NaN where there are none. */
  readonly mse: number;
  readonly mae: number;
  /** Steps are counted from 1. */
  readonly perHorizon: readonly { readonly step: number; readonly mse: number; readonly mae: number }[];
  readonly perColumn: readonly { readonly column: string; readonly mse: number; readonly mae: number }[];
  /** Values scored. */
  readonly count: number;
  /** Of a forecast of quantiles, whose mse and mae are those of the level nearest to the median. */
  readonly quantiles?: QuantileReport;
}

/**
 * Errors of forecasts against the truth, all three arrays [window, horizon × columns] with index = step × columns + column,
 * in the data's unit. Values of weight 0 are not scored; other weights weigh. Throws RangeError where the lengths disagree.
 */
export function score(
  predictions: ArrayLike<number>,
  truth: ArrayLike<number>,
  weights: ArrayLike<number>,
  horizon: number,
  columns: readonly string[],
): Score {
  const width = horizon * columns.length;
  if (predictions.length !== truth.length || weights.length !== truth.length || truth.length % width !== 0) {
    throw new RangeError(`${predictions.length} predictions, ${truth.length} true values, ${weights.length} weights, ${width} a window`);
  }
  const squares = new Float64Array(width);
  const absolutes = new Float64Array(width);
  const totals = new Float64Array(width);
  let count = 0;
  for (let position = 0; position < truth.length; position += 1) {
    const weight = weights[position]!;
    if (weight === 0) continue;
    const error = predictions[position]! - truth[position]!;
    const place = position % width;
    squares[place]! += weight * error * error;
    absolutes[place]! += weight * Math.abs(error);
    totals[place]! += weight;
    count += 1;
  }
  const over = (isMember: (place: number) => boolean): { readonly mse: number; readonly mae: number } => {
    let square = 0;
    let absolute = 0;
    let total = 0;
    for (let place = 0; place < width; place += 1) {
      if (!isMember(place)) continue;
      square += squares[place]!;
      absolute += absolutes[place]!;
      total += totals[place]!;
    }
    return { mse: square / total, mae: absolute / total };
  };
  const perHorizon = Array.from({ length: horizon }, (_, step) => ({ step: step + 1, ...over((place) => Math.floor(place / columns.length) === step) }));
  const perColumn = columns.map((column, position) => ({ column, ...over((place) => place % columns.length === position) }));
  return { ...over(() => true), perHorizon, perColumn, count };
}

/** The sum of weighted squared errors of each window, from arrays [window, width]: what skill and its spread are made of. */
export function windowErrors(predictions: ArrayLike<number>, truth: ArrayLike<number>, weights: ArrayLike<number>, width: number): Float64Array {
  const errors = new Float64Array(truth.length / width);
  for (let position = 0; position < truth.length; position += 1) {
    const weight = weights[position]!;
    if (weight === 0) continue;
    const error = predictions[position]! - truth[position]!;
    errors[Math.floor(position / width)]! += weight * error * error;
  }
  return errors;
}
