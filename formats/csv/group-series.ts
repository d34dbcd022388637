import { diagnose } from '../../core/diagnostics/diagnose.ts';
import { fail, succeed, type Result } from '../../core/diagnostics/result.ts';
import { classesOf, type SeriesLabel } from '../../core/forecast/series-labels.ts';
import type { Cell } from './read-cell.ts';
import type { CsvColumn } from './read-time-index.ts';

/** The rows of a file as several series of equal length. */
export interface SeriesGroups {
  readonly names: readonly string[];
  readonly steps: number;
  /** Positions of the file's rows, series after series, each in the order of the file. */
  readonly order: readonly number[];
}

/**
 * Divides rows by the column that tells whose row each is; series stand in the order in which they first appear. Errors: a row
 * without a series; series of unequal length, which cannot share a time index.
 */
export function groupSeries({ name, cells, lines }: CsvColumn, file: string): Result<SeriesGroups> {
  const rowsOf = new Map<string, number[]>();
  for (const [row, cell] of cells.entries()) {
    const series = cell.trim();
    if (series === '') return fail(diagnose('csv-series-missing', { kind: 'file', file, column: name, line: lines[row]! }, { source: file, column: name, line: lines[row]! }));
    const rows = rowsOf.get(series);
    if (rows === undefined) rowsOf.set(series, [row]);
    else rows.push(row);
  }
  const groups = [...rowsOf];
  const [first] = groups;
  const uneven = groups.find(([, rows]) => rows.length !== first?.[1].length);
  if (first === undefined || uneven === undefined) {
    return succeed({ names: groups.map(([series]) => series), steps: first?.[1].length ?? 0, order: groups.flatMap(([, rows]) => rows) });
  }
  const facts = { source: file, column: name, first: first[0], firstRows: first[1].length, second: uneven[0], secondRows: uneven[1].length };
  return fail(diagnose('csv-series-uneven', { kind: 'file', file, column: name, line: lines[uneven[1][0]!]! }, facts));
}

/** A column that is the same on every row of each series, as a label of the series; null where it varies within one. */
export function labelOfColumn({ name, cells: texts }: CsvColumn, cells: readonly Cell[], { order, steps }: SeriesGroups): SeriesLabel | null {
  const firstRows: number[] = [];
  for (let start = 0; start < order.length; start += steps) {
    const first = order[start]!;
    for (let step = 1; step < steps; step += 1) if (texts[order[start + step]!]!.trim() !== texts[first]!.trim()) return null;
    firstRows.push(first);
  }
  const own = firstRows.map((row) => cells[row]!);
  const isNumeric = own.every(({ kind }) => kind === 'number' || kind === 'missing');
  const numbers = Float64Array.from(own, (cell) => (cell.kind === 'number' ? cell.value : Number.NaN));
  const isWhole = numbers.every((value) => Number.isNaN(value) || Number.isInteger(value));
  const classes = isNumeric && !isWhole ? null : classesOf(firstRows.map((row, position) => (own[position]!.kind === 'missing' ? null : texts[row]!.trim())));
  return { name, perSeries: true, numbers: isNumeric ? numbers : null, classes };
}
