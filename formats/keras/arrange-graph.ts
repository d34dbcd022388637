import dagre from '@dagrejs/dagre';
import type { GraphNode, NodePosition, Wire } from '../../core/graph/graph-document.ts';

interface LayeredGraph {
  readonly setGraph: (settings: { readonly rankdir: 'LR'; readonly nodesep: number; readonly ranksep: number }) => void;
  readonly setDefaultEdgeLabel: (label: () => object) => void;
  readonly setNode: (id: string, size: { readonly width: number; readonly height: number }) => void;
  readonly setEdge: (from: string, to: string, label: object, id: string) => void;
  readonly node: (id: string) => { readonly x: number; readonly y: number };
}

// The package's own types name files without their endings, which Node's resolution does not find.
const { graphlib, layout } = dagre as unknown as {
  readonly graphlib: { readonly Graph: new (kind: { readonly multigraph: boolean }) => LayeredGraph };
  readonly layout: (graph: LayeredGraph) => void;
};

/** Of a node on the canvas, with room for a shape on the wire behind it. */
const nodeWidth = 160;
const nodeHeight = 72;
const columnGap = 80;
const rowGap = 48;
const gridStep = 8;

/**
 * Places of nodes from left to right, as the wires lead. Layered drawing by dagre. Source: E. R. Gansner and others (1993),
 * A technique for drawing directed graphs, https://doi.org/10.1109/32.221135
 */
export function arrangeGraph(nodes: readonly GraphNode[], wires: readonly Wire[]): Readonly<Record<string, NodePosition>> {
  const graph = new graphlib.Graph({ multigraph: true });
  graph.setGraph({ rankdir: 'LR', nodesep: rowGap, ranksep: columnGap });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const { id } of nodes) graph.setNode(id, { width: nodeWidth, height: nodeHeight });
  for (const { id, from, to } of wires) graph.setEdge(from.node, to.node, {}, id);
  layout(graph);
  const snap = (value: number): number => Math.round(value / gridStep) * gridStep;
  return Object.fromEntries(
    nodes.map(({ id }) => {
      const { x, y } = graph.node(id);
      return [id, { x: snap(x - nodeWidth / 2), y: snap(y - nodeHeight / 2) }];
    }),
  );
}
