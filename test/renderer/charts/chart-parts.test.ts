import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alignColumns } from '../../../renderer/charts/align-columns.ts';
import { doMarksFit } from '../../../renderer/charts/chart-marks.ts';
import { dateTicks, labelledTicks, logarithmicSplits, logarithmicTicks, numberTicks, printDate } from '../../../renderer/charts/chart-ticks.ts';
import { placeLabels } from '../../../renderer/charts/place-labels.ts';

describe('columns brought to one x', () => {
  it('have undefined where only others have a point, null where they have a gap', () => {
    const aligned = alignColumns([
      { x: [0, 1, 2], y: [5, Number.NaN, 7] },
      { x: [0.5, 2], y: Float64Array.of(1, 2) },
    ]);
    expect(aligned).toEqual([
      [0, 0.5, 1, 2],
      [5, undefined, null, 7],
      [undefined, 1, undefined, 2],
    ]);
  });

  it('lose no point', () => {
    const column = fc.uniqueArray(fc.integer({ min: 0, max: 50 })).map((places) => ({ x: places.toSorted((a, b) => a - b), y: places.map((place) => place * 2) }));
    fc.assert(
      fc.property(fc.array(column, { minLength: 1, maxLength: 4 }), (columns) => {
        const [x, ...lines] = alignColumns(columns);
        expect(x).toEqual([...new Set(columns.flatMap((each) => each.x))].toSorted((a, b) => a - b));
        lines.forEach((line, position) => expect(line.filter((value) => value !== undefined)).toEqual(columns[position]!.y));
      }),
    );
  });
});

describe('labels beside lines', () => {
  it('stay where they are wished when there is room', () => expect(placeLabels([20, 80], 10, 100)).toEqual([20, 80]));
  it('move apart, in order', () => expect(placeLabels([50, 52, 51], 10, 100)).toEqual([50, 70, 60]));
  it('never leave the extent nor cover each other', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -50, max: 150, noNaN: true }), { minLength: 1, maxLength: 6 }), (wished) => {
        const placed = placeLabels(wished, 12, 100).toSorted((a, b) => a - b);
        expect(placed[0]!).toBeGreaterThanOrEqual(6 - 1e-9);
        expect(placed.at(-1)!).toBeLessThanOrEqual(94 + 1e-9);
        placed.slice(1).forEach((place, position) => expect(place - placed[position]!).toBeGreaterThanOrEqual(12 - 1e-9));
      }),
    );
  });
});

describe('ticks', () => {
  it('have as many decimals as their spacing', () => {
    expect(numberTicks([-0.5, 0, 0.25, null], 0.25)).toEqual(['−0.50', '0.00', '0.25', null]);
    expect(numberTicks([0, 1000, 2000], 1000)).toEqual(['0', '1,000', '2,000']);
    expect(numberTicks([0, 1e-7], 1e-7)).toEqual(['0', '1.0\u00a0×\u00a010⁻⁷']);
  });
  it('of a logarithmic scale are plain or powers of ten', () => {
    expect(logarithmicTicks([0.001, 0.02, 10, null, 1e-7])).toEqual(['0.001', '0.02', '10', null, '10⁻⁷']);
  });
  it('of a logarithmic scale stand on multiples of powers of ten', () => {
    expect(logarithmicSplits(0.0176, 0.12)).toEqual([0.02, 0.03, 0.04, 0.05, 0.06, 0.07, 0.08, 0.09, 0.1]);
    expect(logarithmicSplits(0.002, 5)).toEqual([0.01, 0.1, 1]);
    expect(logarithmicSplits(1e-5, 1e15)).toEqual([1e-3, 1, 1e3, 1e6, 1e9, 1e12, 1e15]);
  });
  it('of a logarithmic scale are labelled more densely where it spans little', () => {
    expect(labelledTicks([0.1, 0.2, 0.3, 0.5, 0.9, 1])).toEqual([0.1, 0.2, null, 0.5, null, 1]);
    expect(labelledTicks([0.001, 0.002, 0.01, 0.1, 0.5])).toEqual([0.001, null, 0.01, 0.1, null]);
  });
  it('of dates are no finer than their spacing', () => {
    const day = 86_400_000;
    const [first, second] = [Date.UTC(2024, 11, 31), Date.UTC(2025, 0, 1)];
    expect(dateTicks([first, second], 365 * day)).toEqual(['2024', '2025']);
    expect(dateTicks([first, second], 28 * day)).toEqual(['Dec 2024', 'Jan 2025']);
    expect(dateTicks([first, second, second + day], day)).toEqual(['31 Dec 2024', '1 Jan 2025', '2 Jan']);
    expect(dateTicks([first, first + day / 2], day / 2)).toEqual(['31 Dec 00:00', '12:00']);
    expect(printDate(first)).toBe('31 Dec 2024');
    expect(printDate(first + day / 4)).toBe('31 Dec 2024 06:00');
  });
});

describe('marks', () => {
  it('are drawn where they lie apart, and one alone always', () => {
    expect([doMarksFit(10, 400), doMarksFit(300, 800), doMarksFit(1, 0), doMarksFit(2, 3)]).toEqual([true, false, true, false]);
  });
});
