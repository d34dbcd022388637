import { scale, type ColumnScale, type Scaler } from './scaler.ts';
import { labelIndex, labelOf } from './series-labels.ts';
import type { SeriesTable } from './series-table.ts';
import type { SplitBorders } from './split.ts';
import { inputWidth, type WindowPlan, type WindowSettings } from './windows.ts';

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
