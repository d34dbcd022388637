import { diagnose } from '../../core/diagnostics/diagnose.ts';
import type { Diagnostic } from '../../core/diagnostics/diagnostic.ts';
import { nearMiss } from '../../core/diagnostics/did-you-mean.ts';
import { fail, succeed, type Result } from '../../core/diagnostics/result.ts';
import { observedTable, type SeriesTable, type TimeIndex } from '../../core/forecast/series-table.ts';
import { irregularRows } from '../../core/forecast/time-index.ts';
import { decodeText } from './decode-text.ts';
import { nameColumns } from './name-columns.ts';
import { readCell, usesDecimalComma, type Cell } from './read-cell.ts';
import { findTimeColumn, readTimeIndex, type CsvColumn } from './read-time-index.ts';
import { splitCells } from './split-cells.ts';

export interface CsvOptions {
  /** The file's name, for messages. */
  readonly file: string;
  /** The columns to read, in this order; null or left out: every numeric one but the date column. */
  readonly columns?: readonly string[] | null;
  /** The column that tells when the rows stand; null or left out: recognised by its cells; '': rows are plain steps. */
  readonly dateColumn?: string | null;
  /** What stands between cells; left out: detected. */
  readonly delimiter?: string;
}

export interface CsvSeries {
  /** One series; missing cells are NaN. */
  readonly table: SeriesTable;
  readonly allColumns: readonly { readonly name: string; readonly numeric: boolean }[];
  readonly dateColumn: string | null;
  /** The line of the file, counted from 1, of each row of the table. */
  readonly lines: readonly number[];
  readonly delimiter: string;
  /** Warnings and notes: columns that are not read, dates that are not evenly spaced. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Reads one series from the bytes of a CSV file: UTF-8, with or without a byte order mark and a line of names; missing cells are
 * empty, NA, NaN or null; decimals may have a comma where the delimiter is ';'. Every error names its line or column.
 */
export function parseCsv(bytes: Uint8Array, options: CsvOptions): Result<CsvSeries> {
  const { file } = options;
  const text = decodeText(bytes, file);
  if (!text.ok) return text;
  const split = splitCells(text.value, file, options.delimiter);
  if (!split.ok) return split;
  const named = nameColumns(split.value, file);
  if (!named.ok) return named;
  const { names, rows, lines } = named.value;

  const decimalComma = usesDecimalComma(rows, split.value.delimiter);
  const columns = names.map((name, position): CsvColumn => ({ name, lines, cells: rows.map((cells) => cells[position]!) }));
  const time = readTime(columns, options);
  if (!time.ok) return time;
  const dateColumn = time.value.kind === 'step' ? null : time.value.name;
  const readings = columns.map((column) => readColumn(column, decimalComma));
  const chosen = chooseColumns(readings, options, dateColumn);
  if (!chosen.ok) return chosen;

  const values = new Float64Array(rows.length * chosen.value.length);
  chosen.value.forEach(({ cells }, position) => {
    cells.forEach((cell, row) => {
      values[row * chosen.value.length + position] = cell.kind === 'number' ? cell.value : NaN;
    });
  });
  const seriesColumns = chosen.value.map(({ column }) => ({ name: column.name, unit: null }));
  return succeed({
    table: observedTable(seriesColumns, 1, rows.length, values, time.value),
    allColumns: readings.map(({ column, numeric }) => ({ name: column.name, numeric })),
    dateColumn,
    lines,
    delimiter: split.value.delimiter,
    diagnostics: [...unreadColumns(readings, options, dateColumn), ...unevenDates(time.value, lines, file)],
  });
}

interface ColumnReading {
  readonly column: CsvColumn;
  readonly cells: readonly Cell[];
  /** Every cell is a number, missing, or infinite (which is refused where the column is chosen). */
  readonly numeric: boolean;
}

function readColumn(column: CsvColumn, decimalComma: boolean): ColumnReading {
  const cells = column.cells.map((cell) => readCell(cell, decimalComma));
  const numeric = cells.every(({ kind }) => kind !== 'text') && cells.some(({ kind }) => kind !== 'missing');
  return { column, cells, numeric };
}

function readTime(columns: readonly CsvColumn[], { file, dateColumn }: CsvOptions): Result<TimeIndex> {
  if (dateColumn === '') return succeed({ kind: 'step' });
  if (dateColumn === undefined || dateColumn === null) {
    const found = findTimeColumn(columns);
    return found === null ? succeed({ kind: 'step' }) : readTimeIndex(found, file);
  }
  const named = columns.find(({ name }) => name === dateColumn);
  return named === undefined ? fail(unknownColumn(dateColumn, columns.map(({ name }) => name), file)) : readTimeIndex(named, file);
}

function chooseColumns(readings: readonly ColumnReading[], { file, columns }: CsvOptions, dateColumn: string | null): Result<readonly ColumnReading[]> {
  const names = readings.map(({ column }) => column.name);
  const diagnostics: Diagnostic[] = [];
  const chosen: ColumnReading[] = [];
  if (columns === undefined || columns === null) {
    chosen.push(...readings.filter(({ column, numeric }) => numeric && column.name !== dateColumn));
    if (chosen.length === 0) diagnostics.push(diagnose('csv-no-numeric-column', { kind: 'file', file }, { source: file, columns: names }));
  } else {
    columns.forEach((name, position) => {
      const reading = readings.find(({ column }) => column.name === name);
      if (reading === undefined) diagnostics.push(unknownColumn(name, names, file));
      else if (columns.indexOf(name) < position) diagnostics.push(diagnose('csv-repeated-choice', { kind: 'file', file, column: name }, { source: file, column: name }));
      else chosen.push(reading);
    });
  }
  for (const reading of chosen) diagnostics.push(...problemsOf(reading, file));
  return diagnostics.length > 0 ? fail(...diagnostics) : succeed(chosen);
}

function problemsOf({ column, cells, numeric }: ColumnReading, file: string): readonly Diagnostic[] {
  const row = cells.findIndex(({ kind }) => kind === (numeric ? 'infinite' : 'text'));
  const facts = { source: file, column: column.name };
  if (row < 0) return numeric ? [] : [diagnose('csv-column-empty', { kind: 'file', file, column: column.name }, facts)];
  const line = column.lines[row]!;
  const code = numeric ? 'csv-infinite-value' : 'csv-column-not-numeric';
  return [diagnose(code, { kind: 'file', file, line, column: column.name }, { ...facts, line, found: column.cells[row]!.trim() })];
}

function unknownColumn(name: string, names: readonly string[], file: string): Diagnostic {
  return diagnose('csv-unknown-column', { kind: 'file', file, column: name }, { source: file, column: name, columns: names, nearest: nearMiss(name, names) });
}

/** A column with one mistyped number must not vanish in silence. */
function unreadColumns(readings: readonly ColumnReading[], { file, columns }: CsvOptions, dateColumn: string | null): readonly Diagnostic[] {
  if (columns !== undefined && columns !== null) return [];
  return readings.flatMap(({ column, cells }) => {
    const row = cells.findIndex(({ kind }) => kind === 'text');
    if (row < 0 || column.name === dateColumn) return [];
    const line = column.lines[row]!;
    const where = { kind: 'file', file, line, column: column.name } as const;
    return [diagnose('csv-column-left-out', where, { source: file, column: column.name, line, found: column.cells[row]!.trim() })];
  });
}

function unevenDates(time: TimeIndex, lines: readonly number[], file: string): readonly Diagnostic[] {
  const rows = irregularRows(time);
  if (time.kind === 'step' || rows.length === 0) return [];
  const line = lines[rows[0]!]!;
  const where = { kind: 'file', file, line, column: time.name } as const;
  return [diagnose('csv-dates-irregular', where, { source: file, column: time.name, line, count: rows.length })];
}
