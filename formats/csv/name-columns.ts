import { diagnose } from '../../core/diagnostics/diagnose.ts';
import { fail, succeed, type Result } from '../../core/diagnostics/result.ts';
import { formatOfDate } from './date-formats.ts';
import { readCell, usesDecimalComma } from './read-cell.ts';
import type { Cells } from './split-cells.ts';

export interface NamedCells {
  readonly names: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly lines: readonly number[];
}

/**
 * Takes the first line as names where it is one; otherwise, and where a name is empty, columns are named 'column 1', 'column 2', …
 * Errors: names without rows below them, a name that occurs twice.
 */
export function nameColumns({ rows, lines, delimiter }: Cells, file: string): Result<NamedCells> {
  const hasHeader = isHeader(rows, delimiter);
  const first = rows[0] ?? [];
  const names = first.map((cell, position) => (hasHeader && cell.trim() !== '' ? cell.trim() : `column ${position + 1}`));
  const where = { kind: 'file', file } as const;
  if (hasHeader && rows.length === 1) return fail(diagnose('csv-header-only', where, { source: file, columns: names }));
  const repeated = names.find((name, position) => names.indexOf(name) < position);
  if (repeated !== undefined) {
    const positions = names.flatMap((name, position) => (name === repeated ? [position + 1] : []));
    return fail(diagnose('csv-duplicate-column', { ...where, line: 1, column: repeated }, { source: file, name: repeated, positions }));
  }
  return succeed(hasHeader ? { names, rows: rows.slice(1), lines: lines.slice(1) } : { names, rows, lines });
}

/** Names are not numbers; a first line of words and numbers is one of names if a word there stands over numbers or dates. */
function isHeader(rows: readonly (readonly string[])[], delimiter: string): boolean {
  const [first = [], second = []] = rows;
  const decimalComma = usesDecimalComma(rows, delimiter);
  const isText = (cell: string): boolean => readCell(cell, decimalComma).kind === 'text' && formatOfDate(cell) === null;
  const isValue = (cell: string): boolean => readCell(cell, decimalComma).kind === 'number' || formatOfDate(cell) !== null;
  if (!first.some(isValue)) return first.some(isText);
  return first.some((cell, position) => isText(cell) && isValue(second[position] ?? ''));
}
