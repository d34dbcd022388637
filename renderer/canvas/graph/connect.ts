import { diagnose } from '../../../core/diagnostics/diagnose.ts';
import type { GraphEdit } from '../../../core/graph/edit.ts';
import { freshWireId } from '../../../core/graph/fresh-identifier.ts';
import type { GraphDocument, PortReference } from '../../../core/graph/graph-document.ts';
import type { NodeId, WireId } from '../../../core/graph/identifiers.ts';
import { declaredPorts } from '../../../core/drawing/node-ports.ts';

type Graph = Pick<GraphDocument, 'nodes' | 'wires'>;

/** Why an output cannot be wired to an input, in a sentence; null where it can. Shapes are not asked: they can be repaired. */
export function connectionProblem(graph: Graph, from: PortReference, to: PortReference): string | null {
  const source = graph.nodes.find((node) => node.id === from.node);
  const reader = graph.nodes.find((node) => node.id === to.node);
  if (source === undefined || reader === undefined) return 'This end is no longer there.';
  const given = declaredPorts(source).outputs.find((port) => port.name === from.port)?.carries;
  const read = declaredPorts(reader).inputs.find((port) => port.name === to.port)?.carries;
  if (given === undefined || read === undefined) return 'The node type has no such port.';
  const labels = { from: source.label, to: reader.label };
  if (given !== read) return diagnose(given === 'series' ? 'series-into-tensor' : 'tensor-into-series', { kind: 'project' }, labels).message;
  if (source.id === reader.id) return `${source.label} cannot feed itself: recurrence lives inside recurrent layers.`;
  if (reaches(graph, to.node, from.node)) {
    return `${reader.label} already feeds ${source.label}: this wire would close a cycle. Recurrence lives inside recurrent layers.`;
  }
  return null;
}

/** The graph while an end of one of its wires is being moved: that wire is in nobody's way. */
export function withoutWire<Drawn extends Graph>(graph: Drawn, wire: WireId | null): Drawn {
  return wire === null ? graph : { ...graph, wires: graph.wires.filter(({ id }) => id !== wire) };
}

/** Whether something that leaves one node arrives at the other. */
function reaches(graph: Graph, start: NodeId, goal: NodeId): boolean {
  const seen = new Set<NodeId>();
  const open = [start];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node === goal) return true;
    if (seen.has(node)) continue;
    seen.add(node);
    for (const wire of graph.wires) if (wire.from.node === node) open.push(wire.to.node);
  }
  return false;
}

/** Wires an output to an input; a wire that the input already has gives way. None where the two are wired already. */
export function connectEdits(graph: Graph, from: PortReference, to: PortReference): readonly GraphEdit[] {
  const occupants = graph.wires.filter((wire) => samePort(wire.to, to));
  if (occupants.length === 1 && samePort(occupants[0]!.from, from)) return [];
  return [
    ...occupants.map((wire) => ({ kind: 'disconnect', wire: wire.id }) as const),
    { kind: 'connect', wire: { id: freshWireId(graph), from, to } },
  ];
}

export function samePort(first: PortReference, second: PortReference): boolean {
  return first.node === second.node && first.port === second.port;
}

export interface Candidate {
  readonly from: PortReference;
  readonly to: PortReference;
  /** Where the wire would lead, seen from the node that is being connected. */
  readonly node: NodeId;
  readonly label: string;
  readonly port: string;
  readonly direction: 'to' | 'from';
  /** The input has a wire already, which would give way. */
  readonly replaces: boolean;
}

/** Every wire that could start or end at a node: free inputs first, optional ports last, in the order of the document. */
export function connectionCandidates(graph: Graph, node: NodeId): readonly Candidate[] {
  const subject = graph.nodes.find((candidate) => candidate.id === node);
  if (subject === undefined) return [];
  const ports = declaredPorts(subject);
  const candidates = graph.nodes.flatMap((other): readonly Candidate[] => {
    const otherPorts = declaredPorts(other);
    const place = { node: other.id, label: other.label };
    const onwards = ports.outputs.flatMap((output) =>
      otherPorts.inputs.map((input) => ({ ...place, port: input.name, direction: 'to' as const, from: { node, port: output.name }, to: { node: other.id, port: input.name } })),
    );
    const back = ports.inputs.flatMap((input) =>
      otherPorts.outputs.map((output) => ({ ...place, port: output.name, direction: 'from' as const, from: { node: other.id, port: output.name }, to: { node, port: input.name } })),
    );
    return [...onwards, ...back]
      .filter(({ from, to }) => connectionProblem(graph, from, to) === null && connectEdits(graph, from, to).length > 0)
      .map((candidate) => ({ ...candidate, replaces: graph.wires.some((wire) => samePort(wire.to, candidate.to)) }));
  });
  return candidates.toSorted((first, second) => rank(graph, first) - rank(graph, second));
}

/** Free inputs before taken ones, and each before those between optional ports. */
function rank(graph: Graph, { from, to, replaces }: Candidate): number {
  return (replaces ? 1 : 0) + (isOptional(graph, from, 'outputs') || isOptional(graph, to, 'inputs') ? 2 : 0);
}

function isOptional(graph: Graph, { node, port }: PortReference, side: 'inputs' | 'outputs'): boolean {
  const owner = graph.nodes.find((candidate) => candidate.id === node);
  return owner !== undefined && declaredPorts(owner)[side].find(({ name }) => name === port)?.optional === true;
}
