import type { Score } from './metrics.ts';
import type { Skill } from './skill.ts';

/** Naive, seasonal naive and linear forecasts; shares of classes and means of labels in the training part; gaps filled by a line or the last value; the mean window of the training part. */
export type Baseline = 'naive' | 'linear' | 'seasonalNaive' | 'shares' | 'mean' | 'interpolation' | 'lastValue' | 'meanSeries';

/** How a model stands beside one baseline on the same windows. */
export interface Verdict {
  readonly kind: 'beats' | 'loses' | 'no-clear-difference';
  readonly against: Baseline;
  readonly skill: number;
  readonly interval: readonly [low: number, high: number];
}

/** A difference counts where the 95 % interval of the skill leaves 0 out. */
export function judge(against: Baseline, { skill, interval }: Skill): Verdict {
  const kind = interval[0] > 0 ? 'beats' : interval[1] < 0 ? 'loses' : 'no-clear-difference';
  return { kind, against, skill, interval };
}

/** The step of the horizon with the greatest squared error; null where the horizon is one step, and where no step has an error. */
export function worstStep({ perHorizon }: Pick<Score, 'perHorizon'>): number | null {
  if (perHorizon.length < 2) return null;
  const worst = perHorizon.reduce((found, step) => (step.mse > found.mse ? step : found));
  return worst.mse > 0 ? worst.step : null;
}

/**
 * Verdicts in words, the first with its interval, in the order given (naive first):
 * 'beats naive by 92 % (90 to 94 %), the linear model by 45 %; worst at step 10'. Percentages are of the baseline's squared error.
 */
export function verdictInWords(verdicts: readonly Verdict[], worst: number | null): string {
  const groups: string[] = [];
  let previous: Verdict['kind'] | null = null;
  verdicts.forEach((verdict, position) => {
    const object = `${baselineNames[verdict.against]}${extent(verdict, position === 0)}`;
    if (verdict.kind === previous) groups.push(`${groups.pop()}, ${object}`);
    else groups.push(`${verbs[verdict.kind]} ${object}`);
    previous = verdict.kind;
  });
  if (worst !== null) groups.push(`worst at step ${worst}`);
  return groups.join('; ');
}

const baselineNames: Readonly<Record<Baseline, string>> = {
  naive: 'naive',
  linear: 'the linear model',
  seasonalNaive: 'seasonal naive',
  shares: 'the shares of the classes',
  mean: 'the mean',
  interpolation: 'linear interpolation',
  lastValue: 'the last value',
  meanSeries: 'the mean series',
};

/** 'is right in 91 of 100 cases (the most frequent class in 52)': what the shares of the classes come to when one must be named. */
export function classVerdict(accuracy: number, mostFrequent: number): string {
  const [own, other] = percentages([accuracy, mostFrequent]);
  return `is right in ${own} % of cases (the most frequent class in ${other} %)`;
}

const verbs: Readonly<Record<Verdict['kind'], string>> = { beats: 'beats', loses: 'loses to', 'no-clear-difference': 'shows no clear difference from' };

function extent({ kind, skill, interval }: Verdict, withInterval: boolean): string {
  const sign = kind === 'loses' ? -1 : 1;
  const shown = [sign * skill, ...(withInterval && interval.every(Number.isFinite) ? [sign * interval[0], sign * interval[1]] : [])];
  const [share, ...bounds] = percentages(shown);
  const [low, high] = kind === 'loses' ? bounds.reverse() : bounds;
  const range = low === undefined ? null : `${low} to ${high} %`;
  if (kind === 'no-clear-difference') return range === null ? '' : ` (${range})`;
  if (!Number.isFinite(skill)) return ', which makes no error';
  return ` by ${share} %${range === null ? '' : ` (${range})`}`;
}

/** Whole per cents; tenths where whole ones could not be told from each other, from 0 or from 100. */
function percentages(shares: readonly number[]): string[] {
  const values = shares.map((share) => 100 * share);
  const close = Math.max(...values) - Math.min(...values) < 2 && values.length > 1;
  const atEdge = values.some((value) => Math.abs(value) < 1 || (value > 99 && value < 100));
  return values.map((value) => (close || atEdge ? value.toFixed(1) : value.toFixed(0)).replace(/^-(0\.0|0)$/, '$1').replace('-', '−'));
}
