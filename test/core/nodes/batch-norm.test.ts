import { expect, it } from 'vitest';
import { batchNormNode } from '../../../core/nodes/batch-norm.ts';
import { numericTensor } from '../../../core/program/reference/numeric-tensor.ts';
import { runLayer } from './run-layer.ts';

const epsilon = 0.5;
const state = { gamma: [2, 1], beta: [10, 0], moving_mean: [1, 0], moving_variance: [3.5, 0.5] };
// Two series of two steps: the first feature has mean 3 and variance 5, the second is constant.
const series = numericTensor([2, 2, 2], [0, 7, 2, 7, 4, 7, 6, 7]);

it('normalises each feature over batch and time in training, with the biased variance', () => {
  const outputs = runLayer(batchNormNode, { epsilon }, series, state, 'train');
  const expected = [0, 2, 4, 6].flatMap((value) => [10 + (2 * (value - 3)) / Math.sqrt(5.5), 0]);
  expect([...outputs.values]).toEqual(expected.map((value): unknown => expect.closeTo(value, 12)));
});

it.each(['evaluate', 'predict', 'sample'] as const)('normalises by the moving statistics in mode %s', (mode) => {
  const outputs = runLayer(batchNormNode, { epsilon }, series, state, mode);
  expect([...outputs.values]).toEqual([0, 2, 4, 6].flatMap((value) => [10 + (value - 1), 7]).map((value): unknown => expect.closeTo(value, 12)));
});
