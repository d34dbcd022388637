import { diagnose } from '../../core/diagnostics/diagnose.ts';
import type { Where } from '../../core/diagnostics/diagnostic.ts';
import { fail, succeed, type Result } from '../../core/diagnostics/result.ts';
import type { DateOrder } from '../../core/export/exportable-model.ts';
import type { TimeIndex } from '../../core/forecast/series-table.ts';
import { formatOfDate, orderOfDates, readDate, type DateFormat } from './date-formats.ts';
import { readCell } from './read-cell.ts';

/** A column as it stands in the file, with the line of each cell. */
export interface CsvColumn {
  readonly name: string;
  readonly cells: readonly string[];
  readonly lines: readonly number[];
}

/** When rows stand, and what stands first in their dates: null where they have none. */
export interface ReadIndex {
  readonly index: TimeIndex;
  readonly order: DateOrder | null;
}

const dateNames = /^(date|datum|fecha|data|time|datetime|timestamp|day|week|month|year|years|yr|jahr|année|año|anno|period|ds)$/i;

/**
 * The column that tells when the rows stand: the first of ISO dates, of dates with the year last, of YYYYMMDD, or of years under a name
 * such as 'year'. Null where there is none. Where several do, one that reads without error is preferred.
 */
export function findTimeColumn(columns: readonly CsvColumn[]): CsvColumn | null {
  const candidates = columns.filter(looksLikeTime);
  return candidates.find((column) => readTimeIndex(column, '').ok) ?? candidates[0] ?? null;
}

/**
 * Reads a column as a time index: dates (UTC), or numbers such as years. Every row must come after the one before it.
 * Errors, each with its line: a cell that is no date like the others; day and month in an order that no row decides; a row out of order.
 */
export function readTimeIndex(column: CsvColumn, file: string): Result<ReadIndex> {
  const { name, cells, lines } = column;
  const whereOf = (row: number): Where => ({ kind: 'file', file, line: lines[row]!, column: name });
  const factsOf = (row: number) => ({ source: file, column: name, line: lines[row]!, found: cells[row]!.trim() });

  const format = formatOfDate(cells[0]!);
  const asNumbers = format === null || format === 'year' || (format === 'compact' && readDate(cells[0]!, format, false) === null);
  const order = asNumbers ? null : orderOfDates(format, cells);
  if (!asNumbers && order === null) return fail(diagnose('csv-date-ambiguous', whereOf(0), factsOf(0)));
  const positions = new Float64Array(cells.length);
  for (let row = 0; row < cells.length; row += 1) {
    const position = asNumbers ? readNumber(cells[row]!) : readDate(cells[row]!, format, order === 'month-first');
    if (position === null) return fail(diagnose('csv-date-not-read', whereOf(row), factsOf(row)));
    positions[row] = position;
    if (row === 0 || position > positions[row - 1]!) continue;
    const facts = { ...factsOf(row), previousLine: lines[row - 1]!, previous: cells[row - 1]!.trim() };
    return fail(diagnose('csv-dates-not-increasing', whereOf(row), facts));
  }
  return succeed({ index: asNumbers ? { kind: 'number', values: positions, name } : { kind: 'date', milliseconds: positions, name }, order });
}

function readNumber(text: string): number | null {
  const cell = readCell(text, false);
  return cell.kind === 'number' ? cell.value : null;
}

function looksLikeTime({ name, cells }: CsvColumn): boolean {
  const format = formatOfDate(cells[0]!);
  if (format === null) return false;
  switch (format) {
    case 'year-first':
    case 'year-month':
    case 'day-month-open':
    case 'day-month-points':
      return true;
    case 'compact':
      return dateNames.test(name) || cells.every((cell) => readDate(cell, 'compact', false) !== null);
    case 'year':
      return dateNames.test(name) && mostlyIncreasingYears(cells, format);
  }
}

/** A column of years beside one of months repeats each year: that is a feature, not the index. */
function mostlyIncreasingYears(cells: readonly string[], format: DateFormat): boolean {
  if (!cells.every((cell) => formatOfDate(cell) === format)) return false;
  const increases = cells.filter((cell, row) => row > 0 && Number(cell) > Number(cells[row - 1]!)).length;
  return 2 * increases >= cells.length - 1;
}
