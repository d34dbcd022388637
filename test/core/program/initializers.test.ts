import { describe, expect, it } from 'vitest';
import type { Model } from '../../../core/compile/model.ts';
import { initialParameters } from '../../../core/program/initializers.ts';
import type { Initializer } from '../../../core/nodes/node-type.ts';

function startOf(initializer: Initializer, shape: readonly number[], seed = 1): Float32Array {
  const length = shape.reduce((product, size) => product * size, 1);
  const model = { layers: [{ node: 'layer', weights: [{ name: 'weight', shape, initializer }] }] } as unknown as Model;
  return initialParameters(model, [{ node: 'layer', weight: 'weight', shape, offset: 0, length }], seed);
}

const dot = (values: Float32Array, first: number, second: number, columns: number): number =>
  Array.from({ length: columns }, (_, column) => (values[first * columns + column] ?? 0) * (values[second * columns + column] ?? 0))
    .reduce((sum, product) => sum + product, 0);

describe('weights start as in Keras', () => {
  it('glorot_uniform stays within √(6 / (inputs + outputs)) and fills it', () => {
    const values = startOf('glorot_uniform', [30, 20]);
    const limit = Math.sqrt(6 / 50);
    const largest = Math.max(...values.map(Math.abs));
    expect(largest).toBeLessThanOrEqual(limit);
    expect(largest).toBeGreaterThan(0.95 * limit);
  });

  it('orthogonal rows are orthonormal where they are fewer than the columns', () => {
    const values = startOf('orthogonal', [5, 20]);
    for (let first = 0; first < 5; first += 1) {
      for (let second = 0; second < 5; second += 1) expect(dot(values, first, second, 20)).toBeCloseTo(first === second ? 1 : 0, 6);
    }
  });

  it('unit_forget_bias is one for the second quarter and zero elsewhere', () => {
    expect([...startOf('unit_forget_bias', [8])]).toEqual([0, 0, 1, 1, 0, 0, 0, 0]);
  });

  it('depend on the seed', () => {
    expect(startOf('glorot_uniform', [3, 3], 1)).not.toEqual(startOf('glorot_uniform', [3, 3], 2));
    expect(startOf('glorot_uniform', [3, 3], 1)).toEqual(startOf('glorot_uniform', [3, 3], 1));
  });
});
