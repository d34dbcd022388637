import type { HiddenValues } from './hidden-values.ts';
import { scale, type ColumnScale, type Scaler } from './scaler.ts';
import { labelIndex, labelOf } from './series-labels.ts';
import { valueIndex, type SeriesTable } from './series-table.ts';
import { rowsOfPart, type SplitBorders } from './split.ts';
import { inputWidth, type Samples, type WindowPlan, type WindowSettings } from './windows.ts';

/** A table made ready for batches: scaled once, laid out so that a window and a horizon are contiguous. */
export interface BatchSource {
  readonly settings: WindowSettings;
  readonly borders: SplitBorders;
  readonly table: SeriesTable;
  /** [series, step, feature], scaled; 0 where missing. With a mask its features follow the columns: 1 where the value stood in the data. Categories are last, by the number of their class. */
  readonly inputs: Float32Array;
  /** [series, step, target column], scaled; 0 where missing. */
  readonly targets: Float32Array;
  /** [series, step, target column]; 1 where the value was observed. */
  readonly weights: Float32Array;
  /** [series, step]; 1 where an input at this step was computed from a later row. */
  readonly looksAhead: Uint8Array;
  /** Nothing is missing, and nothing looks ahead: within a part every weight is 1. */
  readonly isComplete: boolean;
  /**
   * [series, step, horizon × columns]: what follows each step, so that the targets of a window are one run of numbers; copied
   * one by one they take longer than any other part of a batch. Null without sequence targets, and where it would be large.
   */
  readonly followers: Float32Array | null;
}

/** Longer runs of numbers are copied as one: for shorter ones, making ready for it takes longer than copying. */
const longRun = 200;

/** 64 MB. */
const mostFollowers = 16_000_000;

/** Scales the input and target columns of a table with a scaler that was fitted on this table (one row a column), and labels that are features by their own. */
export function prepareBatches(
  table: SeriesTable,
  plan: Pick<WindowPlan, 'settings' | 'borders'>,
  scaler: Scaler,
  labelScales: ReadonlyMap<string, ColumnScale> = new Map(),
): BatchSource {
  const { inputColumns, targetColumns } = plan.settings;
  const rows = table.seriesCount * table.steps;
  const inputs = isPlain(plan.settings) ? scaledColumns(table, inputColumns, scaler) : widenedColumns(table, plan.settings, scaler, labelScales);
  const targets = scaledColumns(table, targetColumns, scaler);
  const weights = new Float32Array(rows * targetColumns.length);
  const looksAhead = new Uint8Array(rows);
  for (let row = 0; row < rows; row += 1) {
    const start = row * table.columns.length;
    targetColumns.forEach((column, position) => {
      weights[row * targetColumns.length + position] = table.observed[start + column]!;
    });
    if (inputColumns.some((column) => table.interpolated?.[start + column] === 1)) looksAhead[row] = 1;
  }
  const isComplete = weights.every((weight) => weight === 1) && !looksAhead.includes(1);
  return { settings: plan.settings, borders: plan.borders, table, inputs, targets, weights, looksAhead, isComplete, followers: followersOf(plan.settings, targets, rows) };
}

function followersOf({ horizon, targetColumns, sequenceTargets }: WindowSettings, targets: Float32Array, rows: number): Float32Array | null {
  const width = targetColumns.length;
  const length = horizon * width;
  if (!sequenceTargets || rows * length > mostFollowers) return null;
  const followers = new Float32Array(rows * length);
  for (let row = 0; row < rows; row += 1) followers.set(targets.subarray((row + 1) * width, (row + 1) * width + length), row * length);
  return followers;
}

/**
 * Fills `inputs` [batch, window time, feature] with the samples at the positions `picks`; a longer array keeps its tail. What is
 * hidden (of these picks) is 0, and so is its mask. Throws RangeError where the array is too short.
 */
export function writeInputs(source: BatchSource, samples: Samples, picks: ArrayLike<number>, inputs: Float32Array, hidden: HiddenValues | null = null): void {
  const { window } = source.settings;
  const width = inputWidth(source.settings);
  const length = window * width;
  demandLength(inputs, picks.length * length, 'inputs');
  const from = source.inputs;
  for (let sample = 0; sample < picks.length; sample += 1) {
    const pick = picks[sample]!;
    const firstRow = samples.series[pick]! * source.table.steps + samples.origin[pick]! + 1 - window;
    const start = firstRow * width;
    const to = sample * length;
    if (length > longRun) {
      inputs.set(from.subarray(start, start + length), to);
      continue;
    }
    for (let position = 0; position < length; position += 1) inputs[to + position] = from[start + position]!;
  }
  if (hidden !== null) hideInputs(source, inputs, hidden);
  if (source.settings.hide?.centers === true) centerInputs(source, inputs, windowLevels(source, samples, picks, hidden));
}

