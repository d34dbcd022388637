import dagre from '@dagrejs/dagre';
import type { GraphEdit } from '../../../core/graph/edit.ts';
import type { GraphDocument } from '../../../core/graph/graph-document.ts';
import type { NodeId } from '../../../core/graph/identifiers.ts';
import { portsByNode } from '../../../core/drawing/node-ports.ts';
import { positionOf } from '../../../core/drawing/graph-geometry.ts';
import { boundsOf, columnDistance, nodeHeight, nodeWidth, rowGap, snap } from '../../../core/drawing/node-geometry.ts';

/**
 * Moves nodes so that wires lead from left to right without crossing where that can be had; the upper left corner stays.
 * Layered drawing by dagre. Source: E. R. Gansner and others (1993), A technique for drawing directed graphs,
 * https://doi.org/10.1109/32.221135
 */
export function arrangeEdits(document: Pick<GraphDocument, 'nodes' | 'wires' | 'layout'>, only: ReadonlySet<NodeId> | null = null): readonly GraphEdit[] {
  const nodes = document.nodes.map((node, place) => ({ id: node.id, position: positionOf(document.layout, node.id, place) })).filter(({ id }) => only === null || only.has(id));
  if (nodes.length === 0) return [];
  const ports = portsByNode(document);
  const graph = new dagre.graphlib.Graph({ multigraph: true });
  graph.setGraph({ rankdir: 'LR', nodesep: rowGap, ranksep: columnDistance - nodeWidth });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const { id } of nodes) graph.setNode(id, { width: nodeWidth, height: nodeHeight(ports.get(id)!) });
  for (const { id, from, to } of document.wires) if (graph.hasNode(from.node) && graph.hasNode(to.node)) graph.setEdge(from.node, to.node, {}, id);
  dagre.layout(graph);

  const before = boundsOf(nodes.map(({ position }) => ({ ...position, width: 0, height: 0 })));
  const placed = nodes.map(({ id, position }) => {
    const { x, y } = graph.node(id) as { readonly x: number; readonly y: number };
    return { id, was: position, x: x - nodeWidth / 2, y: y - nodeHeight(ports.get(id)!) / 2 };
  });
  const after = boundsOf(placed.map(({ x, y }) => ({ x, y, width: 0, height: 0 })));
  return placed.flatMap(({ id, was, x, y }): readonly GraphEdit[] => {
    const position = { x: snap(x - after.x + before.x), y: snap(y - after.y + before.y) };
    return position.x === was.x && position.y === was.y ? [] : [{ kind: 'move-node', node: id, position }];
  });
}
