import { expect } from 'vitest';
import type { NumericTensor } from '../../core/program/reference/numeric-tensor.ts';

/** Equal shapes, and every element within `tolerance` of the expected one, relative to the larger of it and 1. */
export function expectClose(found: readonly NumericTensor[], expected: readonly NumericTensor[], tolerance: number): void {
  expect(found.map((tensor) => tensor.shape)).toEqual(expected.map((tensor) => tensor.shape));
  expected.forEach((tensor, index) => {
    tensor.values.forEach((value, position) => {
      const own = found[index]?.values[position] ?? Number.NaN;
      const error = Object.is(own, value) ? 0 : Math.abs(own - value) / Math.max(1, Math.abs(value));
      if (!(error <= tolerance)) {
        throw new Error(`result ${index} [${tensor.shape.join(', ')}] at ${position}: found ${own}, expected ${value}, off by ${error}`);
      }
    });
  });
}
