import type { Diagnostic } from '../../core/diagnostics/diagnostic.ts';
import type { GraphEdit } from '../../core/graph/edit.ts';
import type { GraphDocument, GraphNode, NodePosition } from '../../core/graph/graph-document.ts';
import type { GapFilling } from '../../core/forecast/gaps.ts';
import type { NodeId } from '../../core/graph/identifiers.ts';
import type { NodeType } from '../../core/nodes/node-type.ts';
import type { DataPreview } from '../../electron/ipc/data-messages.ts';
import { fileEdits, newSeriesEdits } from '../state/data-edits.ts';

/** Which columns of a CSV file are read, and how. */
export interface CsvChoice {
  readonly columns: readonly string[];
  /** null: the one that was found, if any. */
  readonly dateColumn: string | null;
  /** The column that tells several series apart; null: one series. */
  readonly seriesColumn: string | null;
  /** Columns of words that name a category at each row. */
  readonly categoryColumns: readonly string[];
  readonly gaps: GapFilling;
}

/** What a Series node has chosen so far, or what to begin with: every numeric column, gaps refused. */
export function initialChoice(preview: DataPreview, node: GraphNode | null): CsvChoice {
  const numeric = numericColumns(preview);
  const { columns, dateColumn, seriesColumn, categoryColumns, gaps, file } = node?.parameters ?? {};
  const names = preview.columns.map(({ name }) => name);
  const kept = file === preview.file && Array.isArray(columns) ? numeric.filter((column) => columns.includes(column)) : [];
  return {
    columns: kept.length > 0 ? kept : numeric.filter((column) => column !== preview.dateColumn),
    dateColumn: file === preview.file && typeof dateColumn === 'string' && dateColumn !== '' ? dateColumn : null,
    seriesColumn: file === preview.file && typeof seriesColumn === 'string' && names.includes(seriesColumn) ? seriesColumn : null,
    categoryColumns: file === preview.file && Array.isArray(categoryColumns) ? names.filter((name) => categoryColumns.includes(name)) : [],
    gaps: gaps === 'last-value' || gaps === 'linear' || gaps === 'keep' ? gaps : 'refuse',
  };
}

function numericColumns({ columns }: Pick<DataPreview, 'columns'>): readonly string[] {
  return columns.filter(({ numeric }) => numeric).map(({ name }) => name);
}

/** The choice with a column in or out, in the order of the file: a numeric one among the values, one of words among the categories. */
export function toggleColumn(choice: CsvChoice, column: string, { columns }: Pick<DataPreview, 'columns'>): CsvChoice {
  const toggled = (names: readonly string[]): readonly string[] => {
    const chosen = names.includes(column) ? names.filter((name) => name !== column) : [...names, column];
    return columns.map(({ name }) => name).filter((name) => chosen.includes(name));
  };
  const isNumeric = columns.some(({ name, numeric }) => name === column && numeric);
  return isNumeric ? { ...choice, columns: toggled(choice.columns) } : { ...choice, categoryColumns: toggled(choice.categoryColumns) };
}

/** The choice with another date column, which is no longer read otherwise. */
export function chooseDateColumn(choice: CsvChoice, dateColumn: string | null): CsvChoice {
  return { ...withoutColumn(choice, dateColumn), dateColumn };
}

/** The choice with another column that tells several series apart, which is no longer read otherwise. */
export function chooseSeriesColumn(choice: CsvChoice, seriesColumn: string | null): CsvChoice {
  return { ...withoutColumn(choice, seriesColumn), seriesColumn };
}

function withoutColumn(choice: CsvChoice, used: string | null): CsvChoice {
  const others = (names: readonly string[]): readonly string[] => names.filter((name) => name !== used);
  return { ...choice, columns: others(choice.columns), categoryColumns: others(choice.categoryColumns) };
}

/** Missing values in the chosen columns. */
export function missingValues(choice: CsvChoice, { columns }: Pick<DataPreview, 'columns'>): number {
  return columns.filter(({ name }) => choice.columns.includes(name)).reduce((sum, { missing }) => sum + missing, 0);
}

/** What the file's reader had to say, less of columns that are read after all. */
export function remarksOn({ categoryColumns, dateColumn, seriesColumn }: CsvChoice, { diagnostics }: Pick<DataPreview, 'diagnostics'>): readonly Diagnostic[] {
  const read = [...categoryColumns, dateColumn, seriesColumn];
  return diagnostics.filter(({ code, where }) => code !== 'csv-column-left-out' || where.kind !== 'file' || !read.includes(where.column ?? null));
}

/** What keeps the choice from being taken, and what to do; null: nothing. */
export function choiceObstacle(choice: CsvChoice, preview: DataPreview): string | null {
  if (numericColumns(preview).length === 0) return `${preview.name} has no numeric column to forecast. Choose another file.`;
  if (choice.columns.length === 0) return 'Choose at least one column.';
  return null;
}

/** The edits that let this node (null: a new one, at the position or below all others) read the file as chosen; with the node. */
export function choiceEdits(
  document: GraphDocument,
  seriesType: NodeType,
  node: NodeId | null,
  preview: DataPreview,
  choice: CsvChoice,
  position: NodePosition | null = null,
): { readonly node: NodeId; readonly edits: readonly GraphEdit[] } {
  const lowest = Math.max(0, ...Object.values(document.layout).map(({ y }) => y + 160));
  const free = document.nodes.length === 0 ? { x: 0, y: 0 } : { x: 0, y: lowest };
  const reading = node === null ? newSeriesEdits(document, seriesType, preview, position ?? free) : { node, edits: fileEdits(node, preview, null) };
  const set = (parameter: string, value: string | readonly string[] | null): GraphEdit => ({ kind: 'set-parameter', node: reading.node, parameter, value });
  return {
    node: reading.node,
    edits: [
      ...reading.edits,
      set('columns', choice.columns),
      set('dateColumn', choice.dateColumn ?? ''),
      set('seriesColumn', choice.seriesColumn ?? ''),
      set('categoryColumns', choice.categoryColumns.length === 0 ? null : choice.categoryColumns),
      set('gaps', choice.gaps),
    ],
  };
}
