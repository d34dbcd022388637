import { countOf, listOf, printCount, quote } from './phrases.ts';
import { text } from './text-table.ts';

interface Source {
  /** The name of the file or node that the data came from. */
  readonly source: string;
}

interface ColumnOfSource extends Source {
  readonly column: string;
}

interface SeriesLength {
  readonly window: number;
  readonly horizon: number;
  /** Rows of each series. */
  readonly steps: number;
}

interface PartWithoutWindows {
  readonly window: number;
  readonly horizon: number;
  readonly by: 'time' | 'series';
  /** Half-open range of rows or series of the part, from 0. */
  readonly start: number;
  readonly end: number;
  readonly seriesCount: number;
  /** Windows that the part would hold, had none been left out for another reason than the border. */
  readonly leftOut: string;
  /** For want of a season before their origin, and of nothing else. */
  readonly lacksSeason: boolean;
}

const missingSpellings = 'a missing value is written as an empty cell, NA, NaN or null';

/** What can be wrong with series, windows and data files. */
export const dataTexts = {
  'csv-not-utf-8': text<Source & { readonly byte: number; readonly line: number; readonly utf16: boolean }>('error', ({ source, byte, line, utf16 }) =>
    utf16
      ? `${source} is encoded in UTF-16; UTF-8 was expected. Save the file as UTF-8.`
      : `${source} is not UTF-8: byte ${byte} of the file, on line ${line}, begins no UTF-8 character. Save the file as UTF-8.`),
  'csv-empty': text<Source & { readonly bytes: number }>('error', ({ source, bytes }) =>
    `${source} is empty (${countOf(bytes, 'byte')}${bytes > 0 ? ' of white space' : ''}): a line of column names and one line a time step were expected. Choose a file that holds a series.`),
  'csv-header-only': text<Source & { readonly columns: readonly string[] }>('error', ({ source, columns }) =>
    `${source} has column names (${listed(columns)}) but no rows: one line a time step was expected below them.`),
  'csv-quotes': text<Source & { readonly line: number }>('error', ({ source, line }) =>
    `Line ${line} of ${source} opens a quotation mark that is not closed rightly. Close it, or double a quotation mark inside a quoted cell.`),
  'csv-ragged-rows': text<Source & { readonly line: number; readonly expected: number; readonly found: number; readonly further: readonly number[] }>(
    'error',
    ({ source, line, expected, found, further }) =>
      `Line ${line} of ${source} has ${countOf(found, 'cell')}, ${expected} were expected as on the first line.${furtherLines(further)} Correct the lines, or quote cells that hold the delimiter.`,
  ),
  'csv-duplicate-column': text<Source & { readonly name: string; readonly positions: readonly number[] }>('error', ({ source, name, positions }) =>
    `${source} names ${positions.length} columns ${quote(name)} (columns ${listOf(positions.map(String))}). Give every column a name of its own.`),
  'csv-unknown-column': text<ColumnOfSource & { readonly columns: readonly string[]; readonly nearest: string | undefined }>('error', ({ source, column, columns, nearest }) =>
    `${source} has no column ${quote(column)}; it has ${listed(columns)}. ${nearest === undefined ? 'Choose one of these.' : `Did you mean ${quote(nearest)}?`}`),
  'csv-repeated-choice': text<ColumnOfSource>('error', ({ column, source }) =>
    `Column ${quote(column)} of ${source} is chosen more than once. Name every column once.`),
  'csv-column-not-numeric': text<ColumnOfSource & { readonly line: number; readonly found: string }>('error', ({ source, column, line, found }) =>
    `Column ${quote(column)} of ${source} is not numeric: line ${line} holds ${quote(found)}, a number was expected. Choose another column, or correct the cell (${missingSpellings}).`),
  'csv-not-a-category': text<ColumnOfSource & { readonly count: number }>('error', ({ source, column, count }) =>
    count === 0
      ? `Column ${quote(column)} of ${source} names no category: every cell is empty. Choose another category column.`
      : `Column ${quote(column)} of ${source} has ${printCount(count)} different values, too many to be categories: at most 100 are. Choose another category column.`),
  'category-missing': text<ColumnOfSource & { readonly count: number; readonly row: number; readonly unit: 'line' | 'row' }>('error', ({ source, column, count, row, unit }) =>
    `Column ${quote(column)} of ${source} names no category in ${countOf(count, 'row')}, first in ${unit} ${row}: an Embedding reads one at every time step. Fill it in.`),
  'category-unknown': text<ColumnOfSource & { readonly found: string; readonly row: number; readonly unit: 'line' | 'row'; readonly known: readonly string[] }>('error', ({ source, column, found, row, unit, known }) =>
    `Column ${quote(column)} of ${source} names ${quote(found)} in ${unit} ${row}, which is none of the ${countOf(known.length, 'category', 'categories')} that the run was trained with: ${listed(known)}. Correct the cell, or train with data that has it.`),
  'category-untrained': text<{ readonly column: string; readonly names: readonly string[] }>('warning', ({ column, names }) =>
    `${listed(names)} of ${quote(column)} ${names.length === 1 ? 'occurs' : 'occur'} in the data but never in the training part: nothing is learned of ${names.length === 1 ? 'it, and its vector stays as it was' : 'them, and their vectors stay as they were'} drawn. Enlarge the training share, split by series, or join rare categories.`),
  'csv-column-empty': text<ColumnOfSource>('error', ({ source, column }) =>
    `Column ${quote(column)} of ${source} holds no value: numbers were expected. Choose another column.`),
  'csv-infinite-value': text<ColumnOfSource & { readonly line: number; readonly found: string }>('error', ({ source, column, line, found }) =>
    `Column ${quote(column)} of ${source} holds ${quote(found)} on line ${line}: a finite number was expected. Correct the cell, or leave it empty if the value is missing.`),
  'csv-no-numeric-column': text<Source & { readonly columns: readonly string[] }>('error', ({ source, columns }) =>
    `${source} has no numeric column to forecast (columns: ${listed(columns)}). If numbers have a decimal comma, the delimiter must be ";".`),
  'csv-column-left-out': text<ColumnOfSource & { readonly line: number; readonly found: string; readonly namesCategories: boolean }>('note', ({ source, column, line, found, namesCategories }) =>
    `Column ${quote(column)} of ${source} is not read among the numbers: line ${line} holds ${quote(found)}.${namesCategories ? ' It can be chosen as a category.' : ''}`),
  'csv-series-missing': text<ColumnOfSource & { readonly line: number }>('error', ({ source, column, line }) =>
    `Line ${line} of ${source} names no series in its column ${quote(column)}: every row belongs to one. Fill the cell.`),
  'csv-series-uneven': text<ColumnOfSource & { readonly first: string; readonly firstRows: number; readonly second: string; readonly secondRows: number }>(
    'error',
    ({ source, column, first, firstRows, second, secondRows }) =>
      `The series of ${source}, told apart by ${quote(column)}, are not equally long: ${quote(first)} has ${countOf(firstRows, 'row')}, ${quote(second)} has ${secondRows}. Cut them to one length, or fill the missing rows with empty cells.`,
  ),
  'csv-dates-differ': text<ColumnOfSource>('note', ({ source, column }) =>
    `The series of ${source} have different dates in ${quote(column)}: their rows are counted instead.`),
  'csv-date-not-read': text<ColumnOfSource & { readonly line: number; readonly found: string }>('error', ({ source, column, line, found }) =>
    `Line ${line} of ${source}: ${quote(found)} in date column ${quote(column)} is not a date like the others. Write dates as YYYY-MM-DD, or choose another date column.`),
  'csv-date-ambiguous': text<ColumnOfSource & { readonly line: number; readonly found: string }>('error', ({ source, column, line, found }) =>
    `Date column ${quote(column)} of ${source} can be read with the day first or the month first (line ${line} holds ${quote(found)}), and no row decides it. Write dates as YYYY-MM-DD.`),
  'csv-dates-not-increasing': text<ColumnOfSource & { readonly line: number; readonly found: string; readonly previousLine: number; readonly previous: string }>(
    'error',
    ({ source, column, line, found, previousLine, previous }) =>
      `Line ${line} of ${source}: ${quote(found)} in date column ${quote(column)} does not come after ${quote(previous)} on line ${previousLine}. Sort the rows by date, oldest first, and keep one row a date.`,
  ),
  'csv-dates-irregular': text<ColumnOfSource & { readonly line: number; readonly count: number }>('warning', ({ source, column, line, count }) =>
    `The dates in column ${quote(column)} of ${source} are not evenly spaced in ${countOf(count, 'place')} (first before line ${line}); rows are taken as equal time steps. Insert the missing dates with empty cells to keep time even.`),

  'missing-values': text<ColumnOfSource & { readonly count: number; readonly first: readonly number[]; readonly unit: 'line' | 'row' }>(
    'error',
    ({ source, column, count, first, unit }) =>
      `Column ${quote(column)} of ${source} has ${countOf(count, 'missing value')} (${unit}${count > 1 ? 's' : ''} ${count > first.length ? `${first.join(', ')} and ${printCount(count - first.length)} more` : listOf(first.map(String))}). Choose how gaps are filled: "last value" or "linear"; filled values are never scored.`,
  ),
  'column-without-values': text<ColumnOfSource>('error', ({ source, column }) =>
    `Column ${quote(column)} of ${source} holds no value at all, so its gaps cannot be filled. Choose another column.`),

  'split-shares': text<{ readonly trainingShare: number; readonly validationShare: number }>('error', ({ trainingShare, validationShare }) =>
    `A training share of ${trainingShare} and a validation share of ${validationShare} cannot be: the training share must be above 0, the validation share at least 0, and together they may be at most 1 (the test part gets the rest).`),
  'no-training-values': text<{ readonly column: string }>('error', ({ column }) =>
    `Column ${quote(column)} has no observed value in the training part to fit the scale on. Enlarge the training share, or choose another column.`),
  'constant-column': text<{ readonly column: string; readonly value: number }>('warning', ({ column, value }) =>
    `Column ${quote(column)} is constant in the training part (always ${value}): it is only shifted, not scaled, and tells the model nothing.`),
  'values-too-large': text<{ readonly column: string; readonly lowest: number; readonly highest: number }>('error', ({ column, lowest, highest }) =>
    `Column ${quote(column)} ranges from ${lowest} to ${highest} in the training part, too wide for arithmetic. Divide the column by a power of ten.`),

  'horizon-longer-than-series': text<SeriesLength>('error', ({ window, horizon, steps }) =>
    `The horizon is ${countOf(horizon, 'step')}, but a series has only ${countOf(steps, 'step')}: nothing is left to forecast from. Set the horizon to at most ${Math.max(1, steps - window)}${steps > window ? ` (with a window of ${window})` : ' and shorten the window'}.`),
  'window-too-long': text<SeriesLength>('error', ({ window, horizon, steps }) =>
    `A window of ${countOf(window, 'step')} and a horizon of ${horizon} need series of at least ${window + horizon} steps; a series has ${steps}. ${steps > horizon ? `Set the window to at most ${steps - horizon}.` : 'Shorten both.'}`),
  'training-part-without-windows': text<PartWithoutWindows>('error', (facts) => withoutWindows('training', facts)),
  'validation-part-without-windows': text<PartWithoutWindows>('error', (facts) => withoutWindows('validation', facts)),
  'test-part-without-windows': text<PartWithoutWindows>('warning', (facts) => withoutWindows('test', facts)),
  'windows-left-out': text<{ readonly leftOut: number; readonly of: number; readonly reasons: string }>('note', ({ leftOut, of, reasons }) =>
    `${printCount(leftOut)} of ${countOf(of, 'window')} are left out: ${reasons}.`),

  'linear-baseline-too-large': text<{ readonly features: number; readonly limit: number }>('warning', ({ features, limit }) =>
    `The linear baseline is left out: its window holds ${printCount(features)} numbers, at most ${printCount(limit)} are solved in closed form. Shorten the window to have it.`),
} as const;

