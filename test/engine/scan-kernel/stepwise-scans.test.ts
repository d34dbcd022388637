import fc from 'fast-check';
import { expect, test } from 'vitest';
import { conv1dNode } from '../../../core/nodes/conv1d.ts';
import { averagePoolingNode } from '../../../core/nodes/average-pooling.ts';
import { layerNormNode } from '../../../core/nodes/layer-norm.ts';
import { maxPoolingNode } from '../../../core/nodes/max-pooling.ts';
import { recur } from '../../../core/nodes/recurrence.ts';
import { add, concatenate, matmul, multiply, reduceMean, reduceSum, reshape, rsqrt, scalar, select, square, subtract, tanh, greater } from '../../../core/program/expressions.ts';
import { eliminateDeadCode } from '../../../core/program/passes/eliminate-dead-code.ts';
import { simplify } from '../../../core/program/passes/simplify.ts';
import type { Value } from '../../../core/program/value.ts';
import { batchSize, constantSize, knownSize, productOfSizes } from '../../../core/shapes/size.ts';
import { stepwiseScans } from '../../../engine/scan-kernel/stepwise/stepwise-scans.ts';
import { spellProgram } from '../../../engine/tensorflow/program-graph.ts';
import { kernelRefusal } from '../../../engine/tensorflow/scan-kernel-spelling.ts';
import { defaultSpellingSettings } from '../../../engine/tensorflow/scan-spelling.ts';
import { referenceOf } from '../../support/body-case.ts';
import type { BodyCase, CaseMaker } from '../../support/body-case.ts';
import { expectClose } from '../../support/expect-close.ts';
import { programOf, runOnTensorFlow, testBackend } from '../../support/run-on-tensorflow.ts';
import { trainedCase } from '../../support/trained-case.ts';

function stepwise(built: BodyCase): BodyCase {
  return { ...built, body: eliminateDeadCode(simplify(stepwiseScans(built.body, (scan) => kernelRefusal(scan) === undefined))) };
}

function count({ body }: BodyCase, kind: string): number {
  return body.instructions.filter((instruction) => instruction.kind === kind).length;
}

/** The rewritten body means the same in float64, and the kernel gives it. */
function expectSame(built: BodyCase, tolerance = 3e-6): BodyCase {
  const rewritten = stepwise(built);
  expectClose(referenceOf(rewritten), referenceOf(built), 1e-12);
  expectClose(runOnTensorFlow(testBackend(), built), referenceOf(built), tolerance);
  return rewritten;
}

const sequenceOf = ({ input }: CaseMaker, steps: number, features: number): Value => input('float', [batchSize, constantSize(steps), constantSize(features)], [-1, 1]);
const featuresOf = (value: Value): number => knownSize(value.shape.at(-1)!) ?? 0;

type Settings = Parameters<typeof conv1dNode.forward>[0]['parameters'];

function convolved({ builder, input }: CaseMaker, value: Value, settings: Partial<Settings>): Value {
  const parameters = { filters: 4, kernelSize: 2, stride: 1, dilation: 1, padding: 'causal', activation: 'relu', useBias: true, ...settings } as Settings;
  const weights: Readonly<Record<string, Value>> = {
    kernel: input('float', [parameters.kernelSize, featuresOf(value), parameters.filters].map(constantSize), [-0.7, 0.7]),
    bias: input('float', [constantSize(parameters.filters)], [-0.5, 0.5]),
  };
  const site = { builder, node: 'conv', inputs: { inputs: value }, mode: 'train', weight: (name: string) => weights[name]!, parameters };
  return conv1dNode.forward(site as unknown as Parameters<typeof conv1dNode.forward>[0]).outputs as Value;
}

