import type { GraphEdit } from '../../../core/graph/edit.ts';
import type { GraphDocument, NodePosition, Wire } from '../../../core/graph/graph-document.ts';
import type { NodeId } from '../../../core/graph/identifiers.ts';
import { currentDocument, editDocument } from '../../state/document-store.ts';
import { useSelection } from '../../state/selection-store.ts';
import { graphGeometry, positionOf, wireNear, type GraphGeometry } from '../../../core/drawing/graph-geometry.ts';
import { nodeHeight, nodeWidth } from '../../../core/drawing/node-geometry.ts';
import { spliceExistingEdits, splicePorts } from '../graph/splice.ts';

/** How near to a wire the middle of a node must come to be spliced into it, in canvas pixels. */
export const spliceReach = 24;

/** The wire that a node would be spliced into where it is dragged to: it has no wires yet, and its ports fit. */
export function spliceTarget(document: GraphDocument, geometry: GraphGeometry, moved: ReadonlyMap<NodeId, NodePosition>): Wire | undefined {
  const [[id, position] = []] = moved;
  const node = document.nodes.find((candidate) => candidate.id === id);
  if (moved.size !== 1 || node === undefined || position === undefined) return undefined;
  if (document.wires.some((wire) => wire.from.node === id || wire.to.node === id)) return undefined;
  const fitting = document.wires.filter((wire) => splicePorts(document, wire, node.type) !== null);
  const middle = { x: position.x + nodeWidth / 2, y: position.y + nodeHeight(geometry.ports.get(node.id)!) / 2 };
  return wireNear(geometry, fitting, middle, spliceReach);
}

function moveEdits(document: GraphDocument, moved: ReadonlyMap<NodeId, NodePosition>): readonly GraphEdit[] {
  return document.nodes.flatMap((node, place): readonly GraphEdit[] => {
    const to = moved.get(node.id);
    const from = positionOf(document.layout, node.id, place);
    return to === undefined || (to.x === from.x && to.y === from.y) ? [] : [{ kind: 'move-node', node: node.id, position: to }];
  });
}

/** The end of a drag: one step, with the splice if the node was dropped on a wire. */
export function dropMoved(moved: ReadonlyMap<NodeId, NodePosition>): void {
  const document = currentDocument();
  const moves = moveEdits(document, moved);
  if (moves.length === 0) return;
  const wire = spliceTarget(document, graphGeometry(document), moved);
  const node = document.nodes.find((candidate) => moved.has(candidate.id));
  const ports = wire === undefined || node === undefined ? null : splicePorts(document, wire, node.type);
  const splice = wire === undefined || node === undefined || ports === null ? [] : spliceExistingEdits(document, wire, node, ports);
  editDocument([...moves, ...splice]);
}

/** Moves the selected nodes by keys; a row of such moves is one step. */
export function nudgeSelection(x: number, y: number): void {
  const { nodes } = useSelection.getState();
  const document = currentDocument();
  const moved = new Map(
    document.nodes.flatMap((node, place) => {
      const position = positionOf(document.layout, node.id, place);
      return nodes.has(node.id) ? [[node.id, { x: position.x + x, y: position.y + y }] as const] : [];
    }),
  );
  editDocument(moveEdits(document, moved), `nudge ${[...nodes].join(' ')}`);
}
