/*
 * The learning-rate range test (Smith, 2017, https://doi.org/10.1109/WACV.2017.58): the rate rises exponentially from step to
 * step, and the course of the loss shows from where on the model learns and from where on it comes apart.
 */

/** The search goes over these rates, in so many steps. */
export const searchedRates = { lowest: 1e-6, highest: 10, steps: 300 } as const;

/** The loss of one batch, at the rate of its step, before the step. In scaled units. */
export interface TriedRate {
  readonly rate: number;
  readonly loss: number;
}

export interface RateFinding {
  /** Smoothed, one for each rate that was tried. */
  readonly smoothed: readonly number[];
  /** The rate to train with: of the two below the lower one; null where the loss never fell. */
  readonly suggested: number | null;
  /** Where the logarithm of the smoothed loss falls most steeply over that of the rate. */
  readonly steepest: number | null;
  /** Where the loss has clearly begun to grow again; null where it never did. */
  readonly divergence: number | null;
}

/** The rate of a step of the search, from 0. */
export function searchedRate(step: number): number {
  const { lowest, highest, steps } = searchedRates;
  return lowest * (highest / lowest) ** (step / (steps - 1));
}

/** So many times the lowest loss: there is nothing more to see. */
const comesApart = 4;
/** The last losses that must on average be so much. */
const lastLosses = 5;

/** Whether the search can end early: the loss is not finite, or far above the lowest so far. */
export function isOver(tried: readonly TriedRate[]): boolean {
  const losses = tried.map(({ loss }) => loss);
  if (losses.some((loss) => !Number.isFinite(loss))) return true;
  if (losses.length < 3 * lastLosses) return false;
  const lowest = Math.min(...meansOf(losses.slice(0, -lastLosses), lastLosses));
  return mean(losses.slice(-lastLosses)) > comesApart * lowest + 1e-12;
}

/** The loss is said to have grown where it is so many times its lowest value. */
const clearGrowth = 1.5;
/** A loss of 0 has no logarithm. */
const tiniest = 1e-30;
/** A fall smaller than this share of the loss is noise. */
const clearFall = 0.05;

/** What the losses of a search say. Losses that are not finite end it. */
export function judgeRates(tried: readonly TriedRate[]): RateFinding {
  const end = tried.findIndex(({ loss }) => !Number.isFinite(loss));
  const known = end < 0 ? tried : tried.slice(0, end);
  const smoothed = smooth(known.map(({ loss }) => loss));
  const nothing = { smoothed, suggested: null, steepest: null, divergence: null };
  const lowestAt = smoothed.indexOf(Math.min(...smoothed));
  const [start] = smoothed;
  const lowest = smoothed[lowestAt];
  if (start === undefined || lowest === undefined || start - lowest < clearFall * Math.abs(start)) return nothing;

  // Of the logarithm of the loss: the last tenth of the way down counts as much as the first.
  const slopes = smoothed.map((loss, step) => (step === 0 || step > lowestAt ? 0 : Math.log(Math.max(loss, tiniest) / Math.max(smoothed[step - 1]!, tiniest))));
  const steepest = known[slopes.indexOf(Math.min(...slopes))]!.rate;
  const grown = smoothed.findIndex((loss, step) => step > lowestAt && loss > clearGrowth * lowest);
  const apart = grown < 0 ? (end < 0 ? null : tried[end]!.rate) : known[grown]!.rate;
  const suggested = apart === null ? steepest : Math.min(steepest, apart / 10);
  return { smoothed, suggested: Number(suggested.toPrecision(2)), steepest, divergence: apart };
}

/** Steps on either side that a smoothed loss is mostly of: a fifth of a power of ten. */
const breadth = 8;

/** Weighted means around each value (a Gaussian window), which unlike a running mean do not lag behind. */
function smooth(values: readonly number[]): readonly number[] {
  const weights = Array.from({ length: 6 * breadth + 1 }, (_, place) => Math.exp(-0.5 * ((place - 3 * breadth) / breadth) ** 2));
  return values.map((_, center) => {
    let sum = 0;
    let total = 0;
    weights.forEach((weight, place) => {
      const value = values[center + place - 3 * breadth];
      if (value === undefined) return;
      sum += weight * value;
      total += weight;
    });
    return sum / total;
  });
}

function meansOf(values: readonly number[], length: number): readonly number[] {
  return values.slice(0, values.length - length + 1).map((_, start) => mean(values.slice(start, start + length)));
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
