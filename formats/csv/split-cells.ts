import Papa from 'papaparse';
import { diagnose } from '../../core/diagnostics/diagnose.ts';
import { fail, succeed, type Result } from '../../core/diagnostics/result.ts';
import { formatOfDate } from './date-formats.ts';
import { readCell, usesDecimalComma } from './read-cell.ts';

export interface Cells {
  /** Rows of equally many cells; blank lines are left out (in a file of one column only those at the end). */
  readonly rows: readonly (readonly string[])[];
  /** The line of the file, counted from 1, on which each row begins. */
  readonly lines: readonly number[];
  readonly delimiter: string;
}

const delimiters = [',', ';', '\t', '|', ' '];
const rowsForDetection = 100;

/**
 * Splits text (line ends '\n') into cells; the delimiter is detected where none is given.
 * Errors: quotation marks that do not close, rows of unequal length.
 */
export function splitCells(text: string, file: string, givenDelimiter: string | undefined): Result<Cells> {
  const delimiter = givenDelimiter ?? detectDelimiter(text);
  const parsed = Papa.parse<string[]>(text, { delimiter, newline: '\n' });
  const lines = linesOf(parsed.data);
  const quotes = parsed.errors.find(({ type }) => type === 'Quotes');
  if (quotes !== undefined) {
    const line = lines[quotes.row ?? 0] ?? 1;
    return fail(diagnose('csv-quotes', { kind: 'file', file, line }, { source: file, line }));
  }
  const all = parsed.data.map((cells, position) => ({ cells, line: lines[position]! }));
  while (all.length > 0 && isBlank(all.at(-1)!.cells)) all.pop();
  const kept = all.some(({ cells }) => cells.length > 1) ? all.filter(({ cells }) => !isBlank(cells)) : all;
  const expected = kept[0]?.cells.length ?? 0;
  const [first, ...further] = kept.filter(({ cells }) => cells.length !== expected);
  if (first !== undefined) {
    const facts = { source: file, line: first.line, expected, found: first.cells.length, further: further.map(({ line }) => line) };
    return fail(diagnose('csv-ragged-rows', { kind: 'file', file, line: first.line }, facts));
  }
  return succeed({ rows: kept.map(({ cells }) => cells), lines: kept.map(({ line }) => line), delimiter });
}

/** The delimiter that gives rows of equal length whose cells read as numbers and dates; ',' where none divides the lines. */
function detectDelimiter(text: string): string {
  let best = ',';
  let bestScore = 0;
  for (const delimiter of delimiters) {
    const rows = Papa.parse<string[]>(text, { delimiter, newline: '\n', preview: rowsForDetection }).data.filter((cells) => !isBlank(cells));
    const counts = new Map<number, number>();
    for (const { length } of rows) counts.set(length, (counts.get(length) ?? 0) + 1);
    const [width, share] = [...counts].reduce((most, entry) => (entry[1] > most[1] ? entry : most), [0, 0]);
    if (width < 2) continue;
    // The number of cells only decides between delimiters that do equally well.
    const score = share / rows.length + understoodShare(rows.slice(1), delimiter) + Math.min(width, 1000) * 1e-6;
    if (score > bestScore) {
      best = delimiter;
      bestScore = score;
    }
  }
  return best;
}

function understoodShare(rows: readonly (readonly string[])[], delimiter: string): number {
  const decimalComma = usesDecimalComma(rows, delimiter);
  const cells = rows.flat();
  const understood = cells.filter((cell) => readCell(cell, decimalComma).kind !== 'text' || formatOfDate(cell) !== null);
  return cells.length === 0 ? 0 : understood.length / cells.length;
}

function isBlank(cells: readonly string[]): boolean {
  return cells.length === 1 && cells[0]!.trim() === '';
}

/** A quoted cell may hold line breaks, so a row can take several lines. */
function linesOf(rows: readonly (readonly string[])[]): readonly number[] {
  let line = 1;
  return rows.map((cells) => {
    const start = line;
    line += 1 + cells.reduce((breaks, cell) => breaks + cell.split('\n').length - 1, 0);
    return start;
  });
}
