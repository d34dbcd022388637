import fc from 'fast-check';
import type { Definition, GraphDocument, GraphNode, OptimizerSettings, ParameterValue, Wire } from '../../../core/graph/graph-document.ts';
import { nodeId, wireId } from '../../../core/graph/identifiers.ts';

const identifier = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9_-]{0,12}$/);
const shortText = fc.oneof(fc.string({ unit: 'binary', minLength: 1, maxLength: 20 }), fc.string({ minLength: 1, maxLength: 200 }));
const finite = fc.double({ noNaN: true, noDefaultInfinity: true });
const scalar = fc.oneof(shortText, finite, fc.integer());
const parameterValue: fc.Arbitrary<ParameterValue> = fc.oneof(scalar, fc.boolean(), fc.constant(null), fc.array(scalar, { maxLength: 4 }));

const node: fc.Arbitrary<GraphNode> = fc.record({
  id: identifier.map(nodeId),
  type: shortText,
  label: shortText,
  parameters: fc.dictionary(fc.stringMatching(/^[A-Za-z][A-Za-z0-9]{0,12}$/), parameterValue, { noNullPrototype: true, maxKeys: 5 }),
});

function graphOf(maxLength: number): fc.Arbitrary<{ nodes: readonly GraphNode[]; wires: readonly Wire[] }> {
  return fc.uniqueArray(node, { maxLength, selector: (candidate) => candidate.id }).chain((nodes): fc.Arbitrary<{ nodes: readonly GraphNode[]; wires: readonly Wire[] }> => {
    if (nodes.length === 0) return fc.constant({ nodes, wires: [] });
    const port = fc.record({ node: fc.constantFrom(...nodes.map((candidate) => candidate.id)), port: shortText });
    const wire = fc.record({ id: identifier.map(wireId), from: port, to: port });
    return fc.record({ nodes: fc.constant(nodes), wires: fc.uniqueArray(wire, { maxLength: 6, selector: (candidate) => candidate.id }) });
  });
}

const definition: fc.Arbitrary<Definition> = graphOf(3).chain((graph) =>
  fc.record({ name: shortText, inputs: fc.array(shortText, { maxLength: 3 }), outputs: fc.array(shortText, { maxLength: 3 }) }).map((ports) => ({ ...ports, ...graph })),
);

const share = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const positive = fc.double({ min: 0, minExcluded: true, noNaN: true, noDefaultInfinity: true });
const optimizer: fc.Arbitrary<OptimizerSettings> = fc.oneof(
  fc.record({ kind: fc.constant('adam' as const), learningRate: positive, beta1: share, beta2: share, epsilon: positive }),
  fc.record({ kind: fc.constant('sgd' as const), learningRate: positive, momentum: share, nesterov: fc.boolean() }),
);

const training = fc.record({
  epochs: fc.integer({ min: 1, max: 1_000_000 }),
  batchSize: fc.integer({ min: 1, max: 1_000_000 }),
  seed: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
  optimizer,
  clipGlobalNorm: fc.option(positive),
  earlyStoppingPatience: fc.option(fc.integer({ min: 1, max: 1_000_000 })),
});

/** Any document that a project file can hold. */
export const arbitraryDocument: fc.Arbitrary<GraphDocument> = graphOf(6).chain((graph) => {
  const someNodes = fc.subarray(graph.nodes.map((candidate) => candidate.id));
  const sha256 = fc.stringMatching(/^[0-9a-f]{64}$/);
  return fc.record({
    name: shortText,
    nodes: fc.constant(graph.nodes),
    wires: fc.constant(graph.wires),
    definitions: fc.uniqueArray(definition, { maxLength: 2, selector: (candidate) => candidate.name }),
    data: someNodes.chain((nodes) => fc.tuple(...nodes.map((id) => fc.record({ node: fc.constant(id), file: shortText, sha256 })))),
    training,
    layout: someNodes.chain((nodes) =>
      fc.tuple(...nodes.map((id) => fc.record({ x: finite, y: finite }).map((position) => [id, position] as const))).map(Object.fromEntries),
    ),
  });
});
