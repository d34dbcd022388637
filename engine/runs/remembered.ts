import type { DataFactsByNode } from '../../core/check/graph-survey.ts';
import { seriesNode } from '../../core/nodes/series.ts';
import type { Scaling } from '../training/dataset.ts';
import type { StoredRun } from './run-directory.ts';

/** What the data were like when a run was trained: they need not be there any more. */
export function rememberedFacts({ document, record }: StoredRun): DataFactsByNode {
  const facts = { columns: record.columns, seriesCount: record.series.count, steps: record.series.steps, labels: record.labels ?? [] };
  return Object.fromEntries(document.nodes.filter(({ type }) => type === seriesNode.type).map(({ id }) => [id, facts]));
}

/** How a run scaled its numbers. */
export function rememberedScaling({ record: { scaler, labels } }: Pick<StoredRun, 'record'>): Scaling {
  return {
    scaler,
    labels: new Map((labels ?? []).flatMap(({ name, scale }) => (scale === undefined ? [] : [[name, scale]]))),
    classes: new Map((labels ?? []).flatMap(({ name, classes }) => (classes === null ? [] : [[name, classes]]))),
  };
}
