import type { Connection, Edge, Node } from '@xyflow/react';
import type { GraphSurvey } from '../../../core/check/graph-survey.ts';
import type { GraphDocument, NodePosition, PortReference, Wire } from '../../../core/graph/graph-document.ts';
import { nodeId, wireId, type NodeId, type WireId } from '../../../core/graph/identifiers.ts';
import { catalog } from '../../../core/nodes/catalog.ts';
import { positionOf } from '../../../core/drawing/graph-geometry.ts';
import { nodeHeight, nodeWidth, portOffset, portSize } from '../../../core/drawing/node-geometry.ts';
import { portsByNode, type NodePort, type NodePorts } from '../../../core/drawing/node-ports.ts';
import { wireLabel } from '../../../core/drawing/wire-label.ts';

/*
 * Where the document becomes what React Flow draws. Its types go no further than this folder's files; everything it shows
 * is looked up in the stores by id, so that its own objects hold places and selection alone.
 */

export type FlowNode = Node<{ readonly ports: NodePorts }, 'unroll'>;
export type FlowWire = Edge<{ readonly label: string; readonly carries: 'series' | 'tensor' | null; readonly place: LabelPlace }, 'unroll'>;

/** Where a wire's label stands. Wires of states run close beside each other: the words of the last stand below it, those of the others can be read from near alone. */
export type LabelPlace = 'above' | 'below' | 'near';

interface FlowView {
  readonly selectedNodes: ReadonlySet<NodeId>;
  readonly selectedWires: ReadonlySet<WireId>;
  /** The one node in the order of tabs. */
  readonly current: NodeId | null;
}

const aboveOthers = 1;

/** Nodes as React Flow takes them; one that is as it was is the very same object, which React Flow then leaves alone. */
export function flowNodes(document: GraphDocument, view: Omit<FlowView, 'selectedWires'>, before: ReadonlyMap<string, FlowNode>): ReadonlyMap<string, FlowNode> {
  const allPorts = portsByNode(document);
  const tabStop = view.current ?? document.nodes[0]?.id ?? null;
  return new Map(
    document.nodes.map((node, place) => {
      const position = positionOf(document.layout, node.id, place);
      const ports = allPorts.get(node.id)!;
      const label = `${node.label}, ${catalog.get(node.type)?.title ?? node.type}`;
      const old = before.get(node.id);
      const isTabStop = node.id === tabStop;
      if (
        old !== undefined && old.position.x === position.x && old.position.y === position.y && old.selected === view.selectedNodes.has(node.id) &&
        samePorts(old.data.ports, ports) && old.ariaLabel === label && old.domAttributes?.tabIndex === (isTabStop ? 0 : -1)
      ) {
        return [node.id, old];
      }
      return [node.id, flowNode(node.id, { position, ports, label, selected: view.selectedNodes.has(node.id), isTabStop }, old)];
    }),
  );
}

interface NodeAppearance {
  readonly position: NodePosition;
  readonly ports: NodePorts;
  readonly label: string;
  readonly selected: boolean;
  readonly isTabStop: boolean;
}

function flowNode(id: NodeId, { position, ports, label, selected, isTabStop }: NodeAppearance, before: FlowNode | undefined): FlowNode {
  const height = nodeHeight(ports);
  const old = before !== undefined && samePorts(before.data.ports, ports) ? before : null;
  return {
    id,
    type: 'unroll',
    position: { x: position.x, y: position.y },
    data: old?.data ?? { ports },
    selected,
    width: nodeWidth,
    height,
    measured: { width: nodeWidth, height },
    // Given instead of measured: a wire to a node outside of the window is drawn right before the node ever was.
    handles: old?.handles ?? [...ports.inputs.map((port) => handle(port, 'input', ports)), ...ports.outputs.map((port) => handle(port, 'output', ports))],
    ariaLabel: label,
    ariaRole: 'group',
    domAttributes: { tabIndex: isTabStop ? 0 : -1 },
  };
}

