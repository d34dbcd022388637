/** One line of a chart, with places of its own. y: NaN is a gap. */
export interface ChartColumn {
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
}

/**
 * One x for all lines, ascending, and each line's y at it: a number, null where the line has a gap, undefined where only other
 * lines have a point (the line is drawn across). Each column's x must ascend.
 */
export type AlignedColumns = readonly [x: number[], ...y: (number | null | undefined)[][]];

/** Brings lines with different places together, as the chart library takes them. */
export function alignColumns(columns: readonly ChartColumn[]): AlignedColumns {
  const shared = placesOf(columns);
  return [shared, ...columns.map((column) => valuesAt(shared, column))];
}

/** Every place of any column once, ascending: merged, as a chart that follows a training needs it many times a second. */
function placesOf(columns: readonly ChartColumn[]): number[] {
  const places: number[] = [];
  const next = columns.map(() => 0);
  for (;;) {
    const least = columns.reduce((lowest, { x }, column) => Math.min(lowest, x[next[column]!] ?? Infinity), Infinity);
    if (least === Infinity) return places;
    places.push(least);
    columns.forEach(({ x }, column) => {
      while (x[next[column]!] === least) next[column]! += 1;
    });
  }
}

function valuesAt(shared: readonly number[], { x, y }: ChartColumn): (number | null | undefined)[] {
  let point = 0;
  return shared.map((place) => {
    if (point >= x.length || x[point] !== place) return undefined;
    const value = y[point]!;
    point += 1;
    return Number.isFinite(value) ? value : null;
  });
}

/** The values of every line, without x. */
export function linesOf(data: AlignedColumns): readonly (readonly (number | null | undefined)[])[] {
  return data.slice(1);
}
