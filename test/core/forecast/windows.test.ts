import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { fillGaps } from '../../../core/forecast/gaps.ts';
import { observedTable } from '../../../core/forecast/series-table.ts';
import { parts, splitBorders } from '../../../core/forecast/split.ts';
import { forecastOrigins, planWindows } from '../../../core/forecast/windows.ts';
import { countingUp, diagnosticsOf, messagesOf, oneSeries, valueOf, windowSettings } from '../../support/forecast-data.ts';

const tenRows = oneSeries({ a: countingUp(10) });
const noFile = { where: { kind: 'project' }, source: 'Series 1', lines: null } as const;

test('targets stay inside their part, inputs reach back across the border', () => {
  const plan = valueOf(planWindows(oneSeries({ a: countingUp(20) }), windowSettings({ horizon: 2 })));
  // Rows 0-11 train, 12-15 validate, 16-19 test.
  expect(parts.map((part) => [...plan.samples[part].origin])).toEqual([[2, 3, 4, 5, 6, 7, 8, 9], [11, 12, 13], [15, 16, 17]]);
  expect(plan.diagnostics.map(({ message }) => message)).toEqual([
    '2 of 16 windows are left out: 2 because the targets cross the border of a part.',
  ]);
});

test('a horizon longer than the series is named with what it may be', () => {
  expect(diagnosticsOf(planWindows(tenRows, windowSettings({ horizon: 12 })))).toEqual([
    {
      code: 'horizon-longer-than-series',
      severity: 'error',
      where: { kind: 'project' },
      message: 'The horizon is 12 steps, but a series has only 10 steps: nothing is left to forecast from. Set the horizon to at most 7 (with a window of 3).',
      repairs: [],
    },
  ]);
});

test('a window that leaves no room for the horizon is named with what it may be', () => {
  expect(messagesOf(planWindows(tenRows, windowSettings({ window: 9, horizon: 2 })))).toEqual([
    'A window of 9 steps and a horizon of 2 need series of at least 11 steps; a series has 10. Set the window to at most 8.',
  ]);
});

test('parts without windows are errors, but a test part without windows is a warning', () => {
  expect(messagesOf(planWindows(tenRows, windowSettings({ horizon: 3 })))).toEqual([
    'The validation part (rows 7 to 8) holds no window of 3 steps with its horizon of 3. Shorten the horizon, or enlarge its share.',
  ]);
  const plan = valueOf(planWindows(oneSeries({ a: countingUp(16) }), windowSettings({ horizon: 3, split: { by: 'time', trainingShare: 0.6, validationShare: 0.3 } })));
  expect(plan.diagnostics.map(({ severity, code }) => [severity, code])).toEqual([['warning', 'test-part-without-windows'], ['note', 'windows-left-out']]);
});

test('a part whose windows want a season before them is told of the season', () => {
  const settings = windowSettings({ split: { by: 'time', trainingShare: 0.5, validationShare: 0.5 } });
  expect(messagesOf(planWindows(oneSeries({ a: countingUp(20) }), settings, 20))).toEqual([
    'The validation part (rows 11 to 20) holds no window of 3 steps with its horizon of 1: no season lies before the origin. Shorten the season of the Series or take it away, or enlarge the parts before.',
  ]);
});

test('one series cannot be split by series', () => {
  expect(messagesOf(planWindows(tenRows, windowSettings({ split: { by: 'series', trainingShare: 0.7, validationShare: 0.2 } })))).toEqual([
    'The validation part (no series) holds no window of 3 steps with its horizon of 1. There is one series only: split by time.',
  ]);
});

test('a part that is given no share is not missed', () => {
  const plan = valueOf(planWindows(tenRows, windowSettings({ split: { by: 'time', trainingShare: 1, validationShare: 0 } })));
  expect([plan.samples.training.count, plan.diagnostics]).toEqual([7, []]);
});

test('windows whose origin lies in a gap filled from a later value are left out, in input and in target columns', () => {
  const table = valueOf(fillGaps(oneSeries({ a: [0, 1, 2, 3, NaN, NaN, 6, 7, 8, 9, 10, 11], b: countingUp(12) }), 'linear', noFile));
  const settings = windowSettings({ window: 2, split: { by: 'time', trainingShare: 1, validationShare: 0 } });
  // Origin 3 has only a filled value to forecast, origins 4 and 5 would know row 6.
  expect([...valueOf(planWindows(table, settings)).samples.training.origin]).toEqual([1, 2, 6, 7, 8, 9, 10]);
  const otherInput = valueOf(planWindows(table, { ...settings, inputColumns: [1] }));
  expect(otherInput.leftOut).toMatchObject({ 'looks-ahead': 2, 'no-target': 1 });
  const unrelated = valueOf(planWindows(table, { ...settings, inputColumns: [1], targetColumns: [1] }));
  expect(unrelated.samples.training.count).toBe(10);
});

