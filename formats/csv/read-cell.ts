export type Cell =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'missing' }
  | { readonly kind: 'infinite' }
  | { readonly kind: 'text' };

const missingWords = new Set(['', 'na', 'n/a', 'nan', 'null']);
const withPoint = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const withComma = /^[+-]?(\d+,?\d*|,\d+)(e[+-]?\d+)?$/i;
const infinity = /^[+-]?inf(inity)?$/i;

const missing: Cell = { kind: 'missing' };
const infinite: Cell = { kind: 'infinite' };
const plainText: Cell = { kind: 'text' };

/** What a cell holds. With a decimal comma a point is no number: '1.234' could be either of two. */
export function readCell(text: string, decimalComma: boolean): Cell {
  const trimmed = text.trim();
  if (missingWords.has(trimmed.toLowerCase())) return missing;
  if (infinity.test(trimmed)) return infinite;
  if (!(decimalComma ? withComma : withPoint).test(trimmed)) return plainText;
  const value = Number(decimalComma ? trimmed.replace(',', '.') : trimmed);
  return Number.isFinite(value) ? { kind: 'number', value } : infinite;
}

/** Files with ';' between cells write decimals with a comma where any cell does. */
export function usesDecimalComma(rows: readonly (readonly string[])[], delimiter: string): boolean {
  return delimiter === ';' && rows.some((cells) => cells.some((cell) => cell.includes(',') && withComma.test(cell.trim())));
}
