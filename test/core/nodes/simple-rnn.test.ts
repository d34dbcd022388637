import { expect, it } from 'vitest';
import { simpleRnnNode } from '../../../core/nodes/simple-rnn.ts';
import { numericTensor } from '../../../core/program/reference/numeric-tensor.ts';
import { runLayer } from './run-layer.ts';

// One unit on one feature, so that the recurrence can be written out: h′ = tanh(0.5·x − 0.3·h + 0.1).
const weights = { kernel: [0.5], recurrent_kernel: [-0.3], bias: [0.1] };
const inputs = numericTensor([2, 3, 1], [1, 2, -1, 0, 0.5, 3]);
const step = (input: number, hidden: number) => Math.tanh(0.5 * input - 0.3 * hidden + 0.1);

function states(series: readonly number[]): number[] {
  let hidden = 0;
  return series.map((input) => (hidden = step(input, hidden)));
}

it('carries its hidden state from step to step, each series alone', () => {
  const outputs = runLayer(simpleRnnNode, { units: 1 }, inputs, weights);
  expect(outputs.shape).toEqual([2, 3, 1]);
  const expected = [...states([1, 2, -1]), ...states([0, 0.5, 3])];
  outputs.values.forEach((value, index) => expect(value).toBeCloseTo(expected[index]!, 12));
});

it('returns the last step only where asked', () => {
  const outputs = runLayer(simpleRnnNode, { units: 1, returnSequences: false }, inputs, weights);
  expect(outputs.shape).toEqual([2, 1]);
  expect([...outputs.values]).toEqual([states([1, 2, -1])[2], states([0, 0.5, 3])[2]].map((value): unknown => expect.closeTo(value!, 12)));
});

it('applies the chosen activation, and no bias where it has none', () => {
  const outputs = runLayer(simpleRnnNode, { units: 1, activation: 'linear', useBias: false }, numericTensor([1, 2, 1], [1, 2]), weights);
  expect([...outputs.values]).toEqual([expect.closeTo(0.5, 12), expect.closeTo(1 - 0.15, 12)]);
});

it('goes backwards, and gives the states in the order of reading', () => {
  const outputs = runLayer(simpleRnnNode, { units: 1, goBackwards: true }, numericTensor([1, 3, 1], [1, 2, -1]), weights);
  expect([...outputs.values]).toEqual(states([-1, 2, 1]).map((value): unknown => expect.closeTo(value, 12)));
  const last = runLayer(simpleRnnNode, { units: 1, goBackwards: true, returnSequences: false }, numericTensor([1, 3, 1], [1, 2, -1]), weights);
  expect([...last.values]).toEqual([expect.closeTo(states([-1, 2, 1])[2]!, 12)]);
});
