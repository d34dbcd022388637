import type { SeriesTable } from '../../core/forecast/series-table.ts';
import type { SplitSettings } from '../../core/forecast/split.ts';
import type { WindowSettings } from '../../core/forecast/windows.ts';
import type { GraphDocument, GraphNode } from '../../core/graph/graph-document.ts';
import type { NodeId } from '../../core/graph/identifiers.ts';
import { classifyNode } from '../../core/nodes/classify.ts';
import { forecastNode } from '../../core/nodes/forecast.ts';
import { imputeNode } from '../../core/nodes/impute.ts';
import { reconstructNode } from '../../core/nodes/reconstruct.ts';
import { regressNode } from '../../core/nodes/regress.ts';
import { seriesNode } from '../../core/nodes/series.ts';
import { windowNode } from '../../core/nodes/window.ts';
import { parseParameters } from '../../core/params/parse-parameters.ts';
import type { GapFilling } from '../../core/forecast/gaps.ts';

/** How samples are cut from a Series node's data, whatever the layers between are like. */
export interface SamplePlan {
  readonly windowNode: NodeId;
  readonly split: SplitSettings;
  readonly settings: WindowSettings;
  readonly gaps: GapFilling;
  readonly season: number | null;
}

const windowTargets: readonly string[] = [classifyNode.type, regressNode.type, imputeNode.type, reconstructNode.type];

/**
 * What the graph says of samples: its Window node that the Series node leads to, and its target. Layers may still be missing
 * or wrong. null: there is no sound Window node; without a target the horizon is one step of every column.
 */
export function findSamplePlan(document: GraphDocument, series: NodeId, table: SeriesTable): SamplePlan | null {
  const seriesOf = parsed(document.nodes.find(({ id }) => id === series), seriesNode.parameters);
  const node = document.nodes.find((candidate) => candidate.type === windowNode.type && leadsTo(document, series, candidate.id));
  const window = parsed(node, windowNode.parameters);
  if (node === undefined || window === null || seriesOf === null) return null;
  const target = parsed(document.nodes.find(({ type }) => type === forecastNode.type), forecastNode.parameters);
  const imputes = parsed(document.nodes.find(({ type }) => type === imputeNode.type), imputeNode.parameters);
  const names = table.columns.map(({ name }) => name);
  const inputColumns = names.map((_, position) => position);
  const split = { by: window.splitBy, trainingShare: window.trainingShare, validationShare: window.validationShare };
  return {
    windowNode: node.id,
    split,
    settings: {
      window: window.window,
      stride: window.stride,
      horizon: target?.horizon ?? (document.nodes.some(({ type }) => windowTargets.includes(type)) ? 0 : 1),
      split,
      inputColumns,
      targetColumns: positionsOf(target?.columns ?? null, names),
      horizonWeights: null,
      sequenceTargets: target?.everyStep ?? false,
      mask: window.mask,
      labels: window.labels ?? [],
      categories: window.categories ?? [],
      whole: document.nodes.some(({ type }) => type === imputeNode.type || type === reconstructNode.type),
      hide: imputes === null ? null : { columns: positionsOf(imputes.columns, names), share: imputes.hiddenShare, run: imputes.hiddenRun, centers: imputes.centerWindows },
    },
    gaps: seriesOf.gaps,
    season: seriesOf.season,
  };
}

/** Every column where none is chosen, or one of them is not there. */
function positionsOf(columns: readonly string[] | null, names: readonly string[]): readonly number[] {
  const wanted = (columns ?? names).map((name) => names.indexOf(name));
  return wanted.includes(-1) ? names.map((_, position) => position) : wanted;
}

function parsed<Declarations extends Parameters<typeof parseParameters>[0]>(node: GraphNode | undefined, declarations: Declarations) {
  if (node === undefined) return null;
  const result = parseParameters(declarations, node.parameters, { node: node.id, label: node.label });
  return result.ok ? result.value : null;
}

/** Whether wires lead from one node to the other; a cycle is walked once. */
function leadsTo(document: GraphDocument, from: NodeId, to: NodeId): boolean {
  const reached = new Set([from]);
  for (const node of reached) {
    for (const wire of document.wires) if (wire.from.node === node) reached.add(wire.to.node);
  }
  return reached.has(to);
}
