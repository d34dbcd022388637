import { diagnose } from '../../core/diagnostics/diagnose.ts';
import type { Diagnostic } from '../../core/diagnostics/diagnostic.ts';
import { freshName, legalName } from '../../core/export/layer-names.ts';
import type { GraphNode, ParameterValue, PortReference, Wire } from '../../core/graph/graph-document.ts';
import { nodeId, wireId, type NodeId } from '../../core/graph/identifiers.ts';
import { unknownInputs, unknownNode } from '../../core/nodes/unknown.ts';
import type { ImportPlace } from './import-refusal.ts';
import { importLimits } from './import-limits.ts';
import { printJson } from './json-value.ts';
import type { KerasGraph, KerasGraphLayer, LayerCall, TensorSource } from './keras-graph.ts';
import { readLayer, type ReadLayer } from './read-layer.ts';
import { layerPaths, weightPaths } from './weight-paths.ts';

/** Where a node's weights lie in the file, by our names. */
export interface NodeWeights {
  readonly node: NodeId;
  readonly label: string;
  readonly paths: readonly { readonly weight: string; readonly path: string }[];
}

export interface BuiltGraph {
  readonly nodes: readonly GraphNode[];
  readonly wires: readonly Wire[];
  readonly weights: readonly NodeWeights[];
  /** Where each output of the model comes out, with its sizes where the file says. */
  readonly outputs: readonly PortReference[];
  readonly unknown: readonly string[];
  readonly notes: readonly Diagnostic[];
}

/** Nodes and wires of a Keras model's layers; what the model reads comes from `start`. */
export function buildGraph(place: ImportPlace, graph: KerasGraph, origin: string, start: PortReference, takenNames: readonly string[]): BuiltGraph {
  return new GraphBuilder(place, graph, origin, start, takenNames).build();
}

class GraphBuilder {
  readonly #place: ImportPlace;
  readonly #graph: KerasGraph;
  readonly #origin: string;
  readonly #taken: Set<string>;
  readonly #nodes: GraphNode[] = [];
  readonly #wires: Wire[] = [];
  readonly #weights: NodeWeights[] = [];
  readonly #unknown: string[] = [];
  readonly #notes: Diagnostic[] = [];
  /** The output ports of each call of a layer, by '<layer>/<call>'. */
  readonly #ports = new Map<string, readonly PortReference[]>();
  /** What the file says of the shape of tensors, by '<layer>/<call>/<tensor>'. */
  readonly #shapes = new Map<string, readonly (number | null)[]>();
  /** The highest output that anybody reads, by layer. */
  readonly #readOutputs = new Map<string, number>();

  constructor(place: ImportPlace, graph: KerasGraph, origin: string, start: PortReference, takenNames: readonly string[]) {
    this.#place = place;
    this.#graph = graph;
    this.#origin = origin;
    this.#taken = new Set(takenNames);
    this.#ports.set(`${graph.input.layer}/0`, [start]);
    for (const source of [...graph.outputs, ...graph.layers.flatMap(({ calls }) => calls.flatMap(sourcesOf))]) {
      this.#readOutputs.set(source.layer, Math.max(this.#readOutputs.get(source.layer) ?? 0, source.tensor));
      if (source.shape !== undefined) this.#shapes.set(`${source.layer}/${source.call}/${source.tensor}`, source.shape);
    }
  }

