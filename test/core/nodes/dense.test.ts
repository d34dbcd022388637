import { expect, it } from 'vitest';
import { denseNode } from '../../../core/nodes/dense.ts';
import { numericTensor } from '../../../core/program/reference/numeric-tensor.ts';
import { runLayer } from './run-layer.ts';

const weights = { kernel: [1, 2, 3, 4, 5, 6], bias: [10, -100, 0] };

it('sums features by weight and adds the bias', () => {
  const outputs = runLayer(denseNode, { units: 3 }, numericTensor([2, 2], [1, 1, 2, 0]), weights);
  expect([...outputs.values]).toEqual([15, -93, 9, 12, -96, 6]);
});

it('uses the same weights at every time step of a sequence', () => {
  const outputs = runLayer(denseNode, { units: 3 }, numericTensor([1, 2, 2], [1, 1, 2, 0]), weights);
  expect(outputs.shape).toEqual([1, 2, 3]);
  expect([...outputs.values]).toEqual([15, -93, 9, 12, -96, 6]);
});

it.each([
  ['linear', (value: number) => value],
  ['relu', (value: number) => Math.max(0, value)],
  ['tanh', Math.tanh],
  ['sigmoid', (value: number) => 1 / (1 + Math.exp(-value))],
] as const)('applies %s', (activation, reference) => {
  const outputs = runLayer(denseNode, { units: 1, useBias: false, activation }, numericTensor([2, 1], [-0.7, 1.3]), { kernel: [1] });
  expect([...outputs.values]).toEqual([-0.7, 1.3].map((value): unknown => expect.closeTo(reference(value), 12)));
});
