import type { NodeId } from '../graph/identifiers.ts';
import type { GraphDocument, GraphNode, Wire } from '../graph/graph-document.ts';
import { topologicalOrder } from '../graph/topological-order.ts';
import { catalog as shippedCatalog, type Catalog } from '../nodes/catalog.ts';
import type { DataFacts, NodeType } from '../nodes/node-type.ts';
import type { Result } from '../diagnostics/result.ts';
import type { ParsedParameters } from '../params/parameter-declaration.ts';
import { parseParameters } from '../params/parse-parameters.ts';
import { propagateFacts, type Propagation } from './propagate-facts.ts';

/** A node of the document with what the catalogue says of it. */
export interface SurveyedNode {
  readonly node: GraphNode;
  /** What messages call it. */
  readonly label: string;
  /** undefined: the catalogue has no such type. */
  readonly type: NodeType | undefined;
  readonly parameters: Result<ParsedParameters> | undefined;
  /** The wires that end here, as drawn, by port. */
  readonly wiresInto: ReadonlyMap<string, readonly Wire[]>;
}

export type DataFactsByNode = Readonly<Record<NodeId, DataFacts>>;

/** Everything that rules read: derived from the document once, whatever is wrong with it. */
export interface GraphSurvey {
  readonly document: GraphDocument;
  readonly catalog: Catalog;
  readonly data: DataFactsByNode;
  /** In the document's order; of nodes with the same id the first. */
  readonly nodes: ReadonlyMap<NodeId, SurveyedNode>;
  readonly order: readonly NodeId[];
  readonly cycle: readonly NodeId[] | null;
  readonly targets: readonly SurveyedNode[];
  /** The nodes from which a target can be reached, targets included. */
  readonly leadingToTarget: ReadonlySet<NodeId>;
  readonly propagation: Propagation;
}

export function surveyGraph(document: GraphDocument, data: DataFactsByNode = {}, catalog: Catalog = shippedCatalog): GraphSurvey {
  const nodes = new Map<NodeId, SurveyedNode>();
  const wires = wiresByEnd(document.wires);
  for (const node of document.nodes) {
    if (!nodes.has(node.id)) nodes.set(node.id, surveyNode(node, catalog, wires.get(node.id) ?? new Map()));
  }
  const dependencies = document.wires.map((wire) => ({ from: wire.from.node, to: wire.to.node }));
  const { order, cycle } = topologicalOrder([...nodes.keys()], dependencies);
  const targets = [...nodes.values()].filter((surveyed) => surveyed.type?.role === 'target');
  const propagation = propagateFacts({ document, catalog, data, nodes, order });
  return { document, catalog, data, nodes, order, cycle, targets, leadingToTarget: nodesAbove(targets, nodes), propagation };
}

function surveyNode(node: GraphNode, catalog: Catalog, wiresInto: ReadonlyMap<string, readonly Wire[]>): SurveyedNode {
  const label = node.label.trim() === '' ? node.id : node.label;
  const type = catalog.get(node.type);
  const parameters = type && parseParameters(type.parameters, node.parameters, { node: node.id, label });
  return { node, label, type, parameters, wiresInto };
}

function wiresByEnd(wires: readonly Wire[]): ReadonlyMap<NodeId, ReadonlyMap<string, readonly Wire[]>> {
  const byNode = new Map<NodeId, Map<string, Wire[]>>();
  for (const wire of wires) {
    const ports = byNode.get(wire.to.node) ?? new Map<string, Wire[]>();
    byNode.set(wire.to.node, ports);
    ports.set(wire.to.port, [...(ports.get(wire.to.port) ?? []), wire]);
  }
  return byNode;
}

function nodesAbove(targets: readonly SurveyedNode[], nodes: ReadonlyMap<NodeId, SurveyedNode>): ReadonlySet<NodeId> {
  const reached = new Set<NodeId>();
  const open = targets.map((target) => target.node.id);
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (reached.has(id)) continue;
    reached.add(id);
    for (const wires of nodes.get(id)?.wiresInto.values() ?? []) open.push(...wires.map((wire) => wire.from.node));
  }
  return reached;
}