  build(): BuiltGraph {
    const paths = layerPaths(this.#graph.layers.map(({ className }) => className));
    // A layer may be listed before one that it reads: take those whose inputs are there, until none is left.
    let open = this.#graph.layers.flatMap((layer, index) => layer.calls.map((call, number) => ({ layer, call, number, path: paths[index]! })));
    while (open.length > 0) {
      const ready = open.filter(({ call }) => sourcesOf(call).every((source) => this.#ports.has(`${source.layer}/${source.call}`)));
      if (ready.length === 0) throw this.#place.value('config.json inbound_nodes', 'layers that read one another in some order', open[0]!.layer.name);
      for (const { layer, call, number, path } of ready) this.#ports.set(`${layer.name}/${number}`, this.#addCall(layer, call, number, path));
      const done = new Set(ready);
      open = open.filter((entry) => !done.has(entry));
    }
    const outputs = this.#graph.outputs.map((source) => this.#portOf(source));
    return { nodes: this.#nodes, wires: this.#wires, weights: this.#weights, outputs, unknown: this.#unknown, notes: this.#notes };
  }

  #portOf({ layer, call, tensor }: TensorSource): PortReference {
    const port = this.#ports.get(`${layer}/${call}`)?.[tensor];
    if (port === undefined) throw this.#place.value('config.json keras_history', 'an output that the layer has', [layer, call, tensor]);
    return port;
  }

  /** The nodes of one use of a layer; gives its output ports. */
  #addCall(layer: KerasGraphLayer, call: LayerCall, number: number, path: string): readonly PortReference[] {
    const reading = this.#judge(layer, call, readLayer(layer.className, layer.config, axesOf(layer, call)));
    if (reading.kind === 'unknown') return this.#addUnknown(layer, call, number, reading.reason);
    const { type, parameters, weights, innerClass, left } = reading;
    const node = this.#addNode(layer.name, type.type, parameters);
    const [first, second] = type.inputs;
    const states = type.inputs.filter(({ optional }) => optional === true);
    let last = node;
    if (second !== undefined && second.optional !== true) last = this.#mergeAll(layer.name, type.type, parameters, node, [first!.name, second.name], call.inputs);
    else this.#connect(this.#portOf(call.inputs[0]!), node.id, first!.name);
    call.initialStates.forEach((source, index) => this.#connect(this.#portOf(source), node.id, states[index]!.name));
    if (number === 0 && left.length > 0) this.#notes.push(diagnose('import-settings-left', { kind: 'node', node: node.id }, { label: node.label, settings: left }));
    if (weights.length > 0) {
      const placed = weightPaths(path, layer.className, innerClass, weights.length);
      this.#weights.push({ node: node.id, label: node.label, paths: weights.map((weight, index) => ({ weight, path: placed[index]! })) });
      if (number === 1) this.#notes.push(diagnose('import-shared-layer', { kind: 'node', node: node.id }, { label: layer.name, times: layer.calls.length }));
    }
    return type.outputs.map(({ name }) => ({ node: last.id, port: name }));
  }

  /** What can only be seen from how a layer is wired. */
  #judge(layer: KerasGraphLayer, call: LayerCall, reading: ReadLayer): ReadLayer {
    if (reading.kind === 'unknown') return reading;
    const { type, parameters } = reading;
    const required = type.inputs.filter(({ optional }) => optional !== true).length;
    const states = type.inputs.length - required;
    const isBidirectional = parameters['bidirectional'] === true;
    const refuse = (reason: string): ReadLayer => ({ kind: 'unknown', reason });
    const mask = call.others[0];
    if (mask !== undefined) return refuse(`it is told ${mask.name} besides what it reads`);
    if (call.initialStates.length > (isBidirectional ? 0 : states)) return refuse('it is told initial states of its two directions');
    if ((this.#readOutputs.get(layer.name) ?? 0) > (isBidirectional ? 0 : type.outputs.length - 1)) return refuse('the final states of its two directions are read');
    const isChained = required === 2 && chainable.has(type.type);
    if (isChained ? call.inputs.length < 2 : call.inputs.length !== required) return refuse(`it reads ${call.inputs.length} tensors`);
    return reading;
  }

  /** Of three tensors and more, two are combined at a time. */
  #mergeAll(name: string, type: string, parameters: GraphNode['parameters'], node: GraphNode, [first, second]: readonly [string, string], inputs: readonly TensorSource[]): GraphNode {
    let last = node;
    this.#connect(this.#portOf(inputs[0]!), node.id, first);
    this.#connect(this.#portOf(inputs[1]!), node.id, second);
    for (const source of inputs.slice(2)) {
      const next = this.#addNode(name, type, parameters);
      this.#connect({ node: last.id, port: 'outputs' }, next.id, first);
      this.#connect(this.#portOf(source), next.id, second);
      last = next;
    }
    return last;
  }

  #addUnknown(layer: KerasGraphLayer, call: LayerCall, number: number, reason: string): readonly PortReference[] {
    const inputShape = sizesOf(call.inputs[0]?.shape ?? layer.inputShape);
    const outputShape = sizesOf(this.#shapes.get(`${layer.name}/${number}/0`));
    const node = this.#addNode(layer.name, unknownNode.type, { className: layer.className, origin: this.#origin, reason, inputShape, outputShape, facts: factsOf(layer) });
    const sources = sourcesOf(call);
    if (sources.length > unknownInputs.length) throw this.#place.tooMuch(`the layer ${layer.name}, which Unroll does not have, reads`, sources.length, unknownInputs.length, 'tensors');
    sources.forEach((source, index) => this.#connect(this.#portOf(source), node.id, unknownInputs[index]!.name));
    this.#unknown.push(`${node.label} (${layer.className}: ${reason})`);
    return unknownNode.outputs.map(({ name }) => ({ node: node.id, port: name }));
  }

  #addNode(label: string, type: string, parameters: Readonly<Record<string, ParameterValue>>): GraphNode {
    const node = { id: nodeId(freshName((legalName(label) || type).slice(0, 56), this.#taken)), type, label: label.slice(0, importLimits.nameLength), parameters };
    this.#nodes.push(node);
    return node;
  }

  #connect(from: PortReference, to: NodeId, port: string): void {
    this.#wires.push({ id: wireId(`layer-wire-${this.#wires.length + 1}`), from, to: { node: to, port } });
  }
}

/** Combinations of two by which any number can be combined. */
const chainable = new Set(['add', 'multiply', 'concatenate']);

function sourcesOf({ inputs, initialStates, others }: LayerCall): readonly TensorSource[] {
  return [...inputs, ...initialStates, ...others.map(({ source }) => source)];
}

function axesOf({ inputShape }: KerasGraphLayer, { inputs }: LayerCall): number | undefined {
  return inputs[0]?.shape?.length ?? inputShape?.length;
}

/** Features, or time steps and features; null where they are open, or where there are more axes. */
function sizesOf(shape: readonly (number | null)[] | undefined): readonly number[] | null {
  const sizes = shape?.slice(1).filter((size): size is number => size !== null && size > 0) ?? [];
  return (sizes.length === 1 || sizes.length === 2) && sizes.length + 1 === shape?.length ? sizes : null;
}

/** The configuration of an unknown layer, a line a setting; very long values are cut. */
function factsOf({ config }: KerasGraphLayer): readonly string[] {
  return Object.entries(config)
    .filter(([key]) => key !== 'name' && key !== 'dtype' && key !== 'trainable')
    .slice(0, 200)
    .map(([key, value]) => `${key.slice(0, importLimits.nameLength)}: ${printJson(value, importLimits.factLength)}`);
}
