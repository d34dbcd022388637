import type { GraphEdit } from './edit.ts';
import { freshWireId } from './fresh-identifier.ts';
import type { GraphDocument, GraphNode, NodePosition, PortReference, Wire } from './graph-document.ts';
import type { NodeId, WireId } from './identifiers.ts';

/**
 * The document after one edit; the one given is left as it was. An edit that does not fit the document (a node that is not
 * there, an id used twice, an input that already has a wire) is a programmer's error and throws.
 */
export function applyEdit(document: GraphDocument, edit: GraphEdit): GraphDocument {
  switch (edit.kind) {
    case 'add-node':
      return place(addNode(document, edit.node), edit.node.id, edit.position);
    case 'remove-node':
      return removeNode(document, edit.node);
    case 'rename-node':
      return changeNode(document, edit.node, (node) => ({ ...node, label: edit.label }));
    case 'set-parameter':
      return changeNode(document, edit.node, (node) => ({
        ...node,
        parameters: { ...node.parameters, [edit.parameter]: edit.value },
      }));
    case 'connect':
      return connect(document, edit.wire);
    case 'disconnect':
      findWire(document, edit.wire);
      return { ...document, wires: document.wires.filter((wire) => wire.id !== edit.wire) };
    case 'insert-on-wire':
      return insertOnWire(document, edit);
    case 'move-node':
      findNode(document, edit.node);
      return place(document, edit.node, edit.position);
    case 'set-training':
      return { ...document, training: { ...document.training, ...edit.training } };
    case 'set-data': {
      findNode(document, edit.data.node);
      const position = document.data.findIndex((reference) => reference.node === edit.data.node);
      const data = position < 0 ? [...document.data, edit.data] : document.data.with(position, edit.data);
      return { ...document, data };
    }
  }
}

/** The document after several edits, one after the other. */
export function applyEdits(document: GraphDocument, edits: readonly GraphEdit[]): GraphDocument {
  return edits.reduce(applyEdit, document);
}

function findNode(document: GraphDocument, id: NodeId): GraphNode {
  const node = document.nodes.find((candidate) => candidate.id === id);
  if (node === undefined) throw new Error(`There is no node "${id}" in the project "${document.name}".`);
  return node;
}

function findWire(document: GraphDocument, id: WireId): Wire {
  const wire = document.wires.find((candidate) => candidate.id === id);
  if (wire === undefined) throw new Error(`There is no wire "${id}" in the project "${document.name}".`);
  return wire;
}

function addNode(document: GraphDocument, node: GraphNode): GraphDocument {
  if (document.nodes.some((candidate) => candidate.id === node.id)) throw new Error(`The node id "${node.id}" is already used.`);
  return { ...document, nodes: [...document.nodes, node] };
}

function changeNode(document: GraphDocument, id: NodeId, change: (node: GraphNode) => GraphNode): GraphDocument {
  const changed = change(findNode(document, id));
  return { ...document, nodes: document.nodes.map((node) => (node.id === id ? changed : node)) };
}

/** Takes everything that hangs on the node with it: its wires, its data reference, its place. */
function removeNode(document: GraphDocument, id: NodeId): GraphDocument {
  findNode(document, id);
  return {
    ...document,
    nodes: document.nodes.filter((node) => node.id !== id),
    wires: document.wires.filter((wire) => wire.from.node !== id && wire.to.node !== id),
    data: document.data.filter((reference) => reference.node !== id),
    layout: Object.fromEntries(Object.entries(document.layout).filter(([node]) => node !== id)),
  };
}

function place(document: GraphDocument, id: NodeId, position: NodePosition | undefined): GraphDocument {
  return position === undefined ? document : { ...document, layout: { ...document.layout, [id]: position } };
}

function connect(document: GraphDocument, wire: Wire): GraphDocument {
  findNode(document, wire.from.node);
  findNode(document, wire.to.node);
  if (document.wires.some((candidate) => candidate.id === wire.id)) throw new Error(`The wire id "${wire.id}" is already used.`);
  const occupant = document.wires.find((candidate) => candidate.to.node === wire.to.node && candidate.to.port === wire.to.port);
  if (occupant !== undefined) {
    throw new Error(`The input "${wire.to.port}" of node "${wire.to.node}" already has the wire "${occupant.id}": disconnect it first.`);
  }
  return { ...document, wires: [...document.wires, wire] };
}

/** Splices a new node into a wire: the first half keeps the wire's id, the second gets a fresh one. */
function insertOnWire(document: GraphDocument, edit: Extract<GraphEdit, { readonly kind: 'insert-on-wire' }>): GraphDocument {
  const wire = findWire(document, edit.wire);
  const before: Wire = { ...wire, to: { node: edit.node.id, port: edit.inputPort } };
  const after: Wire = { id: freshWireId(document), from: { node: edit.node.id, port: edit.outputPort }, to: wire.to };
  const wires = document.wires.flatMap((candidate) => (candidate.id === wire.id ? [before, after] : [candidate]));
  return place({ ...addNode(document, edit.node), wires }, edit.node.id, halfway(document, wire.from, wire.to));
}

function halfway(document: GraphDocument, from: PortReference, to: PortReference): NodePosition | undefined {
  const start = document.layout[from.node];
  const end = document.layout[to.node];
  if (start === undefined || end === undefined) return undefined;
  return { x: Math.round((start.x + end.x) / 2), y: Math.round((start.y + end.y) / 2) };
}
