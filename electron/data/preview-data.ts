import { createHash } from 'node:crypto';
import path from 'node:path';
import type { Diagnostic } from '../../core/diagnostics/diagnostic.ts';
import { succeed } from '../../core/diagnostics/result.ts';
import type { Result } from '../../core/diagnostics/result.ts';
import { namesCategories } from '../../core/forecast/series-labels.ts';
import type { FileDoor } from '../../engine/files/file-door.ts';
import { decodeText } from '../../formats/csv/decode-text.ts';
import { nameColumns } from '../../formats/csv/name-columns.ts';
import { parseCsv } from '../../formats/csv/parse-csv.ts';
import { readCell, usesDecimalComma } from '../../formats/csv/read-cell.ts';
import { splitCells } from '../../formats/csv/split-cells.ts';
import type { DataPreview, PreviewColumn } from '../ipc/data-messages.ts';

const largestFile = 256 << 20;
const shownRows = 20;
const longestCell = 100;

/** Reads a CSV file for a look: its columns, its first rows, and what would be wrong with using all numeric columns. */
export async function previewData(files: FileDoor, { file, name }: { readonly file: string; readonly name: string }): Promise<Result<DataPreview>> {
  const bytes = await files.read(file, largestFile);
  if (!bytes.ok) return bytes;
  const shownName = path.basename(file);
  const text = decodeText(bytes.value, shownName);
  if (!text.ok) return text;
  const cells = splitCells(text.value, shownName, undefined);
  if (!cells.ok) return cells;
  const named = nameColumns(cells.value, shownName);
  if (!named.ok) return named;
  const { names, rows } = named.value;
  const decimalComma = usesDecimalComma(rows, cells.value.delimiter);
  const whole = parseCsv(bytes.value, { file: shownName });
  const diagnostics: readonly Diagnostic[] = whole.ok ? whole.value.diagnostics : whole.diagnostics;
  return succeed({
    file: name,
    sha256: createHash('sha256').update(bytes.value).digest('hex'),
    name: shownName,
    bytes: bytes.value.length,
    delimiter: cells.value.delimiter,
    columns: names.map((column, position) => describeColumn(column, rows, position, decimalComma)),
    dateColumn: whole.ok ? whole.value.dateColumn : null,
    rows: rows.length,
    firstRows: rows.slice(0, shownRows).map((row) => row.map((cell) => cell.slice(0, longestCell))),
    diagnostics,
  });
}

function describeColumn(name: string, rows: readonly (readonly string[])[], position: number, decimalComma: boolean): PreviewColumn {
  const cells = rows.map((row) => ({ text: row[position]!.trim(), kind: readCell(row[position]!, decimalComma).kind }));
  const missing = cells.filter(({ kind }) => kind === 'missing').length;
  const hasWords = cells.some(({ kind }) => kind === 'text');
  const category = hasWords && namesCategories(cells.map(({ text, kind }) => (kind === 'missing' ? null : text)));
  return { name, numeric: !hasWords && missing < rows.length, category, missing };
}
