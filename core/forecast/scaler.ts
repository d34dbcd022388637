import { diagnose } from '../diagnostics/diagnose.ts';
import type { Diagnostic, Where } from '../diagnostics/diagnostic.ts';
import { fail, succeed, type Result } from '../diagnostics/result.ts';
import { valueIndex, type SeriesTable } from './series-table.ts';
import { checkSplit, rowsOfPart, seriesOfPart, splitBorders, type SplitSettings } from './split.ts';

/** Dividing by less could overflow. */
const smallestRange = 1e-100;

export interface ColumnScale {
  readonly offset: number;
  readonly factor: number;
}

/** scaled = (value − offset) / factor, one row a column of the table that it was fitted on. */
export interface Scaler {
  readonly kind: 'none' | 'standard' | 'min-max';
  readonly columns: readonly ColumnScale[];
}

export interface FittedScaler {
  readonly scaler: Scaler;
  readonly warnings: readonly Diagnostic[];
}

/** Leaves values in the data's unit. */
export function identityScaler(columnCount: number): Scaler {
  return { kind: 'none', columns: Array.from({ length: columnCount }, () => ({ offset: 0, factor: 1 })) };
}

/**
 * Fits a scaler on the observed values of the training part alone: mean 0 and (population) standard deviation 1, or the range [0, 1].
 * A constant column keeps the factor 1 and is warned of; a column without a training value, or too large for arithmetic, is an error.
 */
export function fitScaler(
  kind: 'standard' | 'min-max',
  table: SeriesTable,
  split: SplitSettings,
  where: Where = { kind: 'project' },
): Result<FittedScaler> {
  const problems = checkSplit(split, where);
  if (problems.length > 0) return fail(...problems);
  const columns: ColumnScale[] = [];
  const warnings: Diagnostic[] = [];
  const errors: Diagnostic[] = [];
  table.columns.forEach(({ name }, column) => {
    const values = trainingValues(table, split, column);
    if (values.length === 0) {
      errors.push(diagnose('no-training-values', where, { column: name }));
      return;
    }
    const { lowest, highest, mean, deviation } = moments(values);
    const constant = highest - lowest < smallestRange;
    if (constant) warnings.push(diagnose('constant-column', where, { column: name, value: lowest }));
    const offset = kind === 'standard' && !constant ? mean : lowest;
    const factor = constant ? 1 : kind === 'standard' ? deviation : highest - lowest;
    if (!Number.isFinite(factor) || !Number.isFinite(offset)) errors.push(diagnose('values-too-large', where, { column: name, lowest, highest }));
    columns.push({ offset, factor });
  });
  return errors.length > 0 ? fail(...errors) : succeed({ scaler: { kind, columns }, warnings });
}

export function scale(scaler: Scaler, column: number, value: number): number {
  const { offset, factor } = scaler.columns[column]!;
  return (value - offset) / factor;
}

export function unscale(scaler: Scaler, column: number, value: number): number {
  const { offset, factor } = scaler.columns[column]!;
  return value * factor + offset;
}

/** The table with every value scaled; what is missing stays missing. */
export function scaleTable(table: SeriesTable, scaler: Scaler): SeriesTable {
  const width = table.columns.length;
  return { ...table, values: table.values.map((value, position) => scale(scaler, position % width, value)) };
}

/** Scaled forecasts [window, horizon × columns] (index = step × columns + column) back in the data's unit. */
export function unscaleForecasts(scaler: Scaler, targetColumns: readonly number[], scaled: ArrayLike<number>): Float64Array {
  const width = targetColumns.length;
  const forecasts = new Float64Array(scaled.length);
  for (let position = 0; position < scaled.length; position += 1) {
    forecasts[position] = unscale(scaler, targetColumns[position % width]!, scaled[position]!);
  }
  return forecasts;
}

function trainingValues(table: SeriesTable, split: SplitSettings, column: number): readonly number[] {
  const borders = splitBorders(split, table);
  const [firstSeries, endSeries] = seriesOfPart(borders, 'training', table);
  const [firstRow, endRow] = rowsOfPart(borders, 'training', table);
  const values: number[] = [];
  for (let series = firstSeries; series < endSeries; series += 1) {
    for (let step = firstRow; step < endRow; step += 1) {
      const position = valueIndex(table, series, step, column);
      if (table.observed[position] === 1) values.push(table.values[position]!);
    }
  }
  return values;
}

function moments(values: readonly number[]): { lowest: number; highest: number; mean: number; deviation: number } {
  let lowest = Infinity;
  let highest = -Infinity;
  let sum = 0;
  for (const value of values) {
    lowest = Math.min(lowest, value);
    highest = Math.max(highest, value);
    sum += value;
  }
  const mean = sum / values.length;
  // Two passes: the one-pass formula cancels where the mean is large beside the spread.
  let squares = 0;
  for (const value of values) squares += (value - mean) ** 2;
  return { lowest, highest, mean, deviation: Math.sqrt(squares / values.length) };
}
