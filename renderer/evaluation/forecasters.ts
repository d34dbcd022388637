import type { BaselineName } from '../../electron/ipc/run-messages.ts';

/** What baselines are called wherever they are named. */
export const baselineLabels: Readonly<Record<BaselineName, string>> = { naive: 'naive', seasonalNaive: 'seasonal naive', linear: 'linear model' };

/** In the order in which they are named. */
export const baselineNames: readonly BaselineName[] = ['naive', 'seasonalNaive', 'linear'];
