import type { LossPlan } from '../program/losses/loss-plan.ts';
import { listOf } from '../diagnostics/phrases.ts';

/**
 * Forecasts of several quantiles of what may follow. Everything here is [window, width × levels], the levels of a value beside each
 * other, least first, width being horizon × columns; in the data's unit.
 */
export interface QuantileForecasts {
  readonly levels: readonly number[];
  readonly values: Float64Array;
}

/** How well quantiles are met by the true values that were observed. */
export interface QuantileReport {
  /** Mean pinball loss over values and levels. */
  readonly pinball: number;
  /** Of each step of the horizon, from 1. */
  readonly perHorizon: readonly { readonly step: number; readonly pinball: number }[];
  /** The share of true values at or below each level's forecast: the level itself where all is well. */
  readonly levels: readonly { readonly level: number; readonly below: number }[];
  /** Between pairs of levels as far from the one end as from the other, the widest first: the share of true values inside, and what it should be. */
  readonly bands: readonly { readonly low: number; readonly high: number; readonly expected: number; readonly inside: number }[];
}

/** The levels that a loss asks for; null where it asks for no quantile. */
export function levelsOf(loss: LossPlan): readonly number[] | null {
  return loss.kind === 'quantiles' ? loss.levels : loss.kind === 'quantile' ? [loss.quantile] : null;
}

/** Numbers that a network gives for one forecast value. */
export function valuesPerForecast(loss: LossPlan): number {
  return loss.kind === 'quantiles' ? loss.levels.length : 1;
}

/** The level that stands for the forecast where one number is wanted: the median, or what is nearest to it. */
function pointLevel(levels: readonly number[]): number {
  return levels.reduce((nearest, level, position) => (Math.abs(level - 0.5) < Math.abs(levels[nearest]! - 0.5) ? position : nearest), 0);
}

/** The one number of each forecast value, [window, width]. */
export function pointForecasts({ levels, values }: QuantileForecasts): Float64Array {
  const chosen = pointLevel(levels);
  return Float64Array.from({ length: values.length / levels.length }, (_, place) => values[place * levels.length + chosen]!);
}

/**
 * Puts the levels of each value in order, in place, so that no quantile crosses another. Sorted quantiles are never farther from the
 * true ones than unsorted ones, and the network is trained without a constraint that would bind its levels to each other
 * (V. Chernozhukov, I. Fernández-Val, A. Galichon, 2010, Quantile and probability curves without crossing, https://doi.org/10.3982/ECTA7880).
 */
export function sortLevels(values: Float64Array, levels: number): Float64Array {
  for (let start = 0; levels > 1 && start < values.length; start += levels) values.subarray(start, start + levels).sort();
  return values;
}

/** The pinball loss of a forecast of one level (R. Koenker, G. Bassett, 1978, https://doi.org/10.2307/1913643). */
function pinball(level: number, error: number): number {
  return Math.max(-level * error, (1 - level) * error);
}

/**
 * Quantile forecasts of a baseline that tells one number: that number plus the quantile of its own errors over the training windows,
 * step by step and column by column. Arrays [window, width]; values of weight 0, and missing forecasts, are not looked at.
 */
export function withErrorQuantiles(
  values: Float64Array,
  training: { readonly values: Float64Array; readonly truth: Float64Array; readonly weights: Float64Array },
  width: number,
  levels: readonly number[],
): QuantileForecasts {
  const offsets = Array.from({ length: width }, (_, place) => {
    const errors: number[] = [];
    for (let position = place; position < training.truth.length; position += width) {
      const error = training.truth[position]! - training.values[position]!;
      if (training.weights[position] !== 0 && Number.isFinite(error)) errors.push(error);
    }
    const sorted = Float64Array.from(errors).sort();
    return levels.map((level) => (sorted.length === 0 ? 0 : interpolated(sorted, level)));
  });
  return { levels, values: Float64Array.from({ length: values.length * levels.length }, (_, position) => {
    const place = Math.floor(position / levels.length);
    return values[place]! + offsets[place % width]![position % levels.length]!;
  }) };
}

/** Between neighbouring numbers (Hyndman and Fan, 1996, definition 7). */
function interpolated(sorted: Float64Array, share: number): number {
  const place = share * (sorted.length - 1);
  const below = Math.floor(place);
  return sorted[below]! + (place - below) * ((sorted[below + 1] ?? sorted[below]!) - sorted[below]!);
}

