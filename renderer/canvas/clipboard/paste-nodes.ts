import type { GraphEdit } from '../../../core/graph/edit.ts';
import { freshWireId } from '../../../core/graph/fresh-identifier.ts';
import type { GraphDocument, GraphNode, NodePosition, Wire } from '../../../core/graph/graph-document.ts';
import { nodeId, type NodeId } from '../../../core/graph/identifiers.ts';
import { catalog } from '../../../core/nodes/catalog.ts';
import { newNode } from '../../../core/nodes/new-node.ts';
import { positionOf } from '../../../core/drawing/graph-geometry.ts';
import { boundsOf, nodeWidth, snap } from '../../../core/drawing/node-geometry.ts';

export interface Pasting {
  readonly nodes: readonly NodeId[];
  readonly edits: readonly GraphEdit[];
}

/** Where pasted nodes go: their middle to a point, or all by the same shift. */
export type PastePlace = { readonly kind: 'middle'; readonly at: NodePosition } | { readonly kind: 'shift'; readonly by: number };

/** The edits that put another document's nodes, wires and data into this one, under ids and labels that are free. */
export function pasteEdits(document: GraphDocument, pasted: GraphDocument, place: PastePlace): Pasting {
  const renamed = new Map<NodeId, NodeId>();
  const nodes: GraphNode[] = [];
  const edits: GraphEdit[] = [];
  const shift = shiftFor(pasted, place);
  for (const [index, original] of pasted.nodes.entries()) {
    const node = freshCopy([...document.nodes, ...nodes], original);
    const { x, y } = positionOf(pasted.layout, original.id, index);
    nodes.push(node);
    renamed.set(original.id, node.id);
    edits.push({ kind: 'add-node', node, position: { x: snap(x + shift.x), y: snap(y + shift.y) } });
  }
  const wires: Wire[] = [...document.wires];
  for (const { from, to } of pasted.wires) {
    const source = renamed.get(from.node);
    const reader = renamed.get(to.node);
    if (source === undefined || reader === undefined) continue;
    const wire = { id: freshWireId({ wires }), from: { ...from, node: source }, to: { ...to, node: reader } };
    wires.push(wire);
    edits.push({ kind: 'connect', wire });
  }
  for (const reference of pasted.data) {
    const node = renamed.get(reference.node);
    if (node !== undefined) edits.push({ kind: 'set-data', data: { ...reference, node } });
  }
  return { nodes: nodes.map((node) => node.id), edits };
}

/** Keeps a label that is free. */
function freshCopy(taken: readonly GraphNode[], original: GraphNode): GraphNode {
  const labelIsFree = taken.every((node) => node.label !== original.label);
  const type = catalog.get(original.type);
  if (type === undefined) {
    const ids = new Set<string>(taken.map((node) => node.id));
    let number = 1;
    while (ids.has(`node-${number}`)) number += 1;
    return { ...original, id: nodeId(`node-${number}`) };
  }
  const fresh = newNode({ nodes: taken }, type);
  return { ...fresh, label: labelIsFree ? original.label : fresh.label, parameters: original.parameters };
}

function shiftFor(pasted: GraphDocument, place: PastePlace): NodePosition {
  if (place.kind === 'shift') return { x: place.by, y: place.by };
  const bounds = boundsOf(pasted.nodes.map((node, index) => ({ ...positionOf(pasted.layout, node.id, index), width: nodeWidth, height: 72 })));
  return { x: place.at.x - bounds.x - bounds.width / 2, y: place.at.y - bounds.y - bounds.height / 2 };
}
