import { valueIndex, type SeriesTable } from './series-table.ts';
import type { WindowSettings } from './windows.ts';

/** Why a window is left out. */
export type Obstacle = 'crosses-border' | 'missing-input' | 'looks-ahead' | 'no-season' | 'no-target';

/**
 * The row that seasonal naive reads for a target: the least number of whole seasons earlier that does not lie after the origin.
 * Negative where the series has no such row.
 */
export function seasonalRow(target: number, origin: number, season: number): number {
  return target - season * Math.max(1, Math.ceil((target - origin) / season));
}

/** One to hide, and one on either side of it. */
const fewestKnown = 3;

/** Tells for a window (series, origin) what in the data stands in its way, if anything. */
export function windowObstacles(
  table: SeriesTable,
  settings: WindowSettings,
  season: number | null,
): (series: number, origin: number) => Exclude<Obstacle, 'crosses-border'> | null {
  const { window, horizon, inputColumns, targetColumns, mask, hide } = settings;
  const missing = missingInputCounts(table, mask ? [] : inputColumns);
  const readColumns = [...new Set([...inputColumns, ...targetColumns])];
  return (series, origin) => {
    const rowOfCounts = series * (table.steps + 1);
    if (missing[rowOfCounts + origin + 1]! > missing[rowOfCounts + origin + 1 - window]!) return 'missing-input';
    // Naive reads the target columns at the origin, so they may no more look ahead than the inputs.
    if (readColumns.some((column) => table.interpolated?.[valueIndex(table, series, origin, column)] === 1)) return 'looks-ahead';
    if (targetColumns.some((column) => Number.isNaN(table.values[valueIndex(table, series, origin, column)]!))) return 'missing-input';
    if (season !== null && !hasSeason(series, origin, season)) return 'no-season';
    if (hide !== null && !hide.columns.some((column) => knownValues(series, origin, column) >= fewestKnown)) return 'no-target';
    return hasTarget(series, origin) ? null : 'no-target';
  };

  function hasSeason(series: number, origin: number, length: number): boolean {
    for (let step = 1; step <= horizon; step += 1) {
      const row = seasonalRow(origin + step, origin, length);
      if (row < 0) return false;
      for (const column of targetColumns) if (Number.isNaN(table.values[valueIndex(table, series, row, column)]!)) return false;
    }
    return true;
  }

  function knownValues(series: number, origin: number, column: number): number {
    let known = 0;
    for (let row = origin + 1 - window; row <= origin; row += 1) known += table.observed[valueIndex(table, series, row, column)]!;
    return known;
  }

  function hasTarget(series: number, origin: number): boolean {
    if (horizon === 0) return true;
    for (let row = origin + 1; row <= origin + horizon && row < table.steps; row += 1) {
      for (const column of targetColumns) if (table.observed[valueIndex(table, series, row, column)] === 1) return true;
    }
    return false;
  }
}

/** Running counts [series, steps + 1] of rows with a missing input, so that a window is judged by two look-ups. */
function missingInputCounts(table: SeriesTable, inputColumns: readonly number[]): Int32Array {
  const counts = new Int32Array(table.seriesCount * (table.steps + 1));
  for (let series = 0; series < table.seriesCount; series += 1) {
    for (let step = 0; step < table.steps; step += 1) {
      const isMissing = inputColumns.some((column) => Number.isNaN(table.values[valueIndex(table, series, step, column)]!));
      const position = series * (table.steps + 1) + step;
      counts[position + 1] = counts[position]! + (isMissing ? 1 : 0);
    }
  }
  return counts;
}