/** The weighted pinball losses of each window, the mean over its levels: what skill and its spread are made of. */
export function pinballErrors({ levels, values }: QuantileForecasts, truth: Float64Array, weights: Float64Array, width: number): Float64Array {
  const errors = new Float64Array(truth.length / width);
  forEachLoss({ levels, values }, truth, weights, (position, loss) => { errors[Math.floor(position / width)]! += loss; });
  return errors;
}

function forEachLoss({ levels, values }: QuantileForecasts, truth: Float64Array, weights: Float64Array, take: (position: number, loss: number) => void): void {
  for (let position = 0; position < truth.length; position += 1) {
    if (weights[position] === 0) continue;
    let sum = 0;
    levels.forEach((level, own) => { sum += pinball(level, values[position * levels.length + own]! - truth[position]!); });
    take(position, (weights[position]! * sum) / levels.length);
  }
}

/** `steps`: of the horizon, over which the width divides. */
export function reportQuantiles(forecasts: QuantileForecasts, truth: Float64Array, weights: Float64Array, width: number, steps: number): QuantileReport {
  const { levels, values } = forecasts;
  const sums = new Float64Array(steps);
  const totals = new Float64Array(steps);
  const stepOf = (position: number): number => Math.floor((position % width) / (width / steps));
  forEachLoss(forecasts, truth, weights, (position, loss) => {
    sums[stepOf(position)]! += loss;
    totals[stepOf(position)]! += weights[position]!;
  });
  const observed = Array.from(truth.keys()).filter((position) => weights[position] !== 0);
  const share = (holds: (position: number) => boolean): number => observed.filter(holds).length / observed.length;
  const at = (position: number, level: number): number => values[position * levels.length + level]!;
  const pairs = levels.slice(0, Math.floor(levels.length / 2)).map((low, position) => ({ low, high: levels[levels.length - 1 - position]!, position }));
  return {
    pinball: sums.reduce((sum, own) => sum + own, 0) / totals.reduce((sum, own) => sum + own, 0),
    perHorizon: Array.from(sums, (sum, step) => ({ step: step + 1, pinball: sum / totals[step]! })),
    levels: levels.map((level, own) => ({ level, below: share((position) => truth[position]! <= at(position, own)) })),
    bands: pairs.filter(({ low, high }) => Math.abs(low + high - 1) < 1e-9).map(({ low, high, position: own }) => ({
      low, high, expected: high - low,
      inside: share((position) => truth[position]! >= at(position, own) && truth[position]! <= at(position, levels.length - 1 - own)),
    })),
  };
}

/** So far from what it should be a share may lie and still be called right. */
const closeEnough = 0.05;

/** "The band from 0.1 to 0.9 holds 71 % of the true values, 80 % should be: too few." A sentence for each band, or for each level. */
export function quantilesInWords({ levels, bands }: QuantileReport): string {
  const percent = (value: number): string => `${Math.round(100 * value)} %`;
  if (levels.some(({ below }) => !Number.isFinite(below))) return 'No true value is known to compare the quantiles with.';
  const judged = (found: number, expected: number, few: string, many: string): string =>
    Math.abs(found - expected) <= closeEnough ? 'about as many as they should' : found < expected ? few : many;
  if (bands.length > 0) {
    return bands.map(({ low, high, expected, inside }) =>
      `The band from ${low} to ${high} holds ${percent(inside)} of the true values, ${percent(expected)} should be: ${judged(inside, expected, 'too few', 'more than they should')}.`).join(' ');
  }
  const [only] = levels;
  if (levels.length === 1 && only !== undefined) return `${percent(only.below)} of the true values lie at or below the forecast, ${percent(only.level)} should.`;
  return `At or below the levels ${listOf(levels.map(({ level }) => String(level)))} lie ${listOf(levels.map(({ below }) => percent(below)))} of the true values.`;
}

/** 'by the pinball loss of the levels 0.1, 0.5 and 0.9': what a verdict of quantiles goes by. */
export function measureInWords(levels: readonly number[]): string {
  return `by the pinball loss of the level${levels.length === 1 ? '' : 's'} ${listOf(levels.map(String))}`;
}
