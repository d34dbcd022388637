import { useMemo } from 'react';
import type { EdgeChange, FinalConnectionState, IsValidConnection, NodeChange, OnConnect, OnReconnect } from '@xyflow/react';
import type { GraphEdit } from '../../../core/graph/edit.ts';
import type { GraphDocument, NodePosition, PortReference } from '../../../core/graph/graph-document.ts';
import type { NodeId } from '../../../core/graph/identifiers.ts';
import { currentDocument, editDocument } from '../../state/document-store.ts';
import { showNotice } from '../../state/notices-store.ts';
import { selectNodes, selectWires, useSelection } from '../../state/selection-store.ts';
import { openQuickAdd } from '../../state/view-store.ts';
import { dropMoved, spliceTarget } from '../actions/move-nodes.ts';
import { canvasControl } from '../canvas-control.ts';
import { endDrag, showDragged, startRewiring, useDrag } from '../drag-store.ts';
import { graphGeometry, wireNear } from '../../../core/drawing/graph-geometry.ts';
import { connectEdits, connectionProblem, samePort, withoutWire } from '../graph/connect.ts';
import { declaredPorts } from '../../../core/drawing/node-ports.ts';
import { isFar, useZoomLevel } from '../zoom-level.ts';
import { asNodeId, asWireId, endsOf, type FlowNode, type FlowWire } from './flow-adapter.ts';

/** What React Flow tells of the pointer, as changes of our stores. */
export function useFlowEvents() {
  return useMemo(() => ({ onNodesChange, onEdgesChange, onConnect, onConnectEnd, onReconnect, onReconnectStart, onReconnectEnd, isValidConnection, onPaneClick }), []);
}

function onNodesChange(changes: NodeChange<FlowNode>[]): void {
  const moved = new Map<NodeId, NodePosition>();
  let dropped = false;
  const selected = new Map<NodeId, boolean>();
  for (const change of changes) {
    if (change.type === 'select') selected.set(asNodeId(change.id), change.selected);
    if (change.type !== 'position') continue;
    if (change.position !== undefined) moved.set(asNodeId(change.id), change.position);
    if (change.dragging === false) dropped = true;
  }
  if (selected.size > 0) changeSelection(selected);
  if (dropped) {
    // One store after the other within one event: React draws once, when both are done.
    dropMoved(new Map([...useDrag.getState().positions, ...moved]));
    endDrag();
  } else if (moved.size > 0) {
    const document = currentDocument();
    const wire = moved.size === 1 ? spliceTarget(document, graphGeometry(document), moved) : undefined;
    showDragged(moved, wire?.id ?? null);
  }
}

function changeSelection(changes: ReadonlyMap<NodeId, boolean>): void {
  const { nodes, wires } = useSelection.getState();
  const next = new Set(nodes);
  for (const [node, isSelected] of changes) {
    if (isSelected) next.add(node);
    else next.delete(node);
  }
  const [last] = [...changes].filter(([, isSelected]) => isSelected).slice(-1);
  selectNodes(next, wires);
  if (last !== undefined) useSelection.setState({ current: last[0] });
}

function onEdgesChange(changes: EdgeChange<FlowWire>[]): void {
  const { nodes, wires } = useSelection.getState();
  const next = new Set(wires);
  let isChanged = false;
  for (const change of changes) {
    if (change.type !== 'select') continue;
    isChanged = true;
    if (change.selected) next.add(asWireId(change.id));
    else next.delete(asWireId(change.id));
  }
  if (!isChanged) return;
  if (nodes.size === 0) selectWires(next);
  else selectNodes(nodes, next);
}

const isValidConnection: IsValidConnection<FlowWire> = (connection) => {
  const { source, target } = connection;
  const ends = endsOf({ source, target, sourceHandle: connection.sourceHandle ?? null, targetHandle: connection.targetHandle ?? null });
  return ends !== null && connectionProblem(graphToWire(), ends.from, ends.to) === null;
};

/** The graph that a wire is being drawn in: without the wire whose end is being moved. */
export function graphToWire(): Pick<GraphDocument, 'nodes' | 'wires'> {
  return withoutWire(currentDocument(), useDrag.getState().rewired);
}

