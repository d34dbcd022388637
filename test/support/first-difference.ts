import type { NumericTensor } from '../../core/program/reference/numeric-tensor.ts';

/** The first element that is further than `tolerance` from the expected one, relative to the larger of it and 1, or a shape that differs, in words; null where all agree. */
export function firstDifference(found: readonly NumericTensor[], expected: readonly NumericTensor[], tolerance: number): string | null {
  if (found.length !== expected.length) return `${found.length} results instead of ${expected.length}`;
  for (const [index, tensor] of expected.entries()) {
    const own = found[index]!;
    const shapes = [own, tensor].map(({ shape }) => `[${shape.join(', ')}]`) as [string, string];
    if (shapes[0] !== shapes[1]) return `result ${index} has the shape ${shapes[0]}, expected ${shapes[1]}`;
    for (const [position, value] of tensor.values.entries()) {
      const other = own.values[position]!;
      const error = Object.is(other, value) ? 0 : Math.abs(other - value) / Math.max(1, Math.abs(value));
      if (!(error <= tolerance)) return `result ${index} ${shapes[1]} at ${position}: found ${other}, expected ${value}, off by ${error}`;
    }
  }
  return null;
}
