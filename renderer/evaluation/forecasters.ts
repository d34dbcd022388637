import type { BaselineName } from '../../electron/ipc/run-messages.ts';

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
