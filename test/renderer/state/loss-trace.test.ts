import fc from 'fast-check';
import { expect, it } from 'vitest';
import { emptyTrace, extendTrace, grownSince, mostPoints, stepsOf } from '../../../renderer/state/loss-trace.ts';

it('keeps every value while there are few', () => {
  const trace = extendTrace(extendTrace(emptyTrace(10), [3, 2]), [1]);
  expect([trace.points, [...stepsOf(trace)]]).toEqual([[3, 2, 1], [11, 12, 13]]);
});

it('of many steps keeps few points, each the mean of its steps, however they came', () => {
  const values = Array.from({ length: 20_000 }, (_, step) => step);
  const whole = extendTrace(emptyTrace(0), values);
  expect(whole.points.length).toBeLessThan(mostPoints);
  expect(whole.stepsPerPoint).toBe(32);
  expect(whole.points[0]).toBe(15.5);
  expect(stepsOf(whole)[0]).toBe(32);
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 19_999 }), { maxLength: 5 }), (cuts) => {
      const ends = [0, ...cuts.toSorted((first, second) => first - second), values.length];
      const pieces = ends.slice(1).map((end, index) => values.slice(ends[index], end));
      expect(pieces.reduce(extendTrace, emptyTrace(0))).toEqual(whole);
    }),
    { numRuns: 10 },
  );
});

it('has grown by what came since, from the last point that was known on, thinned or not', () => {
  const earlier = extendTrace(emptyTrace(10), [3, 2]);
  expect(grownSince(earlier, earlier)).toEqual([[12, 2]]);
  expect(grownSince(extendTrace(earlier, [1, 0]), earlier)).toEqual([[12, 2], [13, 1], [14, 0]]);
  expect(grownSince(earlier, emptyTrace(10))).toEqual([[11, 3], [12, 2]]);
  const many = extendTrace(emptyTrace(0), Array.from({ length: mostPoints - 1 }, () => 1));
  const thinned = extendTrace(many, [3, 5, 5]);
  expect([thinned.stepsPerPoint, grownSince(thinned, many)]).toEqual([2, [[mostPoints - 1, 1], [mostPoints, 2], [mostPoints + 2, 5]]]);
});
