import type { Samples } from './windows.ts';

/** How much smaller a model's squared error is than a baseline's: 1 − error / baseline error, with its spread over windows. */
export interface Skill {
  readonly skill: number;
  /** Infinite where there are too few windows to tell. */
  readonly standardError: number;
  /** 95 % confidence interval. */
  readonly interval: readonly [low: number, high: number];
}

/**
 * The skill of a model over a baseline on the same windows, from the errors of each window (`windowErrors`).
 *
 * Neighbouring windows of one series share targets, so their errors are correlated: the variance of the mean loss difference is
 * estimated with Bartlett weights over origins less than a bandwidth apart, as in the test of Diebold and Mariano. The bandwidth is
 * twice the horizon where windows overlap (Bartlett weights at one horizon would lose a third of the variance), and at least the
 * rule of thumb 4·(n/100)^(2/9) windows. Windows of different series count as independent. The quantile is Student's t with
 * one and a half degrees of freedom a stretch of one bandwidth (less one): simulated forecasts of equal worth are then told apart
 * wrongly about 5 times in 100, also where windows are few.
 * Sources: F. X. Diebold and R. S. Mariano (1995), Comparing Predictive Accuracy, https://doi.org/10.1080/07350015.1995.10524599;
 * W. K. Newey and K. D. West (1987), https://doi.org/10.2307/1913610; D. Harvey, S. Leybourne and P. Newbold (1997) for Student's t,
 * https://doi.org/10.1016/S0169-2070(96)00719-4
 */
export function skillScore(
  modelErrors: Float64Array,
  baselineErrors: Float64Array,
  samples: Pick<Samples, 'count' | 'series' | 'origin'>,
  horizon: number,
  stride: number,
): Skill {
  const { count } = samples;
  if (modelErrors.length !== count || baselineErrors.length !== count) {
    throw new RangeError(`${modelErrors.length} and ${baselineErrors.length} errors for ${count} windows`);
  }
  const model = mean(modelErrors);
  const baseline = mean(baselineErrors);
  if (baseline === 0) {
    const skill = model === 0 ? 0 : -Infinity;
    return { skill, standardError: 0, interval: [skill, skill] };
  }
  const ratio = model / baseline;
  // The influence of a window on the skill: a ratio of means, to first order (the delta method).
  const influence = modelErrors.map((error, window) => (ratio * baselineErrors[window]! - error) / baseline);
  const { variance, stretches } = longRunVariance(influence, samples, horizon, stride);
  const skill = 1 - ratio;
  if (stretches < 2) return { skill, standardError: Infinity, interval: [-Infinity, 1] };
  const standardError = Math.sqrt((variance * stretches) / (stretches - 1)) / count;
  const reach = standardError * studentQuantile(Math.min(count, Math.round(1.5 * stretches)) - 1);
  return { skill, standardError, interval: [skill - reach, skill + reach] };
}

/** The variance of the sum, and how many stretches of one bandwidth the windows cover. Windows stand series by series, oldest first. */
function longRunVariance(
  influence: Float64Array,
  { count, series, origin }: Pick<Samples, 'count' | 'series' | 'origin'>,
  horizon: number,
  stride: number,
): { readonly variance: number; readonly stretches: number } {
  let variance = 0;
  let stretches = 0;
  for (let first = 0, end = 0; first < count; first = end) {
    while (end < count && series[end] === series[first]) end += 1;
    const lags = Math.floor(4 * ((end - first) / 100) ** (2 / 9));
    const bandwidth = Math.max(stride < horizon ? 2 * horizon : stride, (lags + 1) * stride);
    stretches += 1 + Math.floor((origin[end - 1]! - origin[first]!) / bandwidth);
    for (let window = first; window < end; window += 1) {
      variance += influence[window]! ** 2;
      for (let earlier = window - 1; earlier >= first; earlier -= 1) {
        const distance = origin[window]! - origin[earlier]!;
        if (distance >= bandwidth) break;
        variance += 2 * (1 - distance / bandwidth) * influence[window]! * influence[earlier]!;
      }
    }
  }
  return { variance: Math.max(0, variance), stretches };
}

function mean(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/**
 * The 97.5 % quantile of Student's t: exact for few degrees of freedom, else the Cornish-Fisher expansion about the normal quantile.
 * Source: M. Abramowitz and I. A. Stegun (1964), Handbook of Mathematical Functions, 26.7.5
 */
function studentQuantile(degrees: number): number {
  const exact = [12.706, 4.303, 3.182, 2.776][degrees - 1];
  if (exact !== undefined) return exact;
  const z = 1.959964;
  const first = (z ** 3 + z) / 4;
  const second = (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96;
  const third = (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / 384;
  return z + first / degrees + second / degrees ** 2 + third / degrees ** 3;
}