function hideInputs({ settings, table }: BatchSource, inputs: Float32Array, hidden: HiddenValues): void {
  const { inputColumns, mask } = settings;
  const width = inputWidth(settings);
  const columns = table.columns.length;
  for (let row = 0; row < hidden.length / columns; row += 1) {
    inputColumns.forEach((column, feature) => {
      if (hidden[row * columns + column] !== 1) return;
      inputs[row * width + feature] = 0;
      if (mask) inputs[row * width + inputColumns.length + feature] = 0;
    });
  }
}

/** The mean of what is visible in each sample, [sample, input column], in scaled units; 0 where nothing is. The windows have masks. */
export function windowLevels({ settings, table, inputs }: BatchSource, samples: Samples, picks: ArrayLike<number>, hidden: HiddenValues | null): Float64Array {
  const { window, inputColumns } = settings;
  const count = inputColumns.length;
  const width = inputWidth(settings);
  const levels = new Float64Array(picks.length * count);
  for (let sample = 0; sample < picks.length; sample += 1) {
    const pick = picks[sample]!;
    const firstRow = samples.series[pick]! * table.steps + samples.origin[pick]! + 1 - window;
    inputColumns.forEach((column, feature) => {
      let sum = 0;
      let visible = 0;
      for (let step = 0; step < window; step += 1) {
        const start = (firstRow + step) * width;
        const isHidden = hidden !== null && hidden[(sample * window + step) * table.columns.length + column] === 1;
        if (isHidden || inputs[start + count + feature] === 0) continue;
        sum += inputs[start + feature]!;
        visible += 1;
      }
      levels[sample * count + feature] = visible === 0 ? 0 : sum / visible;
    });
  }
  return levels;
}

/** Takes the level of each sample from its visible values. */
function centerInputs({ settings }: BatchSource, inputs: Float32Array, levels: Float64Array): void {
  const { window, inputColumns } = settings;
  const count = inputColumns.length;
  const width = inputWidth(settings);
  for (let sample = 0; sample < levels.length / count; sample += 1) {
    for (let step = 0; step < window; step += 1) {
      const start = (sample * window + step) * width;
      for (let feature = 0; feature < count; feature += 1) {
        if (inputs[start + count + feature] === 1) inputs[start + feature]! -= levels[sample * count + feature]!;
      }
    }
  }
}

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

function scaledColumns(table: SeriesTable, columns: readonly number[], scaler: Scaler): Float32Array {
  const rows = table.seriesCount * table.steps;
  const scaled = new Float32Array(rows * columns.length);
  for (let row = 0; row < rows; row += 1) {
    columns.forEach((column, position) => {
      const value = table.values[row * table.columns.length + column]!;
      scaled[row * columns.length + position] = Number.isNaN(value) ? 0 : scale(scaler, column, value);
    });
  }
  return scaled;
}

function isPlain({ mask, labels, categories }: WindowSettings): boolean {
  return !mask && labels.length === 0 && categories.length === 0;
}

/** The scaled columns, with masks for each 1 where its value stood in the data, then scaled labels (0 where missing), then the number of the class of each category. */
function widenedColumns(table: SeriesTable, settings: WindowSettings, scaler: Scaler, labelScales: ReadonlyMap<string, ColumnScale>): Float32Array {
  const { inputColumns, mask } = settings;
  const values = scaledColumns(table, inputColumns, scaler);
  const count = inputColumns.length;
  const width = inputWidth(settings);
  const further = [
    ...settings.labels.map((name) => ({ label: labelOf(table, name), scale: labelScales.get(name) ?? { offset: 0, factor: 1 } })),
    ...settings.categories.map((name) => ({ label: labelOf(table, name), scale: null })),
  ];
  const rows = table.seriesCount * table.steps;
  const features = new Float32Array(rows * width);
  for (let row = 0; row < rows; row += 1) {
    features.set(values.subarray(row * count, (row + 1) * count), row * width);
    if (mask) {
      inputColumns.forEach((column, position) => {
        features[row * width + count + position] = table.observed[row * table.columns.length + column]!;
      });
    }
    further.forEach(({ label, scale: own }, position) => {
      const index = labelIndex(label, table, Math.floor(row / table.steps), row % table.steps);
      const number = own === null ? label.classes?.indices[index] : ((label.numbers?.[index] ?? Number.NaN) - own.offset) / own.factor;
      features[(row + 1) * width - further.length + position] = number === undefined || Number.isNaN(number) ? 0 : number;
    });
  }
  return features;
}

function demandLength(array: Float32Array, length: number, name: string): void {
  if (array.length < length) throw new RangeError(`${name} holds ${array.length} numbers, ${length} are to be written`);
}
