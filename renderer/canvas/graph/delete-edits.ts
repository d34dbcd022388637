import type { GraphEdit } from '../../../core/graph/edit.ts';
import type { GraphDocument } from '../../../core/graph/graph-document.ts';
import type { NodeId, WireId } from '../../../core/graph/identifiers.ts';

/** Removes nodes, with what hangs on them, and wires. */
export function deleteEdits(document: Pick<GraphDocument, 'wires'>, nodes: ReadonlySet<NodeId>, wires: ReadonlySet<WireId>): readonly GraphEdit[] {
  const loose = document.wires.filter((wire) => wires.has(wire.id) && !nodes.has(wire.from.node) && !nodes.has(wire.to.node));
  return [
    ...loose.map((wire) => ({ kind: 'disconnect', wire: wire.id }) as const),
    ...[...nodes].map((node) => ({ kind: 'remove-node', node }) as const),
  ];
}
