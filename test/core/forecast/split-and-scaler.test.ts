import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { fillGaps } from '../../../core/forecast/gaps.ts';
import { fitScaler, scale, scaleTable, unscale, unscaleForecasts } from '../../../core/forecast/scaler.ts';
import { observedTable } from '../../../core/forecast/series-table.ts';
import { splitBorders, type SplitSettings } from '../../../core/forecast/split.ts';
import { diagnosticsOf, messagesOf, oneSeries, valueOf } from '../../support/forecast-data.ts';

const byTime: SplitSettings = { by: 'time', trainingShare: 0.5, validationShare: 0.25 };

test('10,000 series at 0.7 and 0.2 give exactly 7,000, 2,000 and 1,000', () => {
  const table = observedTable([{ name: 'value', unit: null }], 10_000, 1, new Float64Array(10_000));
  const borders = splitBorders({ by: 'series', trainingShare: 0.7, validationShare: 0.2 }, table);
  expect([borders.training, borders.validation, borders.test]).toEqual([[0, 7000], [7000, 9000], [9000, 10_000]]);
});

test('shares that together exceed the whole are an error', () => {
  expect(messagesOf(fitScaler('standard', oneSeries({ a: [1, 2] }), { ...byTime, trainingShare: 0.9 }))).toEqual([
    'A training share of 0.9 and a validation share of 0.25 cannot be: the training share must be above 0, the validation share at least 0, and together they may be at most 1 (the test part gets the rest).',
  ]);
});

test('scales are fitted on the training rows alone', () => {
  const table = oneSeries({ a: [1, 3, 1, 3, 1e6, -1e6, 5, 7] });
  expect(valueOf(fitScaler('standard', table, byTime)).scaler.columns).toEqual([{ offset: 2, factor: 1 }]);
  expect(valueOf(fitScaler('min-max', table, byTime)).scaler.columns).toEqual([{ offset: 1, factor: 2 }]);
});

test('filled values do not enter a scale', () => {
  const place = { where: { kind: 'project' }, source: 'a', lines: null } as const;
  const table = valueOf(fillGaps(oneSeries({ a: [0, 4, NaN, NaN, 8, 8, 8, 8] }), 'last-value', place));
  expect(valueOf(fitScaler('standard', table, byTime)).scaler.columns).toEqual([{ offset: 2, factor: 2 }]);
});

test('a constant column keeps the factor 1 and is warned of by name', () => {
  const { scaler, warnings } = valueOf(fitScaler('standard', oneSeries({ sun: [0.1, 0.1, 0.1, 9] }), byTime));
  expect(scaler.columns).toEqual([{ offset: 0.1, factor: 1 }]);
  expect(warnings.map(({ severity, message }) => [severity, message])).toEqual([
    ['warning', 'Column "sun" is constant in the training part (always 0.1): it is only shifted, not scaled, and tells the model nothing.'],
  ]);
});

test('columns without a training value, or too wide for arithmetic, are errors', () => {
  expect(diagnosticsOf(fitScaler('standard', oneSeries({ a: [NaN, NaN, 1, 2] }), byTime)).map(({ code }) => code)).toEqual(['no-training-values']);
  expect(diagnosticsOf(fitScaler('min-max', oneSeries({ a: [-1.7e308, 1.7e308, 1, 2] }), byTime)).map(({ code }) => code)).toEqual(['values-too-large']);
});

test('unscaling undoes scaling, whatever the data', () => {
  const values = fc.array(fc.double({ min: -1e9, max: 1e9, noNaN: true }), { minLength: 4, maxLength: 40 });
  fc.assert(
    fc.property(values, fc.constantFrom('standard' as const, 'min-max' as const), (numbers, kind) => {
      const table = oneSeries({ a: numbers });
      const { scaler } = valueOf(fitScaler(kind, table, byTime));
      const scaled = scaleTable(table, scaler).values;
      const magnitude = Math.max(...numbers.map(Math.abs), Number.MIN_VALUE);
      numbers.forEach((number, row) => {
        expect(Math.abs(unscale(scaler, 0, scale(scaler, 0, number)) - number)).toBeLessThanOrEqual(1e-12 * magnitude);
        expect(unscaleForecasts(scaler, [0], scaled)[row]).toBe(unscale(scaler, 0, scaled[row]!));
      });
    }),
    { examples: [[[0, 5e-324, 1e9, 1e9], 'min-max'], [[0, 5e-324, 1e9, 1e9], 'standard']] },
  );
});
