import fc from 'fast-check';
import { expect, test } from 'vitest';
import { conv1dNode } from '../../../core/nodes/conv1d.ts';
import { layerNormNode } from '../../../core/nodes/layer-norm.ts';
import { recur } from '../../../core/nodes/recurrence.ts';
import { BodyBuilder } from '../../../core/program/body-builder.ts';
import { add, allAxes, concatenate, matmul, multiply, reduceMean, reduceSum, reshape, scalar, select, square, subtract, tanh, greater } from '../../../core/program/expressions.ts';
import { differentiate } from '../../../core/program/gradients/differentiate.ts';
import { eliminateDeadCode } from '../../../core/program/passes/eliminate-dead-code.ts';
import { simplify } from '../../../core/program/passes/simplify.ts';
import type { Value } from '../../../core/program/value.ts';
import { batchSize, constantSize, knownSize, productOfSizes } from '../../../core/shapes/size.ts';
import { stepwiseScans } from '../../../engine/scan-kernel/stepwise/stepwise-scans.ts';
import { kernelRefusal } from '../../../engine/tensorflow/scan-kernel-spelling.ts';
import { bodyCase, referenceOf } from '../../support/body-case.ts';
import type { BodyCase, CaseMaker } from '../../support/body-case.ts';
import { expectClose } from '../../support/expect-close.ts';
import { runOnTensorFlow, testBackend } from '../../support/run-on-tensorflow.ts';

/** A network over a sequence: a loss over its result, the result, and the loss's gradient with respect to every input. */
function trained(batch: number, build: (maker: CaseMaker) => Value): BodyCase {
  const built = bodyCase(batch, 7, (maker) => {
    const result = build(maker);
    return [reduceMean(maker.builder, square(maker.builder, result), allAxes(result)), result];
  });
  const builder = new BodyBuilder();
  const inputs = built.body.inputs.map((id) => builder.input(built.body.values[id]!.type, built.body.values[id]!.shape));
  const { outputs, gradients } = differentiate(builder, built.body, inputs, 0, inputs.flatMap(({ type }, index) => (type === 'float' && index > 0 ? [index] : [])));
  return { ...built, body: eliminateDeadCode(simplify(builder.finish([...outputs, ...gradients]))) };
}

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
  const built = trained(7, (maker) => dense(maker, recurrent(maker, sequenceOf(maker, 5, 4), 4), 3));
  const rewritten = expectSame(built);
  expect(count(built, 'matmul')).toBe(3);
  expect(count(rewritten, 'matmul')).toBe(0);
  // Two of the recurrence; one does the layer, the loss and the layer's gradients.
  expect(count(rewritten, 'scan')).toBe(3);
});

test('without a recurrence or a convolution nothing changes', () => {
  const { body } = trained(7, (maker) => dense(maker, sequenceOf(maker, 5, 4), 3));
  expect(stepwiseScans(body, () => true)).toBe(body);
});

test('what the kernel refuses stays as it was', () => {
  const { body } = trained(7, (maker) => dense(maker, recurrent(maker, sequenceOf(maker, 5, 4), 4), 3));
  const refused = stepwiseScans(body, () => false);
  expect(count({ body: refused, inputs: [], batch: 1 }, 'matmul')).toBe(3);
});

test('a WaveNet: causal convolutions, dilated further and further, are one scan a layer and direction', () => {
  const dilations = [1, 2, 4, 8, 1, 2];
  const built = trained(18, (maker) => dense(maker, dilations.reduce((value, dilation) => convolved(maker, value, { dilation }), sequenceOf(maker, 12, 2)), 3));
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
  expectSame(trained(5, (maker) => dense(maker, convolved(maker, convolved(maker, convolved(maker, sequenceOf(maker, 44, 3), { activation: 'tanh' }), settings), { filters: 3 }), 2)), 1e-5);
});

test('dropout, addition, layer normalisation and joining between recurrent layers stay in lanes', () => {
  const built = trained(17, (maker) => {
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
  expectSame(trained(18, (maker) => {
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
    const built = trained(batch, (maker) => layers.reduce((value, kind, index): Value => {
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
