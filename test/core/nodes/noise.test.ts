import { describe, expect, it } from 'vitest';
import { gaussianNoiseNode } from '../../../core/nodes/gaussian-noise.ts';
import { spatialDropoutNode } from '../../../core/nodes/spatial-dropout.ts';
import { uniformStream } from '../../../core/program/random.ts';
import { numericTensor } from '../../../core/program/reference/numeric-tensor.ts';
import { runLayer } from './run-layer.ts';

describe('spatial dropout', () => {
  const series = numericTensor([1, 2, 3], [1, 2, 3, 4, 5, 6]);

  it.each(['train', 'sample'] as const)('drops a feature at all time steps or at none in mode %s', (mode) => {
    const outputs = runLayer(spatialDropoutNode, { rate: 0.5 }, series, {}, mode, (feature) => [0.9, 0.1, 0.5][feature]!);
    expect([...outputs.values]).toEqual([2, 0, 6, 8, 0, 12]);
  });

  it.each(['evaluate', 'predict'] as const)('is off in mode %s', (mode) => {
    expect(runLayer(spatialDropoutNode, { rate: 0.5 }, series, {}, mode)).toEqual(series);
  });
});

describe('gaussian noise', () => {
  const count = 20_000;
  const zeros = numericTensor([count, 1], new Float64Array(count));

  it('is standard normal times its deviation', () => {
    const uniform = uniformStream(7, 'noise');
    const noise = runLayer(gaussianNoiseNode, { deviation: 2 }, zeros, {}, 'train', () => uniform()).values.map((value) => value / 2);
    const mean = (of: (value: number) => number) => noise.reduce((sum, value) => sum + of(value), 0) / count;
    // Four standard errors of each moment, and of the share beyond 1.96.
    expect(Math.abs(mean((value) => value))).toBeLessThan(4 / Math.sqrt(count));
    expect(Math.abs(mean((value) => value ** 2) - 1)).toBeLessThan(4 * Math.sqrt(2 / count));
    expect(Math.abs(mean((value) => value ** 4) - 3)).toBeLessThan(4 * Math.sqrt(96 / count));
    expect(Math.abs(mean((value) => (Math.abs(value) > 1.96 ? 1 : 0)) - 0.05)).toBeLessThan(4 * Math.sqrt((0.05 * 0.95) / count));
  });

  it('stays finite where the generator gives its smallest and its largest number', () => {
    for (const drawn of [0, 1 - 2 ** -24]) {
      expect(runLayer(gaussianNoiseNode, {}, numericTensor([1, 1], [0]), {}, 'train', () => drawn).values.every(Number.isFinite)).toBe(true);
    }
  });

  it.each(['evaluate', 'predict', 'sample'] as const)('is off in mode %s', (mode) => {
    expect(runLayer(gaussianNoiseNode, {}, numericTensor([1, 2], [3, 4]), {}, mode)).toEqual(numericTensor([1, 2], [3, 4]));
  });
});
