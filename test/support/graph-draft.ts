import { surveyGraph, type DataFactsByNode } from '../../core/check/graph-survey.ts';
import { applyEdits } from '../../core/graph/apply-edit.ts';
import { emptyDocument } from '../../core/graph/empty-document.ts';
import { freshWireId } from '../../core/graph/fresh-identifier.ts';
import type { GraphDocument, ParameterValue, PortReference } from '../../core/graph/graph-document.ts';
import { catalog } from '../../core/nodes/catalog.ts';
import { newNode } from '../../core/nodes/new-node.ts';
import type { DataFacts, NodeType, TensorFacts, WireFacts } from '../../core/nodes/node-type.ts';
import { axisSize } from '../../core/shapes/shape.ts';
import { knownSize } from '../../core/shapes/size.ts';

/** An output port that a wire may start from, with what it carries. */
export interface Outlet<Facts extends WireFacts = WireFacts> extends PortReference {
  readonly facts: Facts;
}

export type TensorOutlet = Outlet<TensorFacts>;

export function typeNamed(name: string): NodeType {
  const type = catalog.get(name);
  if (type === undefined) throw new RangeError(`the catalogue has no "${name}"`);
  return type;
}

/** Time steps of a sequence; undefined for a vector. */
export function stepsOf({ facts }: TensorOutlet): number | undefined {
  const time = axisSize(facts.shape, 'time');
  return time && knownSize(time);
}

export function featuresOf({ facts }: TensorOutlet): number {
  const features = axisSize(facts.shape, 'feature');
  const count = features && knownSize(features);
  if (count === undefined) throw new RangeError('a drawn tensor has a known number of features');
  return count;
}

/** A document that grows node by node, each of them accepted by its own shape rule. */
export class GraphDraft {
  #document: GraphDocument;
  #data: DataFactsByNode = {};

  constructor(name: string) {
    this.#document = { ...emptyDocument, name };
  }

  get document(): GraphDocument {
    return this.#document;
  }

  get data(): DataFactsByNode {
    return this.#data;
  }

  setTraining(training: GraphDocument['training']): void {
    this.#document = { ...this.#document, training };
  }

  /**
   * Adds a node fed by `sources` (by input port); gives its outputs. Where it does not fit, or `accepts` does not like what it
   * gives, nothing changes and there is no result.
   */
  tryAdd(
    type: NodeType,
    parameters: Readonly<Record<string, ParameterValue>>,
    sources: Readonly<Record<string, PortReference>> = {},
    data?: DataFacts,
    accepts: (outlets: readonly TensorOutlet[]) => boolean = () => true,
  ): readonly Outlet[] | undefined {
    const created = newNode(this.#document, type);
    const node = { ...created, parameters: { ...created.parameters, ...parameters } };
    let document = applyEdits(this.#document, [{ kind: 'add-node', node }]);
    for (const [port, from] of Object.entries(sources)) {
      const wire = { id: freshWireId(document), from: { node: from.node, port: from.port }, to: { node: node.id, port } };
      document = applyEdits(document, [{ kind: 'connect', wire }]);
    }
    const known = data === undefined ? this.#data : { ...this.#data, [node.id]: data };
    const { propagation } = surveyGraph(document, known);
    const facts = propagation.facts.get(node.id);
    if (facts === undefined || !propagation.contexts.has(node.id)) return undefined;
    const outlets = Object.entries(facts.outputs).map(([port, carried]): Outlet => ({ node: node.id, port, facts: carried }));
    if (!accepts(outlets.filter(isTensor))) return undefined;
    this.#document = document;
    this.#data = known;
    return outlets;
  }

  /** `tryAdd` of something that is known to fit. */
  add(type: string, parameters: Readonly<Record<string, ParameterValue>>, sources: Readonly<Record<string, PortReference>> = {}, data?: DataFacts): readonly Outlet[] {
    const outlets = this.tryAdd(typeNamed(type), parameters, sources, data);
    if (outlets === undefined) throw new Error(`"${type}" does not fit ${JSON.stringify(parameters)}`);
    return outlets;
  }

  /** A layer of one input and one output that is known to fit. */
  addLayer(type: string, parameters: Readonly<Record<string, ParameterValue>>, from: PortReference): TensorOutlet {
    return tensorOutlet(this.add(type, parameters, { inputs: from }));
  }

  isRead({ node, port }: PortReference): boolean {
    return this.#document.wires.some((wire) => wire.from.node === node && wire.from.port === port);
  }
}

export function tensorOutlet(outlets: readonly Outlet[]): TensorOutlet {
  const outlet = outlets.find(isTensor);
  if (outlet === undefined) throw new TypeError('there is no tensor on these ports');
  return outlet;
}

export function isTensor(outlet: Outlet): outlet is TensorOutlet {
  return outlet.facts.kind === 'tensor';
}
