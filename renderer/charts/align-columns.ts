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

/** Brings lines with different places together, as the chart library takes them: merged, in one pass, as a chart that follows a training needs it again and again. */
export function alignColumns(columns: readonly ChartColumn[]): AlignedColumns {
  const places: number[] = [];
  const values = columns.map((): (number | null | undefined)[] => []);
  const next = columns.map(() => 0);
  for (;;) {
    let least = Infinity;
    for (let column = 0; column < columns.length; column += 1) least = Math.min(least, columns[column]!.x[next[column]!] ?? Infinity);
    if (least === Infinity) return [places, ...values];
    places.push(least);
    for (let column = 0; column < columns.length; column += 1) values[column]!.push(take(column, least));
  }

  function take(column: number, place: number): number | null | undefined {
    const { x, y } = columns[column]!;
    let point = next[column]!;
    if (x[point] !== place) return undefined;
    const value = y[point]!;
    do point += 1;
    while (x[point] === place);
    next[column] = point;
    return Number.isFinite(value) ? value : null;
  }
}

/** The values of every line, without x. */
export function linesOf(data: AlignedColumns): readonly (readonly (number | null | undefined)[])[] {
  return data.slice(1);
}
