import { hashName, philox } from '../program/random.ts';
import { valueIndex, type SeriesTable } from './series-table.ts';
import type { HidingSettings, Samples, WindowSettings } from './windows.ts';

/** Which draw of hidden values a window gets: another in every epoch of a training, always the same where it is judged. */
export interface HidingRound {
  readonly seed: number;
  readonly round: number;
  /** The first and the last known value of each column stay visible, so that everybody has a neighbour on either side. */
  readonly keepsEnds: boolean;
}

/** The round by which models and baselines are judged: that of every run, so that runs can be compared. */
export const judgedRound: HidingRound = { seed: 0, round: 0, keepsEnds: true };

/** Values hidden in samples: [sample, window, column of the table], 1 = hidden. */
export type HiddenValues = Uint8Array;

/**
 * Hides stretches of the known values of the samples at the positions `picks`, each column by itself: hidden stretches last
 * `run` time steps on average, visible ones as long as lets `share` be hidden, both geometrically distributed. Missing values
 * cannot be hidden. Where chance hides nothing, one value is. What is hidden in a window depends on the round and on the place of the
 * window in the data alone, not on the batch that it stands in.
 * Source: G. Zerveas and others (2021), A transformer-based framework for multivariate time series representation learning,
 * https://doi.org/10.1145/3447548.3467401
 */
export function hideValues(
  table: SeriesTable,
  { window, hide }: Pick<WindowSettings, 'window' | 'hide'>,
  samples: Samples,
  picks: ArrayLike<number>,
  round: HidingRound,
): HiddenValues {
  const width = table.columns.length;
  const hidden = new Uint8Array(picks.length * window * width);
  if (hide === null) return hidden;
  const key = philox(round.round, hashName('hidden values'), round.seed)[0];
  for (let sample = 0; sample < picks.length; sample += 1) {
    const pick = picks[sample]!;
    const series = samples.series[pick]!;
    const firstRow = samples.origin[pick]! + 1 - window;
    for (const column of hide.columns) {
      const known = knownSteps(table, series, firstRow, window, column);
      const open = round.keepsEnds ? known.slice(1, -1) : known;
      if (open.length === 0) continue;
      const uniform = uniformsOf((series * table.steps + firstRow) * width + column, key);
      const stretches = drawStretches(window, hide, uniform);
      const chosen = open.filter((step) => stretches[step] === 1);
      const steps = chosen.length > 0 ? chosen : [open[Math.floor(uniform() * open.length)]!];
      for (const step of steps) hidden[(sample * window + step) * width + column] = 1;
    }
  }
  return hidden;
}

/** Steps of the window at which the column has a value of the data's own. */
function knownSteps(table: SeriesTable, series: number, firstRow: number, window: number, column: number): readonly number[] {
  const steps: number[] = [];
  for (let step = 0; step < window; step += 1) if (table.observed[valueIndex(table, series, firstRow + step, column)] === 1) steps.push(step);
  return steps;
}

/** 1 where a stretch hides: starts hidden as often as the share says. */
function drawStretches(window: number, { share, run }: HidingSettings, uniform: () => number): Uint8Array {
  const stretches = new Uint8Array(window);
  const leaves = 1 / run;
  const enters = Math.min(1, (leaves * share) / (1 - share));
  let isHidden = uniform() < share;
  for (let step = 0; step < window; isHidden = !isHidden) {
    const length = geometric(isHidden ? leaves : enters, uniform());
    if (isHidden) stretches.fill(1, step, step + length);
    step += length;
  }
  return stretches;
}

/** Trials until the first success, from 1. */
function geometric(probability: number, uniform: number): number {
  return probability >= 1 ? 1 : 1 + Math.floor(Math.log(1 - uniform) / Math.log(1 - probability));
}

/** Numbers in [0, 1) that belong to one place. */
function uniformsOf(place: number, key: number): () => number {
  let count = 0;
  return () => {
    count += 1;
    return philox(place, count, key)[0] / 0x100000000;
  };
}
