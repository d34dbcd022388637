import { describe, expect, it } from 'vitest';
import { addNode } from '../../../core/nodes/add.ts';
import { averageNode } from '../../../core/nodes/average.ts';
import { concatenateNode } from '../../../core/nodes/concatenate.ts';
import { multiplyNode } from '../../../core/nodes/multiply.ts';
import { subtractNode } from '../../../core/nodes/subtract.ts';
import { numericTensor } from '../../../core/program/reference/numeric-tensor.ts';
import { runLayer } from './run-layer.ts';

const pair = [numericTensor([1, 2, 2], [1, 2, 3, 4]), numericTensor([1, 2, 2], [10, 20, -30, 0.5])];

it.each([
  ['add', addNode, [11, 22, -27, 4.5]],
  ['subtract', subtractNode, [-9, -18, 33, 3.5]],
  ['multiply', multiplyNode, [10, 40, -90, 2]],
  ['average', averageNode, [5.5, 11, -13.5, 2.25]],
] as const)('%s combines element by element', (_, node, expected) => {
  expect(runLayer(node, {}, pair)).toEqual(numericTensor([1, 2, 2], expected));
});

describe('concatenate', () => {
  it('puts features side by side at every time step', () => {
    expect(runLayer(concatenateNode, {}, pair)).toEqual(numericTensor([1, 2, 4], [1, 2, 10, 20, 3, 4, -30, 0.5]));
    expect(runLayer(concatenateNode, {}, [numericTensor([2, 1], [1, 2]), numericTensor([2, 1], [3, 4])])).toEqual(numericTensor([2, 2], [1, 3, 2, 4]));
  });

  it('puts time steps one after the other where asked', () => {
    expect(runLayer(concatenateNode, { axis: 'time' }, pair)).toEqual(numericTensor([1, 4, 2], [1, 2, 3, 4, 10, 20, -30, 0.5]));
  });
});
