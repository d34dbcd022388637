/** Rows as text in columns: the first row is the head, a column whose cells are all numbers (or empty) is set flush right. */
export function layOutTable(rows: readonly (readonly string[])[]): readonly string[] {
  const columns = Math.max(0, ...rows.map((row) => row.length));
  const cellOf = (row: readonly string[], column: number): string => row[column] ?? '';
  const layout = Array.from({ length: columns }, (_, column) => ({
    width: Math.max(...rows.map((row) => cellOf(row, column).length)),
    flushRight: column > 0 && rows.slice(1).every((row) => /^(?:[-+−]?[\d,.]+(?:e[-+]?\d+)?(?: %)?|–)?$/.test(cellOf(row, column))),
  }));
  return rows.map((row) =>
    layout
      .map(({ width, flushRight }, column) => (flushRight ? cellOf(row, column).padStart(width) : cellOf(row, column).padEnd(width)))
      .join('  ')
      .trimEnd(),
  );
}