function handle(port: NodePort, direction: 'input' | 'output', ports: NodePorts): NonNullable<FlowNode['handles']>[number] {
  const { x, y } = portOffset(direction, port, ports);
  return {
    id: port.name,
    type: direction === 'input' ? 'target' : 'source',
    position: (direction === 'input' ? 'left' : 'right') as NonNullable<FlowNode['handles']>[number]['position'],
    x: x - portSize / 2,
    y: y - portSize / 2,
    width: portSize,
    height: portSize,
  };
}

function samePorts(first: NodePorts, second: NodePorts): boolean {
  return first === second || JSON.stringify(first) === JSON.stringify(second);
}

/** The nodes with those that are being dragged where they are meanwhile, above the others; all others stay the very same objects. */
export function withDragged(nodes: readonly FlowNode[], dragged: ReadonlyMap<string, NodePosition>): FlowNode[] {
  return nodes.map((node) => {
    const position = dragged.get(node.id);
    return position === undefined ? node : { ...node, position: { x: position.x, y: position.y }, zIndex: aboveOthers, className: 'node-moving' };
  });
}

/** Wires as React Flow takes them, with what runs on each. */
export function flowWires(document: GraphDocument, survey: GraphSurvey, view: Pick<FlowView, 'selectedWires'>, before: ReadonlyMap<string, FlowWire>): ReadonlyMap<string, FlowWire> {
  const ports = portsByNode(document);
  const labels = new Map(document.nodes.map((node) => [node.id, node.label]));
  return new Map(
    document.wires.map((wire) => {
      const facts = survey.propagation.facts.get(wire.from.node)?.outputs[wire.from.port];
      const label = wireLabel(facts);
      const carries = ports.get(wire.from.node)?.outputs.find((port) => port.name === wire.from.port)?.carries ?? null;
      const selected = view.selectedWires.has(wire.id);
      const place = labelPlace(document, wire, ports);
      const old = before.get(wire.id);
      const ariaLabel = `Wire from ${labels.get(wire.from.node) ?? wire.from.node} to ${labels.get(wire.to.node) ?? wire.to.node} ${label}`;
      if (
        old !== undefined && old.selected === selected && old.ariaLabel === ariaLabel && old.data?.carries === carries && old.data.label === label && old.data.place === place &&
        old.source === wire.from.node && old.sourceHandle === wire.from.port && old.target === wire.to.node && old.targetHandle === wire.to.port
      ) {
        return [wire.id, old];
      }
      const fresh: FlowWire = {
        id: wire.id, type: 'unroll', source: wire.from.node, sourceHandle: wire.from.port, target: wire.to.node, targetHandle: wire.to.port,
        selected, ariaLabel, focusable: false, data: { label, carries, place },
      };
      return [wire.id, fresh];
    }),
  );
}

function labelPlace({ wires }: GraphDocument, wire: Wire, ports: ReadonlyMap<NodeId, NodePorts>): LabelPlace {
  const isOfState = ({ from }: Wire): boolean => ports.get(from.node)?.outputs.find(({ name }) => name === from.port)?.optional === true;
  if (!isOfState(wire)) return 'above';
  const last = wires.findLast((other) => other.from.node === wire.from.node && other.to.node === wire.to.node && isOfState(other));
  return last === wire ? 'below' : 'near';
}

/** The two ends that React Flow proposes to join, output first; null while one is missing. */
export function endsOf(connection: Pick<Connection, 'source' | 'sourceHandle' | 'target' | 'targetHandle'>): { readonly from: PortReference; readonly to: PortReference } | null {
  const { source, sourceHandle, target, targetHandle } = connection;
  if (sourceHandle === null || targetHandle === null) return null;
  return { from: { node: nodeId(source), port: sourceHandle }, to: { node: nodeId(target), port: targetHandle } };
}

export function asNodeId(id: string): NodeId {
  return nodeId(id);
}

export function asWireId(id: string): WireId {
  return wireId(id);
}
