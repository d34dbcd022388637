import { emptyDocument } from '../../../core/graph/empty-document.ts';
import type { GraphDocument, GraphNode, Wire } from '../../../core/graph/graph-document.ts';
import { nodeId, wireId } from '../../../core/graph/identifiers.ts';
import { catalog } from '../../../core/nodes/catalog.ts';
import { defaultParameters } from '../../../core/params/parse-parameters.ts';

/** A node with its defaults, its id for a label. */
export function node(id: string, type: string): GraphNode {
  const declared = catalog.get(type);
  return { id: nodeId(id), type, label: id, parameters: declared === undefined ? {} : defaultParameters(declared.parameters) };
}

/** A wire written "from.port to.port". */
export function wire(id: string, ends: string): Wire {
  const [from = '', to = ''] = ends.split(' ');
  return { id: wireId(id), from: port(from), to: port(to) };
}

export function port(text: string) {
  const [owner = '', name = ''] = text.split('.');
  return { node: nodeId(owner), port: name };
}

/** series → window → rnn → dense → forecast, in a row. */
export function chain(): GraphDocument {
  const nodes = [node('series', 'series'), node('window', 'window'), node('rnn', 'simple-rnn'), node('dense', 'dense'), node('forecast', 'forecast')];
  return {
    ...emptyDocument,
    name: 'chain',
    nodes,
    wires: [
      wire('w1', 'series.series window.series'),
      wire('w2', 'window.windows rnn.inputs'),
      wire('w3', 'rnn.outputs dense.inputs'),
      wire('w4', 'dense.outputs forecast.predictions'),
    ],
    layout: Object.fromEntries(nodes.map(({ id }, place) => [id, { x: place * 240, y: 0 }])),
  };
}

/** The same document with further nodes, placed below. */
export function withNodes(document: GraphDocument, ...nodes: readonly GraphNode[]): GraphDocument {
  const places = nodes.map(({ id }, place) => [id, { x: place * 240, y: 400 }] as const);
  return { ...document, nodes: [...document.nodes, ...nodes], layout: { ...document.layout, ...Object.fromEntries(places) } };
}
