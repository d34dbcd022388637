import type { GraphEdit } from '../../../core/graph/edit.ts';
import type { GraphDocument, NodePosition, PortReference, Wire } from '../../../core/graph/graph-document.ts';
import type { NodeId } from '../../../core/graph/identifiers.ts';
import { newNode } from '../../../core/nodes/new-node.ts';
import type { NodeType } from '../../../core/nodes/node-type.ts';
import { currentDocument, editDocument } from '../../state/document-store.ts';
import { onlyNode, selectNodes, useSelection } from '../../state/selection-store.ts';
import { openQuickAdd, type QuickAdd } from '../../state/view-store.ts';
import { canvasControl } from '../canvas-control.ts';
import { graphGeometry } from '../../../core/drawing/graph-geometry.ts';
import { columnDistance, freePosition, nodeHeight, nodeWidth } from '../../../core/drawing/node-geometry.ts';
import { connectEdits } from '../graph/connect.ts';
import { declaredPorts } from '../../../core/drawing/node-ports.ts';
import { spliceNewEdits, splicePorts } from '../graph/splice.ts';

/** The port of a new node that an open end of a wire can be led to. */
export function fittingPort(type: NodeType, direction: 'output' | 'input', carries: 'series' | 'tensor'): string | undefined {
  const ports = direction === 'output' ? type.inputs : type.outputs;
  return ports.find((port) => port.carries === carries)?.name;
}

/** What an open end carries; undefined where the end is gone. */
export function carriedBy(document: Pick<GraphDocument, 'nodes'>, port: PortReference, direction: 'output' | 'input'): 'series' | 'tensor' | undefined {
  const node = document.nodes.find((candidate) => candidate.id === port.node);
  if (node === undefined) return undefined;
  const ports = declaredPorts(node);
  return (direction === 'output' ? ports.outputs : ports.inputs).find((candidate) => candidate.name === port.port)?.carries ?? undefined;
}

interface Addition {
  readonly node: NodeId;
  readonly edits: readonly GraphEdit[];
}

/** The edits of quick add: the node in its place, wired to the open end or after the node it follows. */
export function additionEdits(document: GraphDocument, type: NodeType, wish: Pick<QuickAdd, 'position' | 'end' | 'after'>, middle: NodePosition): Addition {
  const node = newNode(document, type);
  const size = { width: nodeWidth, height: nodeHeight(declaredPorts(node)) };
  const { rectangles } = graphGeometry(document);
  const behind = wish.after === null ? undefined : rectangles.get(wish.after);
  const start = wish.position ?? (behind === undefined ? { x: middle.x - size.width / 2, y: middle.y - size.height / 2 } : { x: behind.x + columnDistance, y: behind.y });
  const add = { kind: 'add-node', node, position: freePosition(start, size, [...rectangles.values()]) } as const;
  return { node: node.id, edits: [add, ...wiringEdits(document, type, node.id, wish)] };
}

function wiringEdits(document: GraphDocument, type: NodeType, node: NodeId, { end, after }: Pick<QuickAdd, 'end' | 'after'>): readonly GraphEdit[] {
  const open = end ?? openEndOf(document, after);
  const carries = open === null ? undefined : carriedBy(document, open.port, open.direction);
  if (open === null || carries === undefined) return [];
  const port = fittingPort(type, open.direction, carries);
  if (port === undefined) return [];
  const own = { node, port };
  return open.direction === 'output' ? connectEdits(document, open.port, own) : connectEdits(document, own, open.port);
}

/** The output that the next node naturally reads. */
function openEndOf(document: GraphDocument, after: NodeId | null): QuickAdd['end'] {
  const node = document.nodes.find((candidate) => candidate.id === after);
  const port = node === undefined ? undefined : declaredPorts(node).outputs[0]?.name;
  return node === undefined || port === undefined ? null : { port: { node: node.id, port }, direction: 'output' };
}

/** Adds a node as quick add was asked to, and selects it. */
export function addNode(type: NodeType, wish: Pick<QuickAdd, 'position' | 'end' | 'after'>): void {
  const middle = canvasControl()?.middle() ?? { x: 0, y: 0 };
  const { node, edits } = additionEdits(currentDocument(), type, wish, middle);
  editDocument(edits);
  selectNodes([node]);
  canvasControl()?.reveal([node]);
  canvasControl()?.focus(node);
}

/** Adds a node where it was dropped, spliced into the wire that lies there if it fits. */
export function dropNode(type: NodeType, middle: NodePosition, wire: Wire | undefined): void {
  const document = currentDocument();
  const node = newNode(document, type);
  const position = { x: Math.round(middle.x - nodeWidth / 2), y: Math.round(middle.y - nodeHeight(declaredPorts(node)) / 2) };
  const ports = wire === undefined ? null : splicePorts(document, wire, type.type);
  editDocument(wire === undefined || ports === null ? [{ kind: 'add-node', node, position }] : spliceNewEdits(wire, node, ports, position));
  selectNodes([node.id]);
  canvasControl()?.focus(node.id);
}

/** Quick add by key: after the selected node, if it is one. */
export function quickAddBeside(): void {
  openQuickAdd({ position: null, at: null, end: null, after: onlyNode(useSelection.getState()) });
}
