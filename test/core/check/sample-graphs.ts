import type { GraphDocument, GraphNode, ParameterValue, Wire } from '../../../core/graph/graph-document.ts';
import { nodeId, wireId } from '../../../core/graph/identifiers.ts';
import { catalog } from '../../../core/nodes/catalog.ts';

type Parameters = Readonly<Record<string, ParameterValue>>;

/** A node by its type and label; its id is the label in small letters with dashes. */
export function node(type: string, label: string, parameters: Parameters = {}): GraphNode {
  return { id: nodeId(label.toLowerCase().replaceAll(' ', '-')), type, label, parameters };
}

/** A wire from the first output of one node to the first input of another. */
export function wire(from: GraphNode, to: GraphNode): Wire {
  const output = catalog.get(from.type)?.outputs[0]?.name ?? 'outputs';
  const input = catalog.get(to.type)?.inputs[0]?.name ?? 'inputs';
  return { id: wireId(`${from.id}>${to.id}`), from: { node: from.id, port: output }, to: { node: to.id, port: input } };
}

export function graph(nodes: readonly GraphNode[], wires: readonly Wire[]): GraphDocument {
  return {
    name: 'test',
    nodes,
    wires,
    definitions: [],
    data: [],
    training: {
      epochs: 1,
      batchSize: 32,
      seed: 1,
      optimizer: { kind: 'adam', learningRate: 1e-3, beta1: 0.9, beta2: 0.999, epsilon: 1e-7, amsgrad: false },
      schedule: { kind: 'constant' },
      clipping: null,
      weightAveraging: null,
      earlyStoppingPatience: null,
    },
    layout: {},
  };
}

/** Nodes wired one after the other. */
export function chain(...nodes: readonly GraphNode[]): GraphDocument {
  return graph(nodes, nodes.slice(1).map((to, index) => wire(nodes[index]!, to)));
}

export const series = (parameters: Parameters = {}) => node('series', 'Series 1', parameters);
export const window = (parameters: Parameters = {}) => node('window', 'Window 1', { window: 50, splitBy: 'series', ...parameters });
export const lstm = (label: string, parameters: Parameters = {}) => node('lstm', label, parameters);
export const dense = (label: string, units: number) => node('dense', label, { units });
export const forecast = (parameters: Parameters = {}) => node('forecast', 'Forecast', { horizon: 10, ...parameters });

/** 50 steps in, ten ahead, from the last step of an LSTM: nothing to complain of. */
export const soundGraph = chain(series(), window(), lstm('LSTM 1', { returnSequences: false }), dense('Dense 1', 10), forecast());