/** Takes away the wire whose end is being moved; none for a new wire. */
function rewiringEdits(): readonly GraphEdit[] {
  const { rewired } = useDrag.getState();
  return rewired === null ? [] : [{ kind: 'disconnect', wire: rewired }];
}

const onConnect: OnConnect = (connection) => {
  const ends = endsOf(connection);
  if (ends !== null) connectPorts(ends.from, ends.to);
};

export function connectPorts(from: PortReference, to: PortReference): void {
  const { wires } = currentDocument();
  const rewired = wires.find((wire) => wire.id === useDrag.getState().rewired);
  if (rewired !== undefined && samePort(rewired.from, from) && samePort(rewired.to, to)) return;
  editDocument([...rewiringEdits(), ...connectEdits(graphToWire(), from, to)]);
}

/** An end of a wire is taken up; what follows is a wire being drawn from its other end. */
function onReconnectStart(_event: unknown, { id }: FlowWire): void {
  startRewiring(asWireId(id));
}

const onReconnect: OnReconnect<FlowWire> = (_wire, connection) => {
  const ends = endsOf(connection);
  if (ends !== null) connectPorts(ends.from, ends.to);
};

function onReconnectEnd(): void {
  endDrag();
}

/** A wire let go: on a port that refuses it, on the body of a node, or over nothing. */
function onConnectEnd(event: MouseEvent | TouchEvent, connection: FinalConnectionState): void {
  const { fromHandle, toHandle, toNode, isValid } = connection;
  const id = fromHandle?.id ?? null;
  if (fromHandle === null || id === null || isValid === true) return;
  const direction = fromHandle.type === 'source' ? 'output' : 'input';
  const port = { node: asNodeId(fromHandle.nodeId), port: id };
  const document = graphToWire();
  const toPort = toHandle?.id ?? null;
  if (toHandle !== null && toPort !== null) {
    const other = { node: asNodeId(toHandle.nodeId), port: toPort };
    const problem = toHandle.type === fromHandle.type ? null : direction === 'output' ? connectionProblem(document, port, other) : connectionProblem(document, other, port);
    if (problem !== null) showNotice('warning', problem);
    return;
  }
  const over = toNode === null ? undefined : document.nodes.find((node) => node.id === toNode.id);
  if (over !== undefined) {
    connectToNode(port, direction, over.id);
    return;
  }
  if (useDrag.getState().rewired !== null) {
    // Pulled off and dropped nowhere: the wire goes.
    editDocument(rewiringEdits());
    return;
  }
  const at = 'clientX' in event ? { x: event.clientX, y: event.clientY } : { x: event.changedTouches[0]?.clientX ?? 0, y: event.changedTouches[0]?.clientY ?? 0 };
  openQuickAdd({ position: canvasControl()?.toCanvas(at) ?? null, at, end: { port, direction }, after: null });
}

/** Dropped on a node's body: its first port that fits takes the wire. */
function connectToNode(port: PortReference, direction: 'output' | 'input', node: NodeId): void {
  const document = graphToWire();
  const target = document.nodes.find((candidate) => candidate.id === node);
  if (target === undefined || node === port.node) return;
  const ports = direction === 'output' ? declaredPorts(target).inputs : declaredPorts(target).outputs;
  let problem: string | null = null;
  for (const { name } of ports) {
    const other = { node, port: name };
    const [from, to] = direction === 'output' ? [port, other] : [other, port];
    problem = connectionProblem(document, from, to);
    if (problem === null) {
      connectPorts(from, to);
      return;
    }
  }
  showNotice('warning', problem ?? `${target.label} has no ${direction === 'output' ? 'input' : 'output'}.`);
}

/** From very far wires are drawn together: which one was meant is told by where it passes. */
function onPaneClick(event: React.MouseEvent): void {
  const control = canvasControl();
  if (control === null || !isFar(useZoomLevel.getState().level)) return;
  const point = control.toCanvas({ x: event.clientX, y: event.clientY });
  const beside = control.toCanvas({ x: event.clientX + wireReach, y: event.clientY });
  const document = currentDocument();
  const wire = wireNear(graphGeometry(document), document.wires, point, beside.x - point.x);
  if (wire !== undefined) selectWires([wire.id]);
}

/** In pixels of the window. */
const wireReach = 10;