function withoutWindows(part: string, { window, horizon, by, start, end, seriesCount, leftOut, lacksSeason }: PartWithoutWindows): string {
  const count = end - start;
  const place = count === 0 ? `no ${by === 'time' ? 'rows' : 'series'}` : by === 'time' ? `rows ${start + 1} to ${end}` : `series ${start + 1} to ${end}`;
  const opening = `The ${part} part (${place}) holds no window of ${countOf(window, 'step')} with its horizon of ${horizon}`;
  if (leftOut !== '' && lacksSeason) return `${opening}: ${leftOut}. Shorten the season of the Series or take it away, or enlarge the parts before.`;
  if (leftOut !== '') return `${opening}: ${leftOut}. Change how gaps are filled, or enlarge the part.`;
  if (by === 'series') return `${opening}. ${seriesCount === 1 ? 'There is one series only: split by time.' : 'Enlarge its share.'}`;
  return `${opening}. Shorten the horizon${part === 'training' ? ' or the window' : ''}, or enlarge its share.`;
}

function listed(names: readonly string[]): string {
  return shortened(names.map((name) => quote(name)), 8);
}

/** The first few of a list, and how many more there are. */
function shortened(words: readonly string[], shown: number): string {
  return words.length > shown ? `${words.slice(0, shown).join(', ')} and ${printCount(words.length - shown)} more` : listOf(words);
}

function furtherLines(lines: readonly number[]): string {
  return lines.length === 0 ? '' : ` Line${lines.length === 1 ? '' : 's'} ${shortened(lines.map(String), 3)} ${lines.length === 1 ? 'differs' : 'differ'} too.`;
}
