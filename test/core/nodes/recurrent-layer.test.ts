import { describe, expect, it } from 'vitest';
import { anyNodeType } from '../../../core/nodes/catalog.ts';
import { gruNode } from '../../../core/nodes/gru.ts';
import { layerNormLstmNode } from '../../../core/nodes/layer-norm-lstm.ts';
import { layerNormRnnNode } from '../../../core/nodes/layer-norm-rnn.ts';
import { lstmNode } from '../../../core/nodes/lstm.ts';
import type { LayerNodeType } from '../../../core/nodes/node-type.ts';
import { simpleRnnNode } from '../../../core/nodes/simple-rnn.ts';
import { BodyBuilder } from '../../../core/program/body-builder.ts';
import { allAxes, reduceSum } from '../../../core/program/expressions.ts';
import { evaluateBody } from '../../../core/program/reference/evaluate-body.ts';
import { numericTensor } from '../../../core/program/reference/numeric-tensor.ts';
import { printShape, sequenceShape, vectorShape } from '../../../core/shapes/shape.ts';
import { constantSize } from '../../../core/shapes/size.ts';
import { withGradients } from '../../support/numeric-gradient.ts';
import { contextFor, runLayer, writeLayer, type Given } from './run-layer.ts';

const sequence = sequenceShape(constantSize(7), constantSize(3));
const layers = [simpleRnnNode, lstmNode, gruNode, layerNormRnnNode, layerNormLstmNode].map((node) => [node.type, anyNodeType(node as never) as LayerNodeType] as const);

function outputShapes(type: LayerNodeType, given: Given): Readonly<Record<string, string>> {
  const ruled = type.shape(contextFor(type, given, sequence));
  if (!ruled.ok) throw new Error(ruled.diagnostics[0]!.message);
  return Object.fromEntries(Object.entries(ruled.value).map(([port, facts]) => [port, facts.kind === 'tensor' ? printShape(facts.shape) : '']));
}

/** Adds up what it reads: kernels and recurrent kernels 1, no bias. */
const sums = { units: 1, activation: 'linear', useBias: false };
const ones = { kernel: [1], recurrent_kernel: [1] };
const series = numericTensor([1, 3, 1], [1, 10, 100]);

describe('a bidirectional layer', () => {
  it('gives the states of both directions at the same time step, side by side or unit by unit', () => {
    const weights = { forward_kernel: [1], forward_recurrent_kernel: [1], backward_kernel: [2], backward_recurrent_kernel: [1] };
    const merged = (merge: string) => [...runLayer(simpleRnnNode, { ...sums, bidirectional: true, merge }, series, weights).values];
    expect(merged('concatenate')).toEqual([1, 222, 11, 220, 111, 200]);
    expect(merged('sum')).toEqual([223, 231, 311]);
    expect(merged('average')).toEqual([111.5, 115.5, 155.5]);
    expect(merged('multiply')).toEqual([222, 2420, 22200]);
  });

  it('returns where each direction has arrived, if the last step is wanted', () => {
    const weights = { forward_kernel: [1], forward_recurrent_kernel: [1], backward_kernel: [2], backward_recurrent_kernel: [1] };
    expect([...runLayer(simpleRnnNode, { ...sums, bidirectional: true, returnSequences: false }, series, weights).values]).toEqual([111, 222]);
  });

  it.each(layers)('%s: has two sets of weights and a state for each direction', (_, type) => {
    const given = { units: 4, bidirectional: true };
    expect(outputShapes(type, given)).toMatchObject({ outputs: '(batch, 7 time, 8 feature)', 'final hidden state': '(batch, 8 feature)' });
    expect(outputShapes(type, { ...given, merge: 'sum', returnSequences: false })).toMatchObject({ outputs: '(batch, 4 feature)', 'final hidden state': '(batch, 8 feature)' });
    const single = type.weights(contextFor(type, { units: 4 }, sequence)).map(({ name }) => name);
    const both = type.weights(contextFor(type, given, sequence)).map(({ name }) => name);
    expect(both).toEqual(['forward_', 'backward_'].flatMap((prefix) => single.map((name) => `${prefix}${name}`)));
  });
});

