import { expect } from 'vitest';
import type { NumericTensor } from '../../core/program/reference/numeric-tensor.ts';
import { firstDifference } from './first-difference.ts';

/** Equal shapes, and every element within `tolerance` of the expected one, relative to the larger of it and 1. */
export function expectClose(found: readonly NumericTensor[], expected: readonly NumericTensor[], tolerance: number): void {
  expect(found.map((tensor) => tensor.shape)).toEqual(expected.map((tensor) => tensor.shape));
  const difference = firstDifference(found, expected, tolerance);
  if (difference !== null) throw new Error(difference);
}
