import fc from 'fast-check';
import type { Definition, GraphDocument, GraphNode, ParameterValue, Wire } from '../../../core/graph/graph-document.ts';
import { clippingKinds } from '../../../core/graph/training-defaults.ts';
import type { OptimizerSettings, ScheduleSettings, TrainingSettings } from '../../../core/graph/training-settings.ts';
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
const momentum = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const adamNumbers = { learningRate: positive, beta1: share, beta2: share, epsilon: positive, amsgrad: fc.boolean() };
const optimizer: fc.Arbitrary<OptimizerSettings> = fc.oneof(
  fc.record({ kind: fc.constant('sgd' as const), learningRate: positive, momentum, nesterov: fc.boolean() }),
  fc.record({ kind: fc.constant('rmsprop' as const), learningRate: positive, rho: share, momentum, epsilon: positive, centered: fc.boolean() }),
  fc.record({ kind: fc.constant('adam' as const), ...adamNumbers }),
  fc.record({ kind: fc.constant('adamw' as const), ...adamNumbers, weightDecay: fc.double({ min: 0, noNaN: true, noDefaultInfinity: true }) }),
);

const someEpochs = fc.double({ min: 0.01, max: 1e6, noNaN: true });
const warmupEpochs = fc.double({ min: 0, max: 1e6, noNaN: true });
const finalShare = fc.double({ min: 0, max: 1, noNaN: true });
const wholeShare = fc.double({ min: 0, minExcluded: true, max: 1, noNaN: true });
const openShare = fc.double({ min: 0, minExcluded: true, max: 1, maxExcluded: true, noNaN: true });
const patience = fc.integer({ min: 1, max: 1_000_000 });
const schedule: fc.Arbitrary<ScheduleSettings> = fc.oneof(
  fc.record({ kind: fc.constant('constant' as const) }),
  fc.record({ kind: fc.constant('exponential' as const), decayRate: wholeShare, decayEpochs: someEpochs, staircase: fc.boolean() }),
  fc.record({ kind: fc.constant('cosine' as const), warmupEpochs, decayEpochs: fc.option(someEpochs), finalShare }),
  fc.record({
    kind: fc.constant('cosine-restarts' as const),
    warmupEpochs,
    firstCycleEpochs: someEpochs,
    cycleGrowth: fc.double({ min: 1, max: 10, noNaN: true }),
    peakShare: wholeShare,
    finalShare,
  }),
  fc.record({ kind: fc.constant('plateau' as const), factor: openShare, patience, minimumRate: fc.double({ min: 0, max: 1, noNaN: true }) }),
);

const arbitraryTraining: fc.Arbitrary<TrainingSettings> = fc.record({
  epochs: fc.integer({ min: 1, max: 1_000_000 }),
  batchSize: fc.integer({ min: 1, max: 1_000_000 }),
  seed: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
  optimizer,
  schedule,
  clipping: fc.option(fc.record({ kind: fc.constantFrom(...clippingKinds), limit: positive })),
  weightAveraging: fc.option(fc.record({ momentum })),
  earlyStoppingPatience: fc.option(patience),
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
    training: arbitraryTraining,
    layout: someNodes.chain((nodes) =>
      fc.tuple(...nodes.map((id) => fc.record({ x: finite, y: finite }).map((position) => [id, position] as const))).map(Object.fromEntries),
    ),
  });
});
