import { expect, it } from 'vitest';
import { flattenNode } from '../../../core/nodes/flatten.ts';
import { numericTensor } from '../../../core/program/reference/numeric-tensor.ts';
import { runLayer } from './run-layer.ts';

it('writes the time steps of each series side by side', () => {
  const outputs = runLayer(flattenNode, {}, numericTensor([2, 2, 3], [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]));
  expect(outputs.shape).toEqual([2, 6]);
  expect([...outputs.values]).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
});

it('leaves vectors as they are', () => {
  expect(runLayer(flattenNode, {}, numericTensor([2, 3], [1, 2, 3, 4, 5, 6])).shape).toEqual([2, 3]);
});