describe('states', () => {
  it('are taken up where they are wired', () => {
    const state = numericTensor([1, 1], [1000]);
    expect([...runLayer(simpleRnnNode, sums, [series, state], ones).values]).toEqual([1001, 1011, 1111]);
    expect([...runLayer(simpleRnnNode, { ...sums, goBackwards: true }, [series, state], ones).values]).toEqual([1100, 1110, 1111]);
  });

  it.each(layers)('%s: a vector of its units each, and no other', (_, type) => {
    const states = type.inputs.filter((port) => port.optional === true);
    const wired = [sequence, ...states.map(() => vectorShape(constantSize(4)))];
    expect(type.shape(contextFor(type, { units: 4 }, wired)).ok).toBe(true);
    const narrow = type.shape(contextFor(type, { units: 5 }, wired));
    expect(narrow.ok ? [] : narrow.diagnostics.map(({ code, where }) => [code, where])).toEqual(
      states.map(({ name }) => ['state-misfit', { kind: 'node', node: 'layer', port: name }]),
    );
  });
});

describe('dropout', () => {
  const rates = { dropout: 0.5, recurrentDropout: 0.5 };
  const drawn = (type: LayerNodeType, given: Given, mode: 'train' | 'evaluate' | 'predict' | 'sample') =>
    writeLayer(type, given, sequence, mode).body.instructions.filter(({ kind }) => kind === 'random-uniform').length;

  it.each(layers)('%s: one draw for the whole series, in training and where forecasts are sampled', (_, type) => {
    expect((['train', 'sample', 'evaluate', 'predict'] as const).map((mode) => drawn(type, { units: 4, ...rates }, mode))).toEqual([1, 1, 0, 0]);
    expect(drawn(type, { units: 4 }, 'train')).toBe(0);
  });

  it('reads without the dropped features, and goes without the dropped units, at every step alike', () => {
    // The first number is the input's, the second the hidden state's; below the rate is dropped, the rest is doubled.
    const run = (given: Given, uniform: readonly number[]) => [...runLayer(simpleRnnNode, { ...sums, ...given }, series, ones, 'train', (element) => uniform[element]!).values];
    expect(run(rates, [0.6, 0.6])).toEqual([2, 24, 248]);
    expect(run(rates, [0.4, 0.6])).toEqual([0, 0, 0]);
    expect(run(rates, [0.6, 0.4])).toEqual([2, 20, 200]);
    expect(run({ dropout: 0.5 }, [0.4])).toEqual([0, 0, 0]);
  });
});

describe('a truncated gradient', () => {
  /** The output, and the gradient of its last number with respect to each step read. */
  function run(given: Given) {
    const five = sequenceShape(constantSize(5), constantSize(1));
    const builder = new BodyBuilder();
    const { outputs, weights } = writeLayer(layers[0]![1], { ...sums, returnSequences: false, ...given }, five, 'train', builder);
    const last = reduceSum(builder, outputs['outputs']!, allAxes(outputs['outputs']!));
    const body = withGradients(builder.finish([last]), [0]);
    const inputs = [numericTensor([1, 5, 1], [1, 10, 100, 1000, 10_000]), ...weights.map(({ shape }) => numericTensor(shape, [1]))];
    const [value, gradient] = evaluateBody(body, inputs, { batch: 1 });
    return [value!.values[0], [...gradient!.values]];
  }

  it('goes back through the last piece alone, and the forecast stays the same', () => {
    expect(run({})).toEqual([11_111, [1, 1, 1, 1, 1]]);
    expect(run({ truncateAfter: 2 })).toEqual([11_111, [0, 0, 0, 1, 1]]);
    expect(run({ truncateAfter: 2, goBackwards: true })).toEqual([11_111, [1, 1, 0, 0, 0]]);
    expect(run({ truncateAfter: 5 })).toEqual(run({}));
  });

  it('of a returned sequence: every step sees its own piece; pieces are whole from the end', () => {
    const states = [...runLayer(simpleRnnNode, { ...sums, truncateAfter: 2 }, series, ones, 'train').values];
    expect(states).toEqual([1, 11, 111]);
    expect([...runLayer(simpleRnnNode, { ...sums, truncateAfter: 2, goBackwards: true }, series, ones, 'train').values]).toEqual([100, 110, 111]);
    expect(run({ returnSequences: true, truncateAfter: 2 })[1]).toEqual([1, 2, 1, 2, 1]);
  });

  it('is no gradient cut into hundreds of pieces', () => {
    const long = sequenceShape(constantSize(500), constantSize(1));
    const ruled = layers[0]![1].shape(contextFor(layers[0]![1], { truncateAfter: 2 }, long));
    expect(ruled.ok ? [] : ruled.diagnostics.map(({ message, repairs }) => [message, repairs.map(({ title }) => title)])).toEqual([[
      'Layer truncates its gradient after 2 time steps, which cuts the 500 time steps that it reads into 250 pieces; 100 are allowed: set truncateAfter to 5 or more, or to nothing.',
      ['Set truncateAfter of Layer to 5', expect.any(String)],
    ]]);
  });
});
