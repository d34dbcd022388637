import { expect, it } from 'vitest';
import { cropNode } from '../../../core/nodes/crop.ts';
import { padNode } from '../../../core/nodes/pad.ts';
import { permuteNode } from '../../../core/nodes/permute.ts';
import { repeatVectorNode } from '../../../core/nodes/repeat-vector.ts';
import { reshapeNode } from '../../../core/nodes/reshape.ts';
import { takeStepNode } from '../../../core/nodes/take-step.ts';
import { numericTensor } from '../../../core/program/reference/numeric-tensor.ts';
import { runLayer } from './run-layer.ts';

const sequence = numericTensor([1, 3, 2], [1, 2, 3, 4, 5, 6]);

it('repeat-vector gives the same vector at every time step', () => {
  expect(runLayer(repeatVectorNode, { steps: 3 }, numericTensor([2, 2], [1, 2, 3, 4]))).toEqual(numericTensor([2, 3, 2], [1, 2, 1, 2, 1, 2, 3, 4, 3, 4, 3, 4]));
});

it('take-step counts from the start, or from the end', () => {
  expect([0, 1, -1, -3].map((step) => [...runLayer(takeStepNode, { step }, sequence).values])).toEqual([[1, 2], [3, 4], [5, 6], [1, 2]]);
});

it('crop leaves out time steps at both ends, pad puts zeros there', () => {
  expect(runLayer(cropNode, { before: 1, after: 0 }, sequence)).toEqual(numericTensor([1, 2, 2], [3, 4, 5, 6]));
  expect(runLayer(padNode, { before: 0, after: 2 }, sequence)).toEqual(numericTensor([1, 5, 2], [1, 2, 3, 4, 5, 6, 0, 0, 0, 0]));
});

it('reshape divides values in their order into time steps', () => {
  expect(runLayer(reshapeNode, { steps: 2 }, sequence)).toEqual(numericTensor([1, 2, 3], [1, 2, 3, 4, 5, 6]));
  expect(runLayer(reshapeNode, { steps: 4 }, numericTensor([1, 4], [1, 2, 3, 4]))).toEqual(numericTensor([1, 4, 1], [1, 2, 3, 4]));
});

it('permute exchanges time and features', () => {
  expect(runLayer(permuteNode, {}, sequence)).toEqual(numericTensor([1, 2, 3], [1, 3, 5, 2, 4, 6]));
});
