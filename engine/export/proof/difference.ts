/** Where float32 arithmetic in another order ends and another function begins. */
export const largestDifferenceAllowed = 1e-5;

/** max |a − b| / max(1, max |b|) over all numbers, b being what is expected; infinite where one is not a number and the other is. */
export function largestDifference(found: Float32Array, expected: Float32Array): number {
  let largest = 0;
  let scale = 1;
  for (let index = 0; index < expected.length; index += 1) {
    const [a, b] = [found[index]!, expected[index]!];
    if (Object.is(a, b) || a === b) {
      if (Number.isFinite(b)) scale = Math.max(scale, Math.abs(b));
      continue;
    }
    const difference = Math.abs(a - b);
    if (!Number.isFinite(difference)) return Number.POSITIVE_INFINITY;
    largest = Math.max(largest, difference);
    scale = Math.max(scale, Math.abs(b));
  }
  return largest / scale;
}
