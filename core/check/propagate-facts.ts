import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { GraphDocument, Wire } from '../graph/graph-document.ts';
import type { NodeId } from '../graph/identifiers.ts';
import type { Catalog } from '../nodes/catalog.ts';
import { newNode } from '../nodes/new-node.ts';
import type { Feeder, NodeType, ShapeContext, WireFacts } from '../nodes/node-type.ts';
import { knownSize } from '../shapes/size.ts';
import type { DataFactsByNode, SurveyedNode } from './graph-survey.ts';

/** What is known of a node's ports. */
export interface NodeFacts {
  readonly inputs: Readonly<Record<string, WireFacts>>;
  readonly outputs: Readonly<Record<string, WireFacts>>;
}

export interface Propagation {
  readonly facts: ReadonlyMap<NodeId, NodeFacts>;
  /** What the shape rules were given, for every node whose rule held. */
  readonly contexts: ReadonlyMap<NodeId, ShapeContext>;
  /** What did not fit. A node whose input is in error is skipped, so that one fault is told once. */
  readonly diagnostics: readonly Diagnostic[];
}

interface Surroundings {
  readonly document: GraphDocument;
  readonly catalog: Catalog;
  readonly data: DataFactsByNode;
  readonly nodes: ReadonlyMap<NodeId, SurveyedNode>;
  readonly order: readonly NodeId[];
}

/** Runs every node's shape rule in order, each on what the ones before have given. */
export function propagateFacts(surroundings: Surroundings): Propagation {
  const facts = new Map<NodeId, NodeFacts>();
  const contexts = new Map<NodeId, ShapeContext>();
  const diagnostics: Diagnostic[] = [];
  for (const id of surroundings.order) {
    const surveyed = surroundings.nodes.get(id)!;
    const { type, parameters } = surveyed;
    if (type === undefined) continue;
    const feeders = feedersOf(surveyed, type, surroundings, facts, contexts);
    const inputs = Object.fromEntries(Object.entries(feeders).map(([port, feeder]) => [port, feeder.outputs[feeder.wire.from.port]!]));
    facts.set(id, { inputs, outputs: {} });
    const isComplete = type.inputs.every((port) => feeders[port.name] !== undefined || (port.optional === true && !surveyed.wiresInto.has(port.name)));
    if (!isComplete || parameters === undefined || !parameters.ok) continue;
    const context = contextFor(surveyed, parameters.value, inputs, feeders, surroundings);
    const result = type.shape(context);
    if (result.ok) {
      facts.set(id, { inputs, outputs: result.value });
      contexts.set(id, context);
    } else {
      diagnostics.push(...result.diagnostics);
    }
  }
  return { facts, contexts, diagnostics };
}

function contextFor(
  { node, label }: SurveyedNode,
  parameters: ShapeContext['parameters'],
  inputs: ShapeContext['inputs'],
  feeders: ShapeContext['feeders'],
  { document, catalog, data }: Surroundings,
): ShapeContext {
  return {
    node: node.id,
    label,
    parameters,
    inputs,
    feeders,
    data: Object.hasOwn(data, node.id) ? data[node.id] : undefined,
    newNode: (type) => {
      const wanted = catalog.get(type);
      if (wanted === undefined) throw new RangeError(`the catalogue has no node type "${type}"`);
      return newNode(document, wanted);
    },
  };
}

/** Who feeds each input, where exactly one sound wire does. */
function feedersOf(
  surveyed: SurveyedNode,
  type: NodeType,
  { nodes }: Surroundings,
  facts: ReadonlyMap<NodeId, NodeFacts>,
  contexts: ReadonlyMap<NodeId, ShapeContext>,
): Readonly<Record<string, Feeder>> {
  const feeders: Record<string, Feeder> = {};
  for (const port of type.inputs) {
    const [wire, second] = surveyed.wiresInto.get(port.name) ?? [];
    if (wire === undefined || second !== undefined) continue;
    const source = nodes.get(wire.from.node);
    const feeder = source && asFeeder(source, wire, facts.get(wire.from.node), contexts.get(wire.from.node));
    const arriving = feeder && Object.hasOwn(feeder.outputs, wire.from.port) ? feeder.outputs[wire.from.port] : undefined;
    if (feeder !== undefined && arriving?.kind === port.carries) feeders[port.name] = feeder;
  }
  return feeders;
}

function asFeeder(source: SurveyedNode, wire: Wire, facts: NodeFacts | undefined, context: ShapeContext | undefined): Feeder | undefined {
  if (source.type === undefined || facts === undefined || context === undefined) return undefined;
  const { node, label, type } = source;
  return { node, label, type, parameters: context.parameters, inputs: facts.inputs, outputs: facts.outputs, wire, feeders: context.feeders };
}

/** Whether weights can be counted: every size on the inputs but the batch is a number. */
export function sizesAreKnown(context: ShapeContext): boolean {
  return Object.values(context.inputs).every(
    (facts) => facts.kind === 'series' || facts.shape.every((axis) => axis.name === 'batch' || knownSize(axis.size) !== undefined),
  );
}
