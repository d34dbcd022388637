import { describe, expect, it } from 'vitest';
import { dropoutNode } from '../../../core/nodes/dropout.ts';
import { numericTensor } from '../../../core/program/reference/numeric-tensor.ts';
import { runLayer } from './run-layer.ts';

const input = numericTensor([1, 4], [1, 2, 3, 4]);
const uniform = (element: number) => [0.1, 0.25, 0.24999, 0.9][element]!;

describe.each(['train', 'sample'] as const)('in mode %s', (mode) => {
  it('keeps what drew at least the rate, scaled up', () => {
    expect([...runLayer(dropoutNode, { rate: 0.25 }, input, {}, mode, uniform).values]).toEqual([0, expect.closeTo(2 / 0.75, 12), 0, expect.closeTo(4 / 0.75, 12)]);
  });

  it('asks for no randomness at rate 0', () => {
    const drawn = runLayer(dropoutNode, { rate: 0 }, input, {}, mode, () => {
      throw new Error('nothing should be drawn');
    });
    expect([...drawn.values]).toEqual([1, 2, 3, 4]);
  });
});

it.each(['evaluate', 'predict'] as const)('is off in mode %s', (mode) => {
  expect([...runLayer(dropoutNode, { rate: 0.5 }, input, {}, mode).values]).toEqual([1, 2, 3, 4]);
});
