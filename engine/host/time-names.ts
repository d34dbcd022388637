import type { SeriesTable } from '../../core/forecast/series-table.ts';
import { timeInWords, timeOfRow } from '../../core/forecast/time-index.ts';

/**
 * What a row is called in forecasts: its date or number, continued beyond the table's end by the regular step; the row
 * number from 1 where the data has no times; '' where times cannot be continued.
 */
export function rowName(table: SeriesTable, row: number): string {
  if (table.time.kind === 'step') return String(row + 1);
  const point = timeOfRow(table, row);
  return point === null ? '' : timeInWords(point);
}
