import { expect, it } from 'vitest';
import { layerNormRnnNode } from '../../../core/nodes/layer-norm-rnn.ts';
import { numericTensor } from '../../../core/program/reference/numeric-tensor.ts';
import { runLayer } from './run-layer.ts';

// Two units on one feature: normalised over two numbers a and b, the first becomes (a − b)/2 over √((a − b)²/4 + ε).
const weights = { kernel: [1, -0.5], recurrent_kernel: [0.2, 0.3, -0.4, 0.6], bias: [0.1, -0.2], gamma: [1.5, 0.5], beta: [0.3, -0.1] };
const epsilon = 0.01;

function states(series: readonly number[]): number[] {
  let hidden = [0, 0];
  return series.flatMap((input) => {
    const [first, second] = [0, 1].map((unit) =>
      input * weights.kernel[unit]! + hidden[0]! * weights.recurrent_kernel[unit]! + hidden[1]! * weights.recurrent_kernel[2 + unit]! + weights.bias[unit]!) as [number, number];
    const half = (first - second) / 2;
    const normalized = half / Math.sqrt(half * half + epsilon);
    hidden = [Math.tanh(1.5 * normalized + 0.3), Math.tanh(-0.5 * normalized - 0.1)];
    return hidden;
  });
}

it('normalises the weighted sum of every step over its units, then applies the activation', () => {
  const outputs = runLayer(layerNormRnnNode, { units: 2, epsilon }, numericTensor([1, 3, 1], [1, -2, 0.5]), weights);
  expect([...outputs.values]).toEqual(states([1, -2, 0.5]).map((value): unknown => expect.closeTo(value, 12)));
});

it('returns the last step only where asked', () => {
  const outputs = runLayer(layerNormRnnNode, { units: 2, epsilon, returnSequences: false }, numericTensor([1, 3, 1], [1, -2, 0.5]), weights);
  expect([...outputs.values]).toEqual(states([1, -2, 0.5]).slice(-2).map((value): unknown => expect.closeTo(value, 12)));
});
