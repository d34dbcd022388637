import { expect, it } from 'vitest';
import { layerNormNode } from '../../../core/nodes/layer-norm.ts';
import { numericTensor } from '../../../core/program/reference/numeric-tensor.ts';
import { runLayer } from './run-layer.ts';

it('normalises each vector over its features, with the biased variance', () => {
  const outputs = runLayer(layerNormNode, {}, numericTensor([2, 3], [1, 2, 6, -4, 0, 4]), { gamma: [1, 2, 3], beta: [0, 10, 0] });
  const normalized = (values: readonly number[]) => {
    const mean = values.reduce((sum, value) => sum + value, 0) / 3;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 3;
    return values.map((value, feature) => ((value - mean) / Math.sqrt(variance + 0.001)) * (feature + 1) + (feature === 1 ? 10 : 0));
  };
  expect([...outputs.values]).toEqual([...normalized([1, 2, 6]), ...normalized([-4, 0, 4])].map((value): unknown => expect.closeTo(value, 12)));
});

it('treats each time step of a sequence alone', () => {
  const weights = { gamma: [1, 1], beta: [0, 0] };
  const sequence = runLayer(layerNormNode, { epsilon: 1e-6 }, numericTensor([1, 2, 2], [1, 3, 100, 50]), weights);
  const vectors = runLayer(layerNormNode, { epsilon: 1e-6 }, numericTensor([2, 2], [1, 3, 100, 50]), weights);
  expect(sequence.shape).toEqual([1, 2, 2]);
  expect([...sequence.values]).toEqual([...vectors.values]);
});
