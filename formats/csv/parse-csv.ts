import { diagnose } from '../../core/diagnostics/diagnose.ts';
import type { Diagnostic } from '../../core/diagnostics/diagnostic.ts';
import { nearMiss } from '../../core/diagnostics/did-you-mean.ts';
import { fail, succeed, type Result } from '../../core/diagnostics/result.ts';
import type { TableLayout } from '../../core/export/exportable-model.ts';
import { classesOf, namesCategories, type SeriesLabel } from '../../core/forecast/series-labels.ts';
import { observedTable, type SeriesTable, type TimeIndex } from '../../core/forecast/series-table.ts';
import { irregularRows } from '../../core/forecast/time-index.ts';
import { decodeText } from './decode-text.ts';
import { groupSeries, labelOfColumn, type SeriesGroups } from './group-series.ts';
import { nameColumns } from './name-columns.ts';
import { readCell, usesDecimalComma, type Cell } from './read-cell.ts';
import { findTimeColumn, readTimeIndex, type CsvColumn, type ReadIndex } from './read-time-index.ts';
import { splitCells } from './split-cells.ts';

export interface CsvOptions {
  /** The file's name, for messages. */
  readonly file: string;
  /** The columns to read, in this order; null or left out: every numeric one but the date column. */
  readonly columns?: readonly string[] | null;
  /** The column that tells when the rows stand; null or left out: recognised by its cells; '': rows are plain steps. */
  readonly dateColumn?: string | null;
  /** The column that tells several series apart; null or left out: one series. */
  readonly seriesColumn?: string | null;
  /** Columns whose cells name a category at each row; left out: none. */
  readonly categoryColumns?: readonly string[];
  /** What stands between cells; left out: detected. */
  readonly delimiter?: string;
}

