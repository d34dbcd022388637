import { expect, it } from 'vitest';
import { averagePoolingNode } from '../../../core/nodes/average-pooling.ts';
import { globalAveragePoolingNode } from '../../../core/nodes/global-average-pooling.ts';
import { globalMaxPoolingNode } from '../../../core/nodes/global-max-pooling.ts';
import { maxPoolingNode } from '../../../core/nodes/max-pooling.ts';
import { numericTensor } from '../../../core/program/reference/numeric-tensor.ts';
import { runLayer, type Given } from './run-layer.ts';

const series = numericTensor([1, 5, 1], [-3, -1, -2, -8, -4]);

it.each<readonly [string, Given, readonly number[], readonly number[]]>([
  ['whole pools', { poolSize: 2 }, [-1, -2], [-2, -5]],
  ['overlapping pools', { poolSize: 3, stride: 1 }, [-1, -1, -2], [-2, -11 / 3, -14 / 3]],
  ['pools that reach over an end see only what is there', { poolSize: 2, padding: 'same' }, [-1, -2, -4], [-2, -5, -4]],
  ['pools that reach over both ends', { poolSize: 3, stride: 2, padding: 'same' }, [-1, -1, -4], [-2, -11 / 3, -6]],
])('%s', (_, given, largest, means) => {
  expect([...runLayer(maxPoolingNode, given, series).values]).toEqual(largest);
  expect([...runLayer(averagePoolingNode, given, series).values]).toEqual(means.map((value): unknown => expect.closeTo(value, 12)));
});

it('global pools make one vector of a series, each feature alone', () => {
  const two = numericTensor([1, 3, 2], [1, -6, 5, -1, 3, -2]);
  expect(runLayer(globalMaxPoolingNode, {}, two)).toEqual(numericTensor([1, 2], [5, -1]));
  expect(runLayer(globalAveragePoolingNode, {}, two)).toEqual(numericTensor([1, 2], [3, -3]));
});
