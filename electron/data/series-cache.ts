import { stat } from 'node:fs/promises';
import path from 'node:path';
import { diagnose } from '../../core/diagnostics/diagnose.ts';
import type { Diagnostic } from '../../core/diagnostics/diagnostic.ts';
import { fail, succeed } from '../../core/diagnostics/result.ts';
import type { Result } from '../../core/diagnostics/result.ts';
import type { GraphDocument, GraphNode } from '../../core/graph/graph-document.ts';
import { readDocumentData } from '../../engine/training/read-series.ts';
import type { DataAccess, LoadedSeries } from '../../engine/training/read-series.ts';
import { fileOf } from '../projects/data-files.ts';

const mostEntries = 8;

export interface CachedSeries {
  readonly series: LoadedSeries;
  readonly diagnostics: readonly Diagnostic[];
}

/** Series of nodes, read again only when their parameters or their file have changed. */
export interface SeriesCache {
  /** null: a node whose file is not chosen yet, or whose parameters are wrong, which the checks say. */
  readonly load: (node: GraphNode, document: GraphDocument, directory: string) => Promise<Result<CachedSeries | null>>;
}

export function createSeriesCache(access: DataAccess): SeriesCache {
  const entries = new Map<string, Promise<Result<CachedSeries | null>>>();
  return {
    load: async (node, document, directory) => {
      const key = `${node.id} ${directory} ${JSON.stringify([node.label, node.parameters, document.data])} ${await fileFacts(node, directory)}`;
      const found = entries.get(key) ?? loadNode(node, document, directory, access);
      entries.delete(key);
      entries.set(key, found);
      for (const oldest of [...entries.keys()].slice(0, Math.max(0, entries.size - mostEntries))) entries.delete(oldest);
      return found;
    },
  };
}

async function loadNode(node: GraphNode, document: GraphDocument, directory: string, access: DataAccess): Promise<Result<CachedSeries | null>> {
  const loaded = await readDocumentData({ ...document, nodes: [node] }, directory, access);
  if (!loaded.ok) return fail(...loaded.diagnostics.map((diagnostic) => atNode(diagnostic, node)));
  const series = loaded.value.series.get(node.id);
  return succeed(series === undefined ? null : { series, diagnostics: loaded.value.diagnostics });
}

/** A file that is gone is a fault of the node that names it: there it can be found again. */
function atNode(diagnostic: Diagnostic, node: GraphNode): Diagnostic {
  if (diagnostic.code !== 'file-missing') return diagnostic;
  return diagnose('data-moved', { kind: 'node', node: node.id, parameter: 'file' }, { label: node.label, file: fileOf(node) ?? '' });
}

async function fileFacts(node: GraphNode, directory: string): Promise<string> {
  const file = fileOf(node);
  if (file === null) return '';
  try {
    const { size, mtimeMs } = await stat(path.resolve(directory, file));
    return `${size} ${mtimeMs}`;
  } catch {
    return 'none';
  }
}
