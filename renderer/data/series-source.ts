import type { GraphDocument, GraphNode } from '../../core/graph/graph-document.ts';
import type { NodeId } from '../../core/graph/identifiers.ts';

/** The Series nodes of a document, in its order. */
export function seriesNodes(document: GraphDocument): readonly GraphNode[] {
  return document.nodes.filter((node) => node.type === 'series');
}

/** The Series node to show: a selected one, else the one shown last, else the first. */
export function shownSeriesNode(nodes: readonly GraphNode[], selected: NodeId | null, shown: NodeId | null): GraphNode | undefined {
  return nodes.find(({ id }) => id === selected) ?? nodes.find(({ id }) => id === shown) ?? nodes[0];
}

const dataTypes = ['series', 'scale', 'window', 'forecast', 'classify', 'regress', 'impute', 'reconstruct'];

/** What a plot or a sample depends on, as text: the nodes before the first layer, the target, and what is wired to them. */
export function dataKey({ nodes, wires }: GraphDocument): string {
  const relevant = nodes.filter(({ type }) => dataTypes.includes(type));
  const ids = new Set<string>(relevant.map(({ id }) => id));
  const joined = wires.filter(({ from, to }) => ids.has(from.node) || ids.has(to.node)).map(({ from, to }) => [from, to]);
  return JSON.stringify([relevant.map(({ id, type, parameters }) => [id, type, parameters]), joined]);
}

/** The file that a Series node reads; null: it reads none. */
export function fileOf(node: GraphNode): string | null {
  const { source, file } = node.parameters;
  return source === 'csv' && typeof file === 'string' && file !== '' ? file : null;
}