export interface CsvSeries {
  /** One series, or several where a column tells them apart; missing cells are NaN. */
  readonly table: SeriesTable;
  readonly allColumns: readonly { readonly name: string; readonly numeric: boolean }[];
  readonly dateColumn: string | null;
  /** The line of the file, counted from 1, of each row of the table. */
  readonly lines: readonly number[];
  readonly delimiter: string;
  readonly layout: TableLayout;
  /** Warnings and notes: columns that are not read, dates that are not evenly spaced. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Reads one series, or several of equal length, from the bytes of a CSV file: UTF-8, with or without a byte order mark and a line of names; missing cells are
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
  const grouped = groupRows(columns, options);
  if (!grouped.ok) return grouped;
  const groups = grouped.value;
  const time = readTime(columns, options, groups);
  if (!time.ok) return time;
  const { index, dateColumn, dates } = time.value;
  const readings = columns.map((column) => readColumn(column, decimalComma));
  const order = groups?.order ?? rows.map((_, row) => row);
  const categories = categoriesOf(readings, options, order);
  if (!categories.ok) return categories;
  const used = [options.seriesColumn ?? null, dateColumn, ...(options.columns ?? []), ...(options.categoryColumns ?? [])];
  const labels = [...(groups === null ? [] : labelsOf(readings, groups, used)), ...categories.value];
  const passedOver = [dateColumn, options.seriesColumn ?? null, ...labels.map(({ name }) => name)];
  const chosen = chooseColumns(readings, options, passedOver);
  if (!chosen.ok) return chosen;

  const steps = groups?.steps ?? rows.length;
  const values = new Float64Array(rows.length * chosen.value.length);
  chosen.value.forEach(({ cells }, position) => {
    order.forEach((from, row) => {
      const cell = cells[from]!;
      values[row * chosen.value.length + position] = cell.kind === 'number' ? cell.value : NaN;
    });
  });
  const seriesColumns = chosen.value.map(({ column }) => ({ name: column.name, unit: null }));
  const table = observedTable(seriesColumns, groups?.names.length ?? 1, steps, values, index);
  return succeed({
    table: { ...table, ...(groups !== null || labels.length > 0 ? { labels } : {}), ...(groups !== null && { seriesNames: groups.names }) },
    allColumns: readings.map(({ column, numeric }) => ({ name: column.name, numeric })),
    dateColumn,
    lines: order.map((row) => lines[row]!),
    delimiter: split.value.delimiter,
    layout: { delimiter: split.value.delimiter, decimalComma, hasHeader: rows.length < split.value.rows.length, columnCount: names.length, dates },
    diagnostics: [...time.value.notes, ...unreadColumns(readings, options, passedOver), ...unevenDates(index, lines, file)],
  });
}

function groupRows(columns: readonly CsvColumn[], { file, seriesColumn }: CsvOptions): Result<SeriesGroups | null> {
  if (seriesColumn === undefined || seriesColumn === null) return succeed(null);
  const column = columns.find(({ name }) => name === seriesColumn);
  return column === undefined ? fail(unknownColumn(seriesColumn, columns.map(({ name }) => name), file)) : groupSeries(column, file);
}

/** Columns that are constant within every series, but those that are used otherwise. */
function labelsOf(readings: readonly ColumnReading[], groups: SeriesGroups, used: readonly (string | null)[]): readonly SeriesLabel[] {
  if (groups.steps < 2) return [];
  return readings
    .filter(({ column }) => !used.includes(column.name))
    .flatMap(({ column, cells }) => labelOfColumn(column, cells, groups) ?? []);
}

/** The category columns as labels of each row. */
function categoriesOf(readings: readonly ColumnReading[], { file, categoryColumns = [] }: CsvOptions, order: readonly number[]): Result<readonly SeriesLabel[]> {
  const labels: SeriesLabel[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const name of categoryColumns) {
    const reading = readings.find(({ column }) => column.name === name);
    if (reading === undefined) {
      diagnostics.push(unknownColumn(name, readings.map(({ column }) => column.name), file));
      continue;
    }
    const inFile = cellTexts(reading);
    const texts = order.map((row) => inFile[row]!);
    const classes = classesOf(texts);
    const count = new Set(texts.filter((text) => text !== null)).size;
    if (classes === null) diagnostics.push(diagnose('csv-not-a-category', { kind: 'file', file, column: name }, { source: file, column: name, count }));
    else labels.push({ name, perSeries: false, numbers: null, classes });
  }
  return diagnostics.length > 0 ? fail(...diagnostics) : succeed(labels);
}

/** null: missing. */
function cellTexts({ column, cells }: Pick<ColumnReading, 'column' | 'cells'>): readonly (string | null)[] {
  return column.cells.map((text, row) => (cells[row]!.kind === 'missing' ? null : text.trim()));
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

interface ReadTime {
  readonly index: TimeIndex;
  readonly dateColumn: string | null;
  readonly dates: TableLayout['dates'];
  readonly notes: readonly Diagnostic[];
}

/** The time index, of several series that of the first, where they all share it. */
function readTime(columns: readonly CsvColumn[], options: CsvOptions, groups: SeriesGroups | null): Result<ReadTime> {
  const own = groups === null ? columns : columns.filter(({ name }) => name !== options.seriesColumn).map((column) => firstSeries(column, groups));
  const read = readTimeOfSeries(own, options);
  if (!read.ok) return read;
  const { index, order } = read.value;
  if (index.kind === 'step') return succeed({ index, dateColumn: null, dates: null, notes: [] });
  const column = columns.find(({ name }) => name === index.name);
  if (groups === null || column === undefined || isShared(column, groups)) return succeed({ index, dateColumn: index.name, dates: order === null ? null : { column: index.name, order }, notes: [] });
  const note = diagnose('csv-dates-differ', { kind: 'file', file: options.file, column: index.name }, { source: options.file, column: index.name });
  return succeed({ index: { kind: 'step' }, dateColumn: index.name, dates: null, notes: [note] });
}

function firstSeries({ name, cells, lines }: CsvColumn, { order, steps }: SeriesGroups): CsvColumn {
  const rows = order.slice(0, steps);
  return { name, cells: rows.map((row) => cells[row]!), lines: rows.map((row) => lines[row]!) };
}

function isShared({ cells }: CsvColumn, { order, steps }: SeriesGroups): boolean {
  return order.every((row, position) => cells[row]!.trim() === cells[order[position % steps]!]!.trim());
}

const withoutTime: ReadIndex = { index: { kind: 'step' }, order: null };

function readTimeOfSeries(columns: readonly CsvColumn[], { file, dateColumn }: CsvOptions): Result<ReadIndex> {
  if (dateColumn === '') return succeed(withoutTime);
  if (dateColumn === undefined || dateColumn === null) {
    const found = findTimeColumn(columns);
    return found === null ? succeed(withoutTime) : readTimeIndex(found, file);
  }
  const named = columns.find(({ name }) => name === dateColumn);
  return named === undefined ? fail(unknownColumn(dateColumn, columns.map(({ name }) => name), file)) : readTimeIndex(named, file);
}

function chooseColumns(readings: readonly ColumnReading[], { file, columns }: CsvOptions, passedOver: readonly (string | null)[]): Result<readonly ColumnReading[]> {
  const names = readings.map(({ column }) => column.name);
  const diagnostics: Diagnostic[] = [];
  const chosen: ColumnReading[] = [];
  if (columns === undefined || columns === null) {
    chosen.push(...readings.filter(({ column, numeric }) => numeric && !passedOver.includes(column.name)));
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
function unreadColumns(readings: readonly ColumnReading[], { file, columns }: CsvOptions, passedOver: readonly (string | null)[]): readonly Diagnostic[] {
  if (columns !== undefined && columns !== null) return [];
  return readings.flatMap(({ column, cells }) => {
    const row = cells.findIndex(({ kind }) => kind === 'text');
    if (row < 0 || passedOver.includes(column.name)) return [];
    const line = column.lines[row]!;
    const where = { kind: 'file', file, line, column: column.name } as const;
    return [diagnose('csv-column-left-out', where, { source: file, column: column.name, line, found: column.cells[row]!.trim(), namesCategories: namesCategories(cellTexts({ column, cells })) })];
  });
}

function unevenDates(time: TimeIndex, lines: readonly number[], file: string): readonly Diagnostic[] {
  const rows = irregularRows(time);
  if (time.kind === 'step' || rows.length === 0) return [];
  const line = lines[rows[0]!]!;
  const where = { kind: 'file', file, line, column: time.name } as const;
  return [diagnose('csv-dates-irregular', where, { source: file, column: time.name, line, count: rows.length })];
}
