import Papa from 'papaparse';

/** Rows as CSV text: ',' between cells, '\n' after every row, quotes where a cell needs them, null as an empty cell. */
export function writeCsv(rows: readonly (readonly (string | number | null)[])[]): string {
  return rows.length === 0 ? '' : `${Papa.unparse(rows as (string | number | null)[][], { newline: '\n' })}\n`;
}