function recurrent({ builder, input }: CaseMaker, inputs: Value, units: number, goBackwards = false): Value {
  const weights = {
    kernel: input('float', [constantSize(featuresOf(inputs)), constantSize(units)], [-0.6, 0.6]),
    recurrent: input('float', [constantSize(units), constantSize(units)], [-0.6, 0.6]),
  };
  const cell: Parameters<typeof recur>[0]['cell'] = (step) =>
    [tanh(step.builder, add(step.builder, matmul(step.builder, step.input, step.weight('kernel')), matmul(step.builder, step.states[0]!, step.weight('recurrent'))))];
  const recurrence = { builder, node: 'rnn', inputs, units, stateNames: ['hidden state'], initialStates: [], weights, returnSequences: true, goBackwards, inOrderOfReading: true, truncateAfter: null, cell };
  return recur(recurrence).output;
}

function dense({ builder, input }: CaseMaker, value: Value, units: number): Value {
  const [batch, time, features] = value.shape;
  const products = matmul(builder, reshape(builder, value, [productOfSizes([batch!, time!]), features!]), input('float', [features!, constantSize(units)], [-0.6, 0.6]));
  return reshape(builder, add(builder, products, input('float', [constantSize(units)])), [batch!, time!, constantSize(units)]);
}

test('a dense layer beside a recurrence becomes scans, forwards and in its gradients, and means the same', () => {
  const built = trainedCase(7, (maker) => dense(maker, recurrent(maker, sequenceOf(maker, 5, 4), 4), 3));
  const rewritten = expectSame(built);
  expect(count(built, 'matmul')).toBe(3);
  expect(count(rewritten, 'matmul')).toBe(0);
  // Two of the recurrence; one does the layer, the loss and the layer's gradients.
  expect(count(rewritten, 'scan')).toBe(3);
});

/** Each feature less its mean over the batch and all steps, in units of its deviation, as batch normalisation has it in training. */
function standardized({ builder }: CaseMaker, value: Value): Value {
  const centred = subtract(builder, value, reduceMean(builder, value, [0, 1]));
  const variance = reduceMean(builder, square(builder, centred), [0, 1]);
  return multiply(builder, centred, rsqrt(builder, add(builder, variance, scalar(builder, 1e-3))));
}

test.each([2, 16, 37])('the statistics of batch normalisation are sums over the steps of what they are of, and nothing leaves the lanes for them: %i series', (batch) => {
  const built = trainedCase(batch, (maker) => recurrent(maker, standardized(maker, recurrent(maker, sequenceOf(maker, 5, 4), 4)), 3));
  const rewritten = expectSame(built, 1e-5);
  expect(count(built, 'reduce-mean')).toBe(3);
  expect(count(rewritten, 'reduce-mean')).toBe(0);
});

test('without a recurrence or a convolution nothing changes', () => {
  const { body } = trainedCase(7, (maker) => dense(maker, sequenceOf(maker, 5, 4), 3));
  expect(stepwiseScans(body, () => true)).toBe(body);
});

test('what the kernel refuses stays as it was', () => {
  const { body } = trainedCase(7, (maker) => dense(maker, recurrent(maker, sequenceOf(maker, 5, 4), 4), 3));
  const refused = stepwiseScans(body, () => false);
  expect(count({ body: refused, inputs: [], batch: 1 }, 'matmul')).toBe(3);
});

test('a WaveNet: causal convolutions, dilated further and further, are one scan a layer and direction', () => {
  const dilations = [1, 2, 4, 8, 1, 2];
  const built = trainedCase(18, (maker) => dense(maker, dilations.reduce((value, dilation) => convolved(maker, value, { dilation }), sequenceOf(maker, 12, 2)), 3));
  const rewritten = expectSame(built);
  expect(count(rewritten, 'matmul')).toBe(0);
  expect(count(rewritten, 'scan')).toBeLessThanOrEqual(2 * (dilations.length + 1));
});