test('with the last value held, every origin knows only what was before it', () => {
  const table = valueOf(fillGaps(oneSeries({ a: [0, 1, 2, 3, NaN, NaN, 6, 7, 8, 9] }), 'last-value', noFile));
  const plan = valueOf(planWindows(table, windowSettings({ window: 2, horizon: 2, split: { by: 'time', trainingShare: 1, validationShare: 0 } })));
  // Origin 3 has two filled targets.
  expect([...plan.samples.training.origin]).toEqual([1, 2, 4, 5, 6, 7]);
});

test('windows that read a gap at the start are left out', () => {
  const table = valueOf(fillGaps(oneSeries({ a: [NaN, NaN, 2, 3, 4, 5, 6] }), 'linear', noFile));
  const plan = valueOf(planWindows(table, windowSettings({ window: 2, split: { by: 'time', trainingShare: 1, validationShare: 0 } })));
  expect([...plan.samples.training.origin]).toEqual([3, 4, 5]);
});

test('where a season is set, windows without an earlier season are not judged by, but learned from', () => {
  const split = { by: 'time', trainingShare: 0.25, validationShare: 0.5 } as const;
  const plan = valueOf(planWindows(oneSeries({ a: countingUp(16) }), windowSettings({ window: 2, horizon: 1, split }), 7));
  // Rows 0 to 3 are the training part, 4 to 11 the validation part; the first target with a row 7 earlier is row 7.
  expect([...plan.samples.training.origin]).toEqual([1, 2]);
  expect([...plan.samples.validation.origin]).toEqual([6, 7, 8, 9, 10]);
  expect(plan.leftOut['no-season']).toBe(3);
});

test('forecast origins need no known target', () => {
  const settings = windowSettings();
  expect([...forecastOrigins(tenRows, settings, 'last').origin]).toEqual([9]);
  expect([...forecastOrigins(tenRows, settings, 'all').origin]).toEqual([2, 3, 4, 5, 6, 7, 8, 9]);
});

test('sizes that are no whole numbers are a programmer error', () => {
  expect(() => planWindows(tenRows, windowSettings({ window: 0 }))).toThrow(RangeError);
});

const randomPlan = fc.record({
  steps: fc.integer({ min: 1, max: 60 }),
  seriesCount: fc.integer({ min: 1, max: 6 }),
  window: fc.integer({ min: 1, max: 12 }),
  horizon: fc.integer({ min: 1, max: 8 }),
  stride: fc.integer({ min: 1, max: 5 }),
  by: fc.constantFrom('time' as const, 'series' as const),
  trainingShare: fc.double({ min: 0.1, max: 0.7, noNaN: true }),
  validationShare: fc.double({ min: 0, max: 0.3, noNaN: true }),
});

test('no target lies in two parts, inputs never reach past the origin or the start, and the count is what the sizes say', () => {
  fc.assert(
    fc.property(randomPlan, ({ steps, seriesCount, window, horizon, stride, by, trainingShare, validationShare }) => {
      const table = observedTable([{ name: 'a', unit: null }], seriesCount, steps, new Float64Array(seriesCount * steps));
      const settings = windowSettings({ window, horizon, stride, split: { by, trainingShare, validationShare } });
      const result = planWindows(table, settings);
      if (!result.ok) {
        expect(result.diagnostics.length).toBeGreaterThan(0);
        return;
      }
      const partOfTarget = new Map<string, string>();
      const borders = splitBorders(settings.split, table);
      let samples = 0;
      for (const part of parts) {
        const { series, origin, count } = result.value.samples[part];
        samples += count;
        for (let sample = 0; sample < count; sample += 1) {
          expect(origin[sample]! + 1 - window).toBeGreaterThanOrEqual(0);
          for (let row = origin[sample]! + 1; row <= origin[sample]! + horizon; row += 1) {
            const place = by === 'time' ? row : series[sample]!;
            expect(place >= borders[part][0] && place < borders[part][1] && row < steps).toBe(true);
            const target = `${series[sample]}/${row}`;
            expect(partOfTarget.get(target) ?? part).toBe(part);
            partOfTarget.set(target, part);
          }
        }
      }
      const aSeries = Math.floor((steps - window - horizon) / stride) + 1;
      expect(samples + result.value.leftOut['crosses-border']).toBe(aSeries * seriesCount);
      if (by === 'series') expect(result.value.leftOut['crosses-border']).toBe(0);
    }),
  );
});
