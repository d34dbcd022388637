import type { BatchSource } from './batch-source.ts';
import { demandLength } from './demand-length.ts';
import { valueIndex, type SeriesTable } from './series-table.ts';
import { rowsOfPart } from './split.ts';
import type { Samples, WindowSettings } from './windows.ts';

/**
 * Fills `targets` and `weights`: [batch, horizon × columns], or [batch, window time, horizon × columns] where the plan has sequence
 * targets; index = step × columns + column. A weight is 1 where the value was observed, lies in the rows of the samples' part, and
 * (at an early step of a sequence) no input of that step was computed from a later row; otherwise 0, with 0 as target where missing.
 * Horizon weights multiply it.
 * The samples must belong to a part. Throws RangeError where an array is too short.
 */
export function writeTargets(source: BatchSource, samples: Samples, picks: ArrayLike<number>, targets: Float32Array, weights: Float32Array): void {
  const { window, horizon, targetColumns, sequenceTargets } = source.settings;
  if (samples.part === null) throw new RangeError('samples of no part have no targets');
  const width = targetColumns.length;
  const length = horizon * width;
  const times = sequenceTargets ? window : 1;
  demandLength(targets, picks.length * times * length, 'targets');
  demandLength(weights, picks.length * times * length, 'weights');
  const [partStart] = rowsOfPart(source.borders, samples.part, source.table);
  const { isComplete, looksAhead, followers, targets: allTargets, weights: allWeights, table: { steps } } = source;
  if (isComplete) weights.fill(1, 0, picks.length * times * length);
  for (let sample = 0, to = 0; sample < picks.length; sample += 1) {
    const pick = picks[sample]!;
    const firstRowOfSeries = samples.series[pick]! * steps;
    const origin = samples.origin[pick]!;
    const firstRow = origin + 1 - times;
    if (followers !== null) targets.set(followers.subarray((firstRowOfSeries + firstRow) * length, (firstRowOfSeries + origin + 1) * length), to);
    if (isComplete && firstRow + 1 >= partStart) {
      const first = (firstRowOfSeries + firstRow + 1) * width;
      for (let run = 0; followers === null && run < times; run += 1) {
        for (let position = 0; position < length; position += 1) targets[to + run * length + position] = allTargets[first + run * width + position]!;
      }
      to += times * length;
      continue;
    }
    for (let row = firstRow; row <= origin; row += 1) {
      const start = (firstRowOfSeries + row + 1) * width;
      const inEarlierPart = Math.min(length, Math.max(0, (partStart - row - 1) * width));
      const unscored = looksAhead[firstRowOfSeries + row] === 1 ? length : inEarlierPart;
      for (let position = 0; position < length; position += 1) {
        if (followers === null) targets[to + position] = allTargets[start + position]!;
        weights[to + position] = position < unscored ? 0 : allWeights[start + position]!;
      }
      to += length;
    }
  }
  if (source.settings.horizonWeights !== null) weighHorizon(source.settings, source.settings.horizonWeights, weights, picks.length * times * length);
}

/** Multiplies the first `count` weights, index = step × columns + column, by the weight of their step. */
function weighHorizon({ horizon, targetColumns }: WindowSettings, horizonWeights: readonly number[], weights: Float32Array, count: number): void {
  const width = targetColumns.length;
  const length = horizon * width;
  for (let position = 0; position < count; position += 1) weights[position]! *= horizonWeights[Math.floor((position % length) / width)]!;
}

/**
 * What the forecasts of samples are judged by: the values after each origin in the data's unit, [sample, horizon × columns]
 * (index = step × columns + column), and their weights (1 = observed). Missing values are NaN with weight 0.
 */
export function readTruth(table: SeriesTable, settings: WindowSettings, samples: Samples): { readonly truth: Float64Array; readonly weights: Float64Array } {
  const { horizon, targetColumns } = settings;
  const truth = new Float64Array(samples.count * horizon * targetColumns.length).fill(NaN);
  const weights = new Float64Array(truth.length);
  let to = 0;
  for (let sample = 0; sample < samples.count; sample += 1) {
    for (let step = 1; step <= horizon; step += 1) {
      const row = samples.origin[sample]! + step;
      for (const column of targetColumns) {
        if (row < table.steps) {
          const from = valueIndex(table, samples.series[sample]!, row, column);
          truth[to] = table.values[from]!;
          weights[to] = table.observed[from]!;
        }
        to += 1;
      }
    }
  }
  return { truth, weights };
}
