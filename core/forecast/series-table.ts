import type { SeriesLabel } from './series-labels.ts';

export interface SeriesColumn {
  readonly name: string;
  /** The data's own unit, such as '°C'; null where none is known. */
  readonly unit: string | null;
}

/** When each row stands: counted, dated (UTC epoch milliseconds), or numbered (years). Strictly increasing. */
export type TimeIndex =
  | { readonly kind: 'step' }
  | { readonly kind: 'date'; readonly milliseconds: Float64Array; readonly name: string }
  | { readonly kind: 'number'; readonly values: Float64Array; readonly name: string };

/**
 * One or more series of equal length over the same named columns and the same time index, in the data's own units.
 * The arrays have shape [series, step, column], row-major.
 */
export interface SeriesTable {
  readonly columns: readonly SeriesColumn[];
  readonly seriesCount: number;
  readonly steps: number;
  /** NaN where missing. */
  readonly values: Float64Array;
  /** 1 = a value that stood in the data; 0 = missing, or filled. */
  readonly observed: Uint8Array;
  /** 1 = a filled value that was computed from a later row; null = there is none. */
  readonly interpolated: Uint8Array | null;
  readonly time: TimeIndex;
  /** What the data call each series; numbered where it is left out. */
  readonly seriesNames?: readonly string[];
  /** What is known of each series besides its columns; none where it is left out. */
  readonly labels?: readonly SeriesLabel[];
}

/** The position of a value in the arrays of a table. */
export function valueIndex(table: SeriesTable, series: number, step: number, column: number): number {
  return (series * table.steps + step) * table.columns.length + column;
}

/**
 * A table of values [series, step, column] as they stand in the data: NaN is a missing value.
 * Throws RangeError where the lengths disagree.
 */
export function observedTable(
  columns: readonly SeriesColumn[],
  seriesCount: number,
  steps: number,
  values: Float64Array,
  time: TimeIndex = { kind: 'step' },
): SeriesTable {
  if (values.length !== seriesCount * steps * columns.length) {
    throw new RangeError(`${values.length} values for (${seriesCount} series, ${steps} step, ${columns.length} column)`);
  }
  const rows = time.kind === 'date' ? time.milliseconds.length : time.kind === 'number' ? time.values.length : steps;
  if (rows !== steps) throw new RangeError(`a time index of ${rows} rows for ${steps} steps`);
  const observed = Uint8Array.from(values, (value) => (Number.isNaN(value) ? 0 : 1));
  return { columns, seriesCount, steps, values, observed, interpolated: null, time };
}

/** The same table with only the columns at these positions, in this order. Throws RangeError for a position it has not. */
export function selectColumns(table: SeriesTable, positions: readonly number[]): SeriesTable {
  const width = table.columns.length;
  const columns = positions.map((position) => {
    const column = table.columns[position];
    if (column === undefined) throw new RangeError(`column ${position} of a table of ${width} columns`);
    return column;
  });
  const rows = table.seriesCount * table.steps;
  const values = new Float64Array(rows * columns.length);
  const observed = new Uint8Array(values.length);
  const interpolated = table.interpolated === null ? null : new Uint8Array(values.length);
  for (let row = 0; row < rows; row += 1) {
    for (let position = 0; position < columns.length; position += 1) {
      const from = row * width + positions[position]!;
      const to = row * columns.length + position;
      values[to] = table.values[from]!;
      observed[to] = table.observed[from]!;
      if (interpolated !== null) interpolated[to] = table.interpolated![from]!;
    }
  }
  return { ...table, columns, values, observed, interpolated };
}
