import type { GraphEdit } from '../../../core/graph/edit.ts';
import { freshWireId } from '../../../core/graph/fresh-identifier.ts';
import type { GraphDocument, GraphNode, NodePosition, Wire } from '../../../core/graph/graph-document.ts';
import { catalog } from '../../../core/nodes/catalog.ts';
import { declaredPorts } from '../../../core/drawing/node-ports.ts';

/** The ports by which a node type fits into a wire. */
export interface SplicePorts {
  readonly input: string;
  readonly output: string;
}

/** How a node type can be spliced into a wire: it reads what the wire carries and gives what the wire's end reads; null: not. */
export function splicePorts(document: Pick<GraphDocument, 'nodes'>, wire: Wire, type: string): SplicePorts | null {
  const source = document.nodes.find((node) => node.id === wire.from.node);
  const reader = document.nodes.find((node) => node.id === wire.to.node);
  const spliced = catalog.get(type);
  if (source === undefined || reader === undefined || spliced === undefined) return null;
  const given = declaredPorts(source).outputs.find((port) => port.name === wire.from.port)?.carries;
  const read = declaredPorts(reader).inputs.find((port) => port.name === wire.to.port)?.carries;
  const input = spliced.inputs.find((port) => port.carries === given);
  const output = spliced.outputs.find((port) => port.carries === read);
  return input === undefined || output === undefined ? null : { input: input.name, output: output.name };
}

/** Splices a node that is not in the document yet. */
export function spliceNewEdits(wire: Wire, node: GraphNode, ports: SplicePorts, position: NodePosition): readonly GraphEdit[] {
  return [
    { kind: 'insert-on-wire', wire: wire.id, node, inputPort: ports.input, outputPort: ports.output },
    { kind: 'move-node', node: node.id, position },
  ];
}

/** Splices a node that is there and has no wires. */
export function spliceExistingEdits(document: Pick<GraphDocument, 'wires'>, wire: Wire, node: GraphNode, ports: SplicePorts): readonly GraphEdit[] {
  const second = freshWireId(document);
  return [
    { kind: 'disconnect', wire: wire.id },
    { kind: 'connect', wire: { ...wire, to: { node: node.id, port: ports.input } } },
    { kind: 'connect', wire: { id: second, from: { node: node.id, port: ports.output }, to: wire.to } },
  ];
}
