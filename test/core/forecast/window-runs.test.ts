import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readingOrder, runsOf, warmedBatches } from '../../../core/forecast/window-runs.ts';
import type { Samples } from '../../../core/forecast/windows.ts';

const samplesAt = (places: readonly (readonly [series: number, origin: number])[]): Samples => ({
  part: 'training', count: places.length, series: Int32Array.from(places, ([series]) => series), origin: Int32Array.from(places, ([, origin]) => origin),
});

const twoSeries = samplesAt([[0, 3], [0, 7], [0, 15], [1, 3], [1, 7], [1, 11]]);

it('windows follow each other where one begins where the other ended, in one series', () => {
  expect(runsOf(twoSeries, 4)).toEqual([[0, 1], [2], [3, 4, 5]]);
});

it('rows read runs to their ends, one after the other, and later batches have no more rows', () => {
  const { batches, runs, stretches } = readingOrder(twoSeries, 4, 2);
  expect(batches.map(({ picks, continues }) => [[...picks], [...continues]])).toEqual([[[3, 0], [0, 0]], [[4, 1], [1, 1]], [[5, 2], [1, 0]]]);
  expect([runs, stretches]).toEqual([3, 3]);
});

it('one long run is cut into as many stretches as a batch has rows', () => {
  const { batches, stretches } = readingOrder(samplesAt(Array.from({ length: 8 }, (_, window) => [0, 4 * window + 3])), 4, 2);
  expect(batches.map(({ picks }) => [...picks])).toEqual([[0, 4], [1, 5], [2, 6], [3, 7]]);
  expect(stretches).toBe(2);
});

it('every window is read once, and a row that goes on reads the window that follows', () => {
  const origins = fc.uniqueArray(fc.tuple(fc.nat(3), fc.nat(12)), { minLength: 1, maxLength: 40, selector: String });
  fc.assert(fc.property(origins, fc.integer({ min: 1, max: 9 }), (places, batchSize) => {
    const samples = samplesAt(places.map(([series, window]) => [series, 5 * window + 4] as const).toSorted(([a, b], [c, d]) => a - c || b - d));
    const { batches } = readingOrder(samples, 5, batchSize);
    expect(batches.flatMap(({ picks }) => [...picks]).toSorted((first, second) => first - second)).toEqual(Array.from({ length: samples.count }, (_, pick) => pick));
    batches.forEach(({ picks, continues }, step) => {
      expect(picks.length).toBeLessThanOrEqual(Math.min(batchSize, step === 0 ? batchSize : batches[step - 1]!.picks.length));
      continues.forEach((goesOn, row) => {
        if (goesOn === 0) return;
        const before = batches[step - 1]!.picks[row]!;
        expect([samples.series[picks[row]!], samples.origin[picks[row]!]! - samples.origin[before]!]).toEqual([samples.series[before], 5]);
      });
    });
  }));
});

it('what precedes a sample is read first, back to the beginning of its series or to a window that cannot be read', () => {
  const read = (places: readonly (readonly [number, number])[], missing: number) =>
    [...warmedBatches(samplesAt(places), 4, 8, (_, origin) => origin !== missing)].map(({ samples, continues, positions }) => [[...samples.origin], [...continues], [...positions]]);
  expect(read([[0, 11]], -1)).toEqual([[[3], [0], [-1]], [[7], [1], [-1]], [[11], [1], [0]]]);
  expect(read([[0, 11]], 3)).toEqual([[[7], [0], [-1]], [[11], [1], [0]]]);
  // Origins that are not whole windows apart are read side by side, and so is the same one twice.
  expect(read([[0, 7], [0, 7], [0, 8]], -1)).toEqual([[[3, 3, 4], [0, 0, 0], [-1, -1, -1]], [[7, 7, 8], [1, 1, 1], [0, 1, 2]]]);
});
