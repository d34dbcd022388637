import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isOver, judgeRates, searchedRate, searchedRates, type TriedRate } from '../../../core/program/schedules/rate-finder.ts';

/** A search over a loss that is given by the rate, with noise of some per cent. */
function search(lossOf: (rate: number) => number): readonly TriedRate[] {
  const tried: TriedRate[] = [];
  for (let step = 0; step < searchedRates.steps && !isOver(tried); step += 1) {
    const rate = searchedRate(step);
    tried.push({ rate, loss: lossOf(rate) * (1 + 0.1 * Math.sin(step * 12.9898)) });
  }
  return tried;
}

/** Falls a hundredfold around the rate `fall`, and grows without bounds from the rate `apart` on. */
const valley = (fall: number, apart: number) => (rate: number) => 0.01 + 1 / (1 + (rate / fall) ** 2) + (rate / apart) ** 2;

describe('the search for a learning rate', () => {
  it('rises from the lowest rate to the highest in equal ratios', () => {
    expect(searchedRate(0)).toBe(searchedRates.lowest);
    expect(searchedRate(searchedRates.steps - 1)).toBeCloseTo(searchedRates.highest, 10);
    expect(searchedRate(2) / searchedRate(1)).toBeCloseTo(searchedRate(1) / searchedRate(0), 10);
  });

  it('suggests a rate at which the loss falls, well below the one where it comes apart, for any such loss', () => {
    fc.assert(
      fc.property(fc.double({ min: -5, max: -2, noNaN: true }), fc.double({ min: 1.8, max: 2.5, noNaN: true }), (fall, distance) => {
        const tried = search(valley(10 ** fall, 10 ** (fall + distance)));
        const { suggested, divergence } = judgeRates(tried);
        expect(tried.length).toBeLessThan(searchedRates.steps);
        expect(suggested).toBeGreaterThan(10 ** (fall - 0.5));
        expect(suggested).toBeLessThan(10 ** (fall + 1.2));
        expect(suggested! * 9.5).toBeLessThanOrEqual(divergence!);
      }),
    );
  });

  it('ends where the loss is no number any more, and takes that for where it comes apart', () => {
    const tried = search((rate) => (rate > 0.5 ? Number.NaN : 0.01 + 1 / (1 + (rate / 0.01) ** 2)));
    expect(tried.at(-1)!.loss).toBeNaN();
    expect(judgeRates(tried).divergence).toBe(tried.at(-1)!.rate);
    expect(judgeRates(tried).smoothed).toHaveLength(tried.length - 1);
  });

  it('suggests nothing where the loss never falls', () => {
    expect(judgeRates(search(() => 1))).toMatchObject({ suggested: null, steepest: null, divergence: null });
    expect(judgeRates([])).toEqual({ smoothed: [], suggested: null, steepest: null, divergence: null });
  });
});
