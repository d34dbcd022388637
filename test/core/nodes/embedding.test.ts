import { expect, it } from 'vitest';
import { cropFeaturesNode } from '../../../core/nodes/crop-features.ts';
import { embeddingNode } from '../../../core/nodes/embedding.ts';
import { numericTensor } from '../../../core/program/reference/numeric-tensor.ts';
import { runLayer } from './run-layer.ts';

const sequence = numericTensor([1, 3, 2], [0.5, 2, 1.5, 0, 2.5, 1]);

it('an embedding gives the row of each category', () => {
  const outputs = runLayer(embeddingNode, { inputDimension: 3, outputDimension: 2 }, sequence, { embeddings: [1, 2, 3, 4, 5, 6] });
  expect([[...outputs.shape], [...outputs.values]]).toEqual([[1, 3, 2], [5, 6, 1, 2, 3, 4]]);
});

it('features are cropped at every time step alike', () => {
  expect([...runLayer(cropFeaturesNode, {}, sequence, {}).values]).toEqual([0.5, 1.5, 2.5]);
  expect([...runLayer(cropFeaturesNode, { before: 1, after: 0 }, sequence, {}).values]).toEqual([2, 0, 1]);
});