test.each<readonly [string, Partial<Settings>]>([
  ['valid', { padding: 'valid', kernelSize: 3 }],
  ['valid, dilated', { padding: 'valid', kernelSize: 3, dilation: 2 }],
  ['same', { padding: 'same', kernelSize: 4 }],
  ['same, dilated', { padding: 'same', kernelSize: 3, dilation: 3 }],
  ['causal, with a stride', { stride: 2, kernelSize: 3 }],
  ['same, with a stride', { padding: 'same', stride: 3, kernelSize: 4 }],
  ['wider than one product of the kernel takes', { padding: 'same', kernelSize: 40, filters: 3 }],
  ['sigmoid, without bias', { activation: 'sigmoid', useBias: false }],
])('a convolution between others: %s', (_, settings) => {
  expect.hasAssertions();
  expectSame(trainedCase(5, (maker) => dense(maker, convolved(maker, convolved(maker, convolved(maker, sequenceOf(maker, 44, 3), { activation: 'tanh' }), settings), { filters: 3 }), 2)), 1e-5);
});

/** What of a body works on sequences outside scans, apart from reading them elsewhere in time. */
function sequenceWork({ body }: BodyCase): readonly string[] {
  const readings = ['slice', 'pad', 'reshape', 'transpose', 'reverse', 'broadcast', 'reduce-mean'];
  return body.instructions.filter(({ kind, outputs }) => kind !== 'scan' && !readings.includes(kind) && (body.values[outputs[0]!]?.shape ?? []).some((size) => size.kind !== 'constant')).map(({ kind }) => kind);
}

/** How often the graph brings a sequence into lanes. */
function waysIntoLanes(rewritten: BodyCase): number {
  const { graph } = spellProgram(programOf(rewritten), new Set(), { ...defaultSpellingSettings, scanKernel: true });
  return graph.nodes.filter(({ operation }) => operation === 'UnrollToLanes').length;
}

test.each<readonly [string, number, Partial<Settings>]>([
  ['causal', 12, { stride: 2, kernelSize: 3 }],
  ['causal, an odd number of steps', 13, { stride: 2, kernelSize: 4 }],
  ['valid, steps left over at the end', 14, { padding: 'valid', stride: 3, kernelSize: 2 }],
  ['valid, as the chapter has it', 15, { padding: 'valid', stride: 2, kernelSize: 4 }],
  ['same', 13, { padding: 'same', stride: 3, kernelSize: 5 }],
  ['a stride beyond the kernel', 17, { padding: 'valid', stride: 5, kernelSize: 2 }],
  ['a kernel of one step', 9, { stride: 2, kernelSize: 1 }],
  ['patches', 12, { padding: 'valid', stride: 4, kernelSize: 4 }],
  ['a kernel that spans the series', 6, { stride: 2, kernelSize: 6 }],
])('a convolution with a stride is read where its input lies, forwards and in its gradients: %s', (_, steps, settings) => {
  const built = trainedCase(18, (maker) => dense(maker, convolved(maker, convolved(maker, sequenceOf(maker, steps, 3), { activation: 'tanh' }), { activation: 'tanh', ...settings }), 2));
  const rewritten = expectSame(built);
  expect(sequenceWork(rewritten)).toEqual([]);
  // The series itself, and nothing that came out of the kernel.
  expect(waysIntoLanes(rewritten)).toBe(1);
  expectClose(runOnTensorFlow(testBackend(defaultSpellingSettings), built), referenceOf(built), 3e-6);
});

test('strides one above the other, with recurrences between them, down to two steps, and to one', () => {
  const chain = (steps: number) => trainedCase(5, (maker) => {
    const first = convolved(maker, recurrent(maker, sequenceOf(maker, steps, 2), 3), { stride: 2, kernelSize: 3, activation: 'tanh' });
    const second = convolved(maker, first, { padding: 'same', stride: 2, kernelSize: 2, activation: 'sigmoid' });
    return recurrent(maker, convolved(maker, recurrent(maker, second, 4), { stride: 2, kernelSize: 2 }), 3, true);
  });
  expect(sequenceWork(expectSame(chain(15)))).toEqual([]);
  // One step is no sequence: what follows it runs as ordinary operations.
  expectSame(chain(8));
});

