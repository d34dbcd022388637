import { expect, test } from 'vitest';
import { fillGaps, type GapFilling, type GapPlace } from '../../../core/forecast/gaps.ts';
import { diagnosticsOf, messagesOf, oneSeries, valueOf } from '../../support/forecast-data.ts';

const place: GapPlace = { where: { kind: 'file', file: 'co2.csv' }, source: 'co2.csv', lines: [2, 3, 4, 5, 6, 7, 8] };
const gappy = oneSeries({ co2: [NaN, 1, NaN, NaN, 7, NaN, NaN] });

function filledWith(filling: GapFilling) {
  const { values, observed, interpolated } = valueOf(fillGaps(gappy, filling, place));
  return { values: [...values], observed: [...observed], interpolated: interpolated && [...interpolated] };
}

test('refused gaps name the column, their number, the first lines and the two ways to fill them', () => {
  expect(diagnosticsOf(fillGaps(gappy, 'refuse', place))).toEqual([
    {
      code: 'missing-values',
      severity: 'error',
      where: { kind: 'file', file: 'co2.csv', column: 'co2', line: 2 },
      message: 'Column "co2" of co2.csv has 5 missing values (lines 2, 4, 5 and 2 more). Choose how gaps are filled: "last value" or "linear"; filled values are never scored.',
      repairs: [],
    },
  ]);
});

test('without a file the rows are named', () => {
  expect(messagesOf(fillGaps(oneSeries({ a: [1, NaN, 2] }), 'refuse', { where: { kind: 'project' }, source: 'Series 1', lines: null }))).toEqual([
    'Column "a" of Series 1 has 1 missing value (row 2). Choose how gaps are filled: "last value" or "linear"; filled values are never scored.',
  ]);
});

test('the last value is held; a gap at the start stays', () => {
  expect(filledWith('last-value')).toEqual({ values: [NaN, 1, 1, 1, 7, 7, 7], observed: [0, 1, 0, 0, 1, 0, 0], interpolated: null });
});

test('a line joins the neighbours of a gap and is marked as computed from a later row; a gap at the end holds the last value', () => {
  expect(filledWith('linear')).toEqual({ values: [NaN, 1, 3, 5, 7, 7, 7], observed: [0, 1, 0, 0, 1, 0, 0], interpolated: [0, 0, 1, 1, 0, 0, 0] });
});

test('a column without any value cannot be filled', () => {
  expect(messagesOf(fillGaps(oneSeries({ a: [1, 2], b: [NaN, NaN] }), 'linear', place))).toEqual([
    'Column "b" of co2.csv holds no value at all, so its gaps cannot be filled. Choose another column.',
  ]);
});

test('a table without gaps passes unchanged', () => {
  const table = oneSeries({ a: [1, 2, 3] });
  expect(valueOf(fillGaps(table, 'refuse', place))).toBe(table);
});
