import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bandsOf, coverageAdvice, coverageInWords, coverageOf } from '../../../core/forecast/forecast-bands.ts';

describe('the bands of many draws', () => {
  test('are the quantiles that NumPy gives, window by window and value by value', () => {
    // Two windows, 21 draws, two values: 0 … 20 and ten times that, shuffled.
    const draws = 21;
    const order = Array.from({ length: draws }, (_, draw) => (draw * 8) % draws);
    const forecasts = Float64Array.from([0, 100].flatMap((offset) => order.flatMap((value) => [offset + value, offset + 10 * value])));
    const { mean, low80, high80, low95, high95 } = bandsOf(forecasts, draws, 2);
    expect([...mean]).toEqual([10, 100, 110, 200]);
    expect([low80[0], high80[0], low80[1], high80[3]]).toEqual([2, 18, 20, 280]);
    expect([low95[0], high95[0], low95[2], high95[1]]).toEqual([0.5, 19.5, 100.5, 195]);
  });

  test('lie inside each other around the middle, whatever the draws', () => {
    const draws = fc.integer({ min: 2, max: 50 });
    fc.assert(
      fc.property(draws.chain((count) => fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: count, maxLength: count })), (values) => {
        const { low95, low80, high80, high95 } = bandsOf(Float64Array.from(values), values.length, 1);
        const edges = [Math.min(...values), low95[0]!, low80[0]!, high80[0]!, high95[0]!, Math.max(...values)];
        edges.slice(1).forEach((edge, position) => expect(edge).toBeGreaterThanOrEqual(edges[position]! - 1e-9));
      }),
    );
  });

  test('hold the share of true values that lies inside, those that were not observed left out', () => {
    const bands = bandsOf(Float64Array.from({ length: 4 * 101 }, (_, position) => position % 101), 101, 1);
    const coverage = coverageOf(bands, Float64Array.of(50, 95, 99, Number.NaN), Float64Array.of(1, 1, 1, 0), 1, 101);
    expect(coverage).toEqual({ share80: 1 / 3, share95: 2 / 3, values: 3, windows: 4, draws: 101 });
  });

  test.each([
    [0.78, 0.97, 'The 80 % band holds 78 %, the 95 % band 97 % of the true values: about as many as they should.', null],
    [0.4, 0.53, 'The 80 % band holds 40 %, the 95 % band 53 % of the true values: too few.', 'Dropout tells how unsure the model is, not how noisy the data are: the true spread is wider. A higher rate widens the bands.'],
    [0.95, 1, 'The 80 % band holds 95 %, the 95 % band 100 % of the true values: more than they should.', 'The dropout makes the model look less sure than it is: a lower rate narrows the bands.'],
  ])('of %d and %d are said in words', (share80, share95, words, advice) => {
    const coverage = { share80, share95, values: 100, windows: 10, draws: 100 };
    expect([coverageInWords(coverage), coverageAdvice(coverage)]).toEqual([words, advice]);
  });
});
