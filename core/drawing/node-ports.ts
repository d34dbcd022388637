import type { GraphDocument, GraphNode } from '../graph/graph-document.ts';
import type { NodeId } from '../graph/identifiers.ts';
import { catalog } from '../nodes/catalog.ts';
import type { PortDeclaration } from '../nodes/node-type.ts';

export interface NodePort {
  readonly name: string;
  /** null: a wire names it, but the node type does not. */
  readonly carries: PortDeclaration['carries'] | null;
  /** Drawn small, and named only where somebody looks. */
  readonly optional?: boolean;
}

export interface NodePorts {
  readonly inputs: readonly NodePort[];
  readonly outputs: readonly NodePort[];
}

const none: NodePorts = { inputs: [], outputs: [] };
const declared = new Map<string, NodePorts>([...catalog].map(([name, { inputs, outputs }]) => [name, { inputs, outputs }]));

/** The ports of every node: those of its type, and those that only wires name, so that a broken wire can be seen and removed. */
export function portsByNode(document: Pick<GraphDocument, 'nodes' | 'wires'>): ReadonlyMap<NodeId, NodePorts> {
  const ports = new Map(document.nodes.map((node) => [node.id, declaredPorts(node)]));
  for (const { from, to } of document.wires) {
    const source = ports.get(from.node);
    if (source !== undefined && !has(source.outputs, from.port)) ports.set(from.node, { ...source, outputs: [...source.outputs, { name: from.port, carries: null }] });
    const reader = ports.get(to.node);
    if (reader !== undefined && !has(reader.inputs, to.port)) ports.set(to.node, { ...reader, inputs: [...reader.inputs, { name: to.port, carries: null }] });
  }
  for (const node of document.nodes) if (catalog.get(node.type)?.role === 'unknown') ports.set(node.id, wiredPorts(document, node.id, ports.get(node.id)!));
  return ports;
}

/** An unknown layer has ports for whatever a file may hold: those that nothing is wired to are left out. */
function wiredPorts({ wires }: Pick<GraphDocument, 'wires'>, node: NodeId, { inputs, outputs }: NodePorts): NodePorts {
  const into = new Set(wires.filter(({ to }) => to.node === node).map(({ to }) => to.port));
  const outOf = new Set(wires.filter(({ from }) => from.node === node).map(({ from }) => from.port));
  return {
    inputs: inputs.filter(({ name, optional }) => optional !== true || into.has(name)),
    outputs: outputs.filter(({ name, optional }) => optional !== true || outOf.has(name)),
  };
}

export function declaredPorts(node: Pick<GraphNode, 'type'>): NodePorts {
  return declared.get(node.type) ?? none;
}

export interface PortRow {
  readonly input: NodePort | undefined;
  readonly output: NodePort | undefined;
}

/** Ports as rows, inputs beside outputs: first those that every graph uses, then the optional ones, which are drawn small. */
export function portRows({ inputs, outputs }: NodePorts): { readonly main: readonly PortRow[]; readonly optional: readonly PortRow[] } {
  const rowsOf = (isOptional: boolean): readonly PortRow[] => {
    const [left, right] = [inputs, outputs].map((ports) => ports.filter((port) => (port.optional === true) === isOptional)) as [NodePort[], NodePort[]];
    return Array.from({ length: Math.max(left.length, right.length) }, (_, row) => ({ input: left[row], output: right[row] }));
  };
  return { main: rowsOf(false), optional: rowsOf(true) };
}

function has(ports: readonly NodePort[], name: string): boolean {
  return ports.some((port) => port.name === name);
}
