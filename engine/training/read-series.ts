import { createHash } from 'node:crypto';
import path from 'node:path';
import type { DataFactsByNode } from '../../core/check/graph-survey.ts';
import { diagnose } from '../../core/diagnostics/diagnose.ts';
import type { Diagnostic } from '../../core/diagnostics/diagnostic.ts';
import { fail, succeed } from '../../core/diagnostics/result.ts';
import type { Result } from '../../core/diagnostics/result.ts';
import { calendarLabels } from '../../core/forecast/calendar.ts';
import { labelFacts } from '../../core/forecast/series-labels.ts';
import type { SeriesTable } from '../../core/forecast/series-table.ts';
import { generateWaves } from '../../core/forecast/wave-generator.ts';
import type { GraphDocument, GraphNode } from '../../core/graph/graph-document.ts';
import type { NodeId } from '../../core/graph/identifiers.ts';
import type { DataFacts } from '../../core/nodes/node-type.ts';
import { mostGeneratedValues, seriesNode } from '../../core/nodes/series.ts';
import { parseParameters } from '../../core/params/parse-parameters.ts';
import type { TableLayout } from '../../core/export/exportable-model.ts';
import type { FileDoor } from '../files/file-door.ts';

/** Which columns of a CSV file are wanted: null, all numeric ones; a date column of null is looked for. */
export interface CsvChoice {
  readonly columns: readonly string[] | null;
  readonly dateColumn: string | null;
  /** The column that tells several series apart; null: one series. */
  readonly seriesColumn: string | null;
  /** Columns that name a category at each row; left out: none. */
  readonly categoryColumns?: readonly string[];
  /** Whether dates give the categories month and day of week. */
  readonly calendar?: boolean;
}

export interface ParsedSeries {
  readonly table: SeriesTable;
  /** The file's line (from 1) of each row. */
  readonly lines: ArrayLike<number>;
  readonly layout: TableLayout;
  /** Warnings and notes. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Makes series of a CSV file's bytes. The engine knows no file formats: its host brings this. */
export type CsvReader = (bytes: Uint8Array, file: string, choice: CsvChoice) => Result<ParsedSeries>;

export interface DataAccess {
  readonly files: FileDoor;
  readonly readCsv: CsvReader;
}

/** A file that was read, as the document names it, and what it held. */
export interface DataFile {
  readonly node: NodeId;
  readonly file: string;
  readonly sha256: string;
}

/** What a Series node gives, in the data's unit, gaps still open. */
export interface LoadedSeries {
  readonly node: NodeId;
  readonly label: string;
  readonly table: SeriesTable;
  /** What messages call the data. */
  readonly source: string;
  readonly lines: ArrayLike<number> | null;
  readonly file: DataFile | null;
}

export interface LoadedData {
  readonly series: ReadonlyMap<NodeId, LoadedSeries>;
  /** What checks and compilation need to know. */
  readonly facts: DataFactsByNode;
  readonly diagnostics: readonly Diagnostic[];
}

export const largestDataFile = 256 << 20;

/**
 * Reads the data of every Series node of a document: generates it, or reads its file (relative to the project). A node
 * whose parameters or file are not chosen yet is passed over: checks name that. A file that is not what the document
 * last saw is warned of.
 */
export async function readDocumentData(document: GraphDocument, projectDirectory: string, access: DataAccess): Promise<Result<LoadedData>> {
  const series = new Map<NodeId, LoadedSeries>();
  const diagnostics: Diagnostic[] = [];
  let failed = false;
  for (const node of document.nodes.filter(({ type }) => type === seriesNode.type)) {
    const loaded = await readNode(node, document, projectDirectory, access);
    if (loaded === null) continue;
    diagnostics.push(...(loaded.ok ? loaded.value.diagnostics : loaded.diagnostics));
    if (loaded.ok) series.set(node.id, loaded.value.series);
    else failed = true;
  }
  if (failed) return fail(...diagnostics);
  const facts: DataFactsByNode = Object.fromEntries([...series].map(([node, { table }]) => [node, factsOf(table)]));
  return succeed({ series, facts, diagnostics });
}

/** Reads one CSV file. `name` is what messages and the record call it. */
export async function readSeriesFile(
  file: string,
  name: string,
  choice: CsvChoice,
  access: DataAccess,
): Promise<Result<ParsedSeries & { readonly sha256: string }>> {
  const bytes = await access.files.read(file, largestDataFile);
  if (!bytes.ok) return bytes;
  const parsed = access.readCsv(bytes.value, name, choice);
  if (!parsed.ok) return parsed;
  const { table } = parsed.value;
  const dated = choice.calendar === true ? { ...table, labels: [...(table.labels ?? []), ...calendarLabels(table)] } : table;
  return succeed({ ...parsed.value, table: dated, sha256: createHash('sha256').update(bytes.value).digest('hex') });
}

async function readNode(
  node: GraphNode,
  document: GraphDocument,
  projectDirectory: string,
  access: DataAccess,
): Promise<Result<{ series: LoadedSeries; diagnostics: readonly Diagnostic[] }> | null> {
  const parsed = parseParameters(seriesNode.parameters, node.parameters, { node: node.id, label: node.label });
  if (!parsed.ok) return null;
  const { source, seed, series, steps, noise, file, columns, dateColumn, seriesColumn, categoryColumns, calendar } = parsed.value;
  if (source === 'generator') {
    // More is refused by the checks, with the place; nothing that large is made before them.
    if (series * steps > mostGeneratedValues) return null;
    const table = generateWaves({ seed, series, steps, noise });
    return succeed({ series: { node: node.id, label: node.label, table, source: node.label, lines: null, file: null }, diagnostics: [] });
  }
  if (file === '') return null;
  const choice = { columns, dateColumn: dateColumn === '' ? null : dateColumn, seriesColumn: seriesColumn === '' ? null : seriesColumn, categoryColumns: categoryColumns ?? [], calendar };
  const read = await readSeriesFile(path.resolve(projectDirectory, file), file, choice, access);
  if (!read.ok) return read;
  const { table, lines, sha256 } = read.value;
  const known = document.data.find((reference) => reference.node === node.id && reference.file === file);
  const changed =
    known === undefined || known.sha256 === sha256
      ? []
      : [diagnose('data-changed', { kind: 'node', node: node.id, parameter: 'file' }, { node: node.label, file })];
  return succeed({
    series: { node: node.id, label: node.label, table, source: file, lines, file: { node: node.id, file, sha256 } },
    diagnostics: [...read.value.diagnostics, ...changed],
  });
}

function factsOf(table: SeriesTable): DataFacts {
  return { columns: table.columns.map(({ name }) => name), seriesCount: table.seriesCount, steps: table.steps, ...(table.labels !== undefined && { labels: labelFacts(table.labels) }) };
}
