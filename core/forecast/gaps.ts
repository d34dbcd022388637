import { diagnose } from '../diagnostics/diagnose.ts';
import type { Diagnostic, Repair, Where } from '../diagnostics/diagnostic.ts';
import { fail, succeed, type Result } from '../diagnostics/result.ts';
import { valueIndex, type SeriesTable } from './series-table.ts';

/** What is done about missing values. */
export type GapFilling = 'refuse' | 'last-value' | 'linear' | 'keep';

/** What a message about gaps names: the place, the data's name, and the file's line (from 1) of each row where there is a file. */
export interface GapPlace {
  readonly where: Where;
  readonly source: string;
  readonly lines: ArrayLike<number> | null;
  readonly repairs?: readonly Repair[];
}

/**
 * Fills missing values so that windows can be read. A filled value stays unobserved: it may be an input, it is never scored.
 *
 * - 'refuse': every column with a gap is an error that names its first lines.
 * - 'last-value': the last value before the gap.
 * - 'linear': the straight line, over rows, between the neighbours of the gap. Such values were computed from a later row and are
 *   marked `interpolated`: a window whose origin lies inside such a gap would look past its origin, so it is left out.
 *   A gap at the end of a series has no later value and holds the last one.
 *
 * - 'keep': missing values stay missing.
 *
 * A gap at the start of a series has no earlier value: it stays missing, and windows that read it are left out.
 */
export function fillGaps(table: SeriesTable, filling: GapFilling, place: GapPlace): Result<SeriesTable> {
  const gaps = table.columns.map((_, column) => missingRows(table, column));
  if (gaps.every((rows) => rows.length === 0)) return succeed(table);
  const cells = table.seriesCount * table.steps;
  const diagnostics: Diagnostic[] = [];
  gaps.forEach((rows, column) => {
    if (rows.length === 0) return;
    const facts = { column: table.columns[column]!.name, source: place.source };
    if (rows.length === cells) {
      diagnostics.push(diagnose('column-without-values', placeOf(place, facts.column, rows), facts));
    } else if (filling === 'refuse') {
      const first = rows.slice(0, 3).map((row) => (place.lines === null ? (row % table.steps) + 1 : place.lines[row]!));
      const count = rows.length;
      const unit = place.lines === null ? ('row' as const) : ('line' as const);
      diagnostics.push(diagnose('missing-values', placeOf(place, facts.column, rows), { ...facts, count, first, unit }, place.repairs));
    }
  });
  if (diagnostics.length > 0) return fail(...diagnostics);
  return succeed(filling === 'keep' ? table : filled(table, filling === 'linear'));
}

function missingRows(table: SeriesTable, column: number): readonly number[] {
  const rows: number[] = [];
  const width = table.columns.length;
  for (let row = 0; row < table.seriesCount * table.steps; row += 1) {
    if (Number.isNaN(table.values[row * width + column]!)) rows.push(row);
  }
  return rows;
}

function placeOf(place: GapPlace, column: string, rows: readonly number[]): Where {
  if (place.where.kind !== 'file') return place.where;
  const line = place.lines?.[rows[0]!];
  return line === undefined ? { ...place.where, column } : { ...place.where, column, line };
}

function filled(table: SeriesTable, linear: boolean): SeriesTable {
  const values = table.values.slice();
  const interpolated = table.interpolated?.slice() ?? new Uint8Array(values.length);
  for (let series = 0; series < table.seriesCount; series += 1) {
    for (let column = 0; column < table.columns.length; column += 1) {
      let previous = -1;
      for (let step = 0; step < table.steps; step += 1) {
        const value = values[valueIndex(table, series, step, column)]!;
        if (Number.isNaN(value)) continue;
        if (previous >= 0 && step > previous + 1) fillBetween(series, column, previous, step, value);
        previous = step;
      }
      if (previous >= 0) fillBetween(series, column, previous, table.steps, null);
    }
  }
  return { ...table, values, interpolated: interpolated.includes(1) ? interpolated : null };

  function fillBetween(series: number, column: number, previous: number, next: number, nextValue: number | null): void {
    const from = values[valueIndex(table, series, previous, column)]!;
    for (let step = previous + 1; step < next; step += 1) {
      const position = valueIndex(table, series, step, column);
      const reachesAhead = linear && nextValue !== null;
      values[position] = reachesAhead ? from + ((nextValue - from) * (step - previous)) / (next - previous) : from;
      if (reachesAhead) interpolated[position] = 1;
    }
  }
}
