import { describe, expect, it } from 'vitest';
import type { Model } from '../../../core/compile/model.ts';
import { initialParameters } from '../../../core/program/initializers.ts';
import type { WeightDeclaration } from '../../../core/nodes/node-type.ts';
import type { Initializer } from '../../../core/program/initializer-names.ts';

function startOf(initializer: Initializer, shape: readonly number[], seed = 1, more: Pick<WeightDeclaration, 'ones'> = {}): Float32Array {
  const length = shape.reduce((product, size) => product * size, 1);
  const model = { layers: [{ node: 'layer', weights: [{ name: 'weight', shape, initializer, ...more }] }] } as unknown as Model;
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

  it('the forget gate is one in the second quarter, whatever stands elsewhere', () => {
    expect([...startOf('zeros', [8], 1, { ones: [2, 4] })]).toEqual([0, 0, 1, 1, 0, 0, 0, 0]);
    expect([...startOf('random_normal', [8], 1, { ones: [2, 4] })].map((value) => value === 1)).toEqual([false, false, true, true, false, false, false, false]);
  });

  // Variances as Keras documents them, for 4 time steps of 30 features into 50 units: 120 inputs, 200 outputs.
  it.each([
    ['glorot_uniform', Math.sqrt(2 / 320), 3], ['glorot_normal', Math.sqrt(2 / 320), 4], ['he_uniform', Math.sqrt(2 / 120), 3], ['he_normal', Math.sqrt(2 / 120), 4],
    ['lecun_uniform', Math.sqrt(1 / 120), 3], ['lecun_normal', Math.sqrt(1 / 120), 4], ['random_uniform', 0.05 / Math.sqrt(3), 3], ['random_normal', 0.05, 25],
    ['truncated_normal', 0.05 * 0.8796, 4],
  ] as const)('%s has the deviation %f and its own tails', (initializer, deviation, squares) => {
    const values = startOf(initializer, [4, 30, 50]);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const measured = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
    expect(Math.abs(mean)).toBeLessThan(0.05 * deviation);
    expect(Math.abs(measured / deviation - 1)).toBeLessThan(0.03);
    const largest = Math.max(...values.map(Math.abs)) / deviation;
    expect(largest).toBeLessThanOrEqual(squares === 4 ? 2 / 0.8796 : Math.sqrt(squares) * (1 + 1e-6));
  });

  it('depend on the seed', () => {
    expect(startOf('glorot_uniform', [3, 3], 1)).not.toEqual(startOf('glorot_uniform', [3, 3], 2));
    expect(startOf('glorot_uniform', [3, 3], 1)).toEqual(startOf('glorot_uniform', [3, 3], 1));
  });
});
