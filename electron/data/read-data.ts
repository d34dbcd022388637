import type { Diagnostic } from '../../core/diagnostics/diagnostic.ts';
import { succeed } from '../../core/diagnostics/result.ts';
import type { Result } from '../../core/diagnostics/result.ts';
import { fillGaps } from '../../core/forecast/gaps.ts';
import { labelFacts } from '../../core/forecast/series-labels.ts';
import type { DataReference, GraphNode } from '../../core/graph/graph-document.ts';
import type { NodeId } from '../../core/graph/identifiers.ts';
import type { DataFacts } from '../../core/nodes/node-type.ts';
import { seriesNode } from '../../core/nodes/series.ts';
import { parseParameters, setParameter } from '../../core/params/parse-parameters.ts';
import type { LoadedSeries } from '../../engine/training/read-series.ts';
import type { DataReading } from '../ipc/data-messages.ts';
import type { LocatedDocument } from './data-tasks.ts';
import type { SeriesCache } from './series-cache.ts';

/** Reads the data of every Series node; what is wrong with one does not keep the others from being read. */
export async function readData(cache: SeriesCache, { document, directory }: LocatedDocument): Promise<Result<DataReading>> {
  const facts: Record<NodeId, DataFacts> = {};
  const references: DataReference[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const node of document.nodes.filter(({ type }) => type === seriesNode.type)) {
    const loaded = await cache.load(node, document, directory);
    if (!loaded.ok) {
      diagnostics.push(...loaded.diagnostics);
      continue;
    }
    if (loaded.value === null) continue;
    const { table, file } = loaded.value.series;
    facts[node.id] = { columns: table.columns.map(({ name }) => name), seriesCount: table.seriesCount, steps: table.steps, ...(table.labels !== undefined && { labels: labelFacts(table.labels) }) };
    diagnostics.push(...loaded.value.diagnostics, ...refusedGaps(node, loaded.value.series));
    if (file !== null) references.push(file);
  }
  return succeed({ facts, references, diagnostics });
}

/** Missing values that the node does not say how to fill: a training would refuse them, so they are said before. */
function refusedGaps(node: GraphNode, { table, source, lines }: LoadedSeries): readonly Diagnostic[] {
  const place = { node: node.id, label: node.label };
  const parameters = parseParameters(seriesNode.parameters, node.parameters, place);
  if (!parameters.ok) return [];
  const where = { kind: 'node', node: node.id, parameter: 'gaps' } as const;
  const repairs = [setParameter(place, 'gaps', 'linear'), setParameter(place, 'gaps', 'last-value')];
  const filled = fillGaps(table, parameters.value.gaps, { where, source, lines, repairs });
  return filled.ok ? [] : filled.diagnostics;
}