test('a stride straight above what is not trained, and a kernel of one step straight below a sum', () => {
  expect.hasAssertions();
  expectSame(trainedCase(17, (maker) => recurrent(maker, convolved(maker, sequenceOf(maker, 11, 2), { padding: 'valid', stride: 2, kernelSize: 4 }), 3)));
  expectSame(trainedCase(17, (maker) => convolved(maker, dense(maker, recurrent(maker, sequenceOf(maker, 11, 2), 3), 4), { stride: 3, kernelSize: 1 })));
});

test.each(['valid', 'same'] as const)('pools over time between recurrences: %s', (padding) => {
  const pooled = ({ builder }: CaseMaker, value: Value, type: typeof maxPoolingNode, settings: object): Value =>
    type.forward({ builder, node: 'pool', inputs: { inputs: value }, mode: 'train', weight: () => value, parameters: { poolSize: 3, stride: 2, padding, ...settings } } as unknown as Parameters<typeof type.forward>[0]).outputs as Value;
  const built = trainedCase(18, (maker) => {
    const largest = pooled(maker, recurrent(maker, sequenceOf(maker, 14, 2), 3), maxPoolingNode, {});
    return recurrent(maker, pooled(maker, recurrent(maker, largest, 4), averagePoolingNode, { poolSize: 2, stride: null }), 2);
  });
  const rewritten = expectSame(built);
  // A pool that reaches over the end leaves the lanes and comes back.
  expect([sequenceWork(rewritten).length === 0, waysIntoLanes(rewritten) === 1]).toEqual([padding === 'valid', padding === 'valid']);
});

test('a sequence read backwards, in the order of reading, stays where it is', () => {
  const built = trainedCase(17, (maker) => recurrent(maker, recurrent(maker, convolved(maker, sequenceOf(maker, 7, 2), {}), 3, true), 2, true));
  const rewritten = expectSame(built);
  expect([sequenceWork(rewritten), waysIntoLanes(rewritten)]).toEqual([[], 1]);
});

test('not a number and infinity stay at the steps that a stride keeps, and leave the others', () => {
  const clean = trainedCase(3, (maker) => dense(maker, convolved(maker, sequenceOf(maker, 9, 2), { padding: 'valid', stride: 3, kernelSize: 1, activation: 'linear' }), 2));
  const spoilt = (step: number, value: number): BodyCase => ({
    ...clean, inputs: clean.inputs.map((input) => (input.shape.join() === '3,9,2' ? { ...input, values: input.values.map((own, index) => (Math.floor(index / 2) === step ? value : own)) } : input)),
  });
  const results = (built: BodyCase, settings = {}): readonly (readonly number[])[] => runOnTensorFlow(testBackend({ ...defaultSpellingSettings, scanKernel: true, ...settings }), built).map(({ values }) => [...values]);
  for (const value of [Number.NaN, Number.POSITIVE_INFINITY]) {
    // The second step of a series is read by no place of the kernel, the fourth by the second.
    expect(results(spoilt(1, value)).slice(0, 2)).toEqual(results(clean).slice(0, 2));
    const [kernel, plain] = [results(spoilt(3, value)), results(spoilt(3, value), { scanKernel: false })];
    kernel.forEach((own, index) => { expect(own.map(Number.isFinite)).toEqual(plain[index]?.map(Number.isFinite)); });
    expect(kernel[1]?.filter((own) => !Number.isFinite(own))).toHaveLength(2);
  }
});

test('any convolution with a stride means the same', () => {
  const settings = fc.record({
    steps: fc.integer({ min: 2, max: 23 }), kernelSize: fc.integer({ min: 1, max: 6 }), stride: fc.integer({ min: 2, max: 5 }), padding: fc.constantFrom('valid' as const, 'same' as const, 'causal' as const),
  }).filter(({ steps, kernelSize }) => kernelSize <= steps);
  const run = ({ steps, ...own }: { readonly steps: number } & Pick<Settings, 'kernelSize' | 'stride' | 'padding'>, batch: number): void => {
    expectSame(trainedCase(batch, (maker) => convolved(maker, recurrent(maker, sequenceOf(maker, steps, 2), 3), { activation: 'tanh', ...own })), 1e-5);
  };
  fc.assert(fc.property(settings, fc.constantFrom(1, 18), run), { numRuns: 25 });
  expect.hasAssertions();
}, 120_000);

