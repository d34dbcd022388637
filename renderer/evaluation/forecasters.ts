import type { BaselineName, EvaluatedPart, RunReport } from '../../electron/ipc/run-messages.ts';
import { printPercents } from '../charts/print-number.ts';

export type Forecaster = 'model' | BaselineName;

/** At the beginning of a line. */
export const partNames: Readonly<Record<EvaluatedPart, string>> = { validation: 'Validation', test: 'Test' };

/** What baselines are called wherever they are named. */
export const baselineLabels: Readonly<Record<BaselineName, string>> = {
  naive: 'naive',
  shares: 'class shares',
  mean: 'mean',
  interpolation: 'linear interpolation',
  lastValue: 'last value',
  meanSeries: 'mean series',
  seasonalNaive: 'seasonal naive',
  linear: 'linear model',
};

/** In the order in which they are named, the plainest of each target first. */
export const baselineNames: readonly BaselineName[] = ['naive', 'shares', 'mean', 'interpolation', 'lastValue', 'meanSeries', 'seasonalNaive', 'linear'];

/** The plainest baseline among those that a target was judged beside. */
export function plainestBaseline(known: Readonly<Partial<Record<BaselineName, unknown>>> | undefined): BaselineName | undefined {
  return baselineNames.find((name) => known?.[name] !== undefined);
}

/**
 * By how many per cent the model's error (of forecasts the squared one, of classes the Brier score) is smaller than the
 * baseline's, with its 95 % interval: '45 (31 to 52)'. null: not judged beside it. `what` there were too few of for an interval.
 */
export function skillInWords({ skill }: Pick<RunReport, 'skill'>, baseline: BaselineName, what: 'windows' | 'samples'): string | null {
  const found = skill?.[baseline];
  if (found === undefined) return null;
  const isKnown = found.interval.every(Number.isFinite);
  const [value = '', low = '', high = ''] = printPercents([found.skill, ...(isKnown ? found.interval : [])]);
  return isKnown ? `${value} (${low} to ${high})` : `${value} (too few ${what})`;
}