test('dropout, addition, layer normalisation and joining between recurrent layers stay in lanes', () => {
  const built = trainedCase(17, (maker) => {
    const { builder, input } = maker;
    const first = recurrent(maker, sequenceOf(maker, 6, 3), 4);
    const kept = select(builder, greater(builder, input('float', first.shape, [0, 1]), scalar(builder, 0.3)), multiply(builder, first, scalar(builder, 1 / 0.7)), scalar(builder, 0));
    const weights: Readonly<Record<string, Value>> = { gamma: input('float', [constantSize(4)], [0.5, 1.5]), beta: input('float', [constantSize(4)]) };
    const site = { builder, node: 'norm', inputs: { inputs: add(builder, first, kept) }, mode: 'train', weight: (name: string) => weights[name]!, parameters: { epsilon: 1e-3 } };
    const normalized = layerNormNode.forward(site as unknown as Parameters<typeof layerNormNode.forward>[0]).outputs as Value;
    const both = concatenate(builder, [recurrent(maker, normalized, 3), recurrent(maker, kept, 2)], 2);
    return recurrent(maker, both, 3);
  });
  const rewritten = expectSame(built, 2e-5);
  const elementwise = ['add', 'multiply', 'select', 'rsqrt', 'concatenate', 'reduce-mean'];
  // Whatever is left works on vectors, not on sequences.
  const left = rewritten.body.instructions.filter(({ kind, outputs }) => elementwise.includes(kind) && rewritten.body.values[outputs[0]!]!.shape.length === 3);
  expect(left.map(({ kind }) => kind)).toEqual([]);
});

test('one mask a series for all steps, and sums that a later step needs', () => {
  expect.hasAssertions();
  expectSame(trainedCase(18, (maker) => {
    const { builder, input } = maker;
    const hidden = recurrent(maker, sequenceOf(maker, 5, 3), 4);
    const masked = multiply(builder, hidden, input('float', [batchSize, constantSize(1), constantSize(4)], [0, 2]));
    const centred = subtract(builder, masked, reshape(builder, multiply(builder, reduceSum(builder, masked, [0, 1]), scalar(builder, 0.01)), [1, 1, 4].map(constantSize)));
    return recurrent(maker, centred, 2, true);
  }));
});

test('any chain of layers means the same', () => {
  const layer = fc.constantFrom('rnn', 'conv', 'same', 'stride', 'dense', 'tanh', 'residual', 'backwards');
  const run = (layers: readonly string[], batch: number): void => {
    const built = trainedCase(batch, (maker) => layers.reduce((value, kind, index): Value => {
      switch (kind) {
        case 'rnn': return recurrent(maker, value, 2 + index);
        case 'backwards': return recurrent(maker, value, 3, true);
        case 'conv': return convolved(maker, value, { dilation: 1 + (index % 3), activation: 'tanh' });
        case 'same': return convolved(maker, value, { padding: 'same', kernelSize: 3, activation: 'sigmoid' });
        case 'stride': return (knownSize(value.shape[1]!) ?? 0) > 5 ? convolved(maker, value, { stride: 2, activation: 'tanh' }) : value;
        case 'dense': return dense(maker, value, 3);
        case 'tanh': return tanh(maker.builder, value);
        default: return add(maker.builder, value, convolved(maker, value, { filters: featuresOf(value), activation: 'tanh' }));
      }
    }, sequenceOf(maker, 9, 2)));
    expectClose(referenceOf(stepwise(built)), referenceOf(built), 1e-10);
    expectClose(runOnTensorFlow(testBackend(), built), referenceOf(built), 1e-5);
  };
  fc.assert(fc.property(fc.array(layer, { minLength: 1, maxLength: 5 }), fc.constantFrom(1, 5, 17), run), { numRuns: 25 });
  expect.hasAssertions();
}, 120_000);
