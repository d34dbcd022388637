import { expect, test } from 'vitest';
import { observedTable, selectColumns, type TimeIndex } from '../../../core/forecast/series-table.ts';
import { irregularRows, timeAfter, timeInWords, timeOfRow } from '../../../core/forecast/time-index.ts';
import { countingUp, oneSeries } from '../../support/forecast-data.ts';

test('columns are selected in the order asked for, with what was observed', () => {
  const table = selectColumns(oneSeries({ a: [1, 2], b: [3, NaN], c: [5, 6] }), [2, 1]);
  expect([table.columns.map(({ name }) => name), [...table.values], [...table.observed]]).toEqual([['c', 'b'], [5, 3, 6, NaN], [1, 1, 1, 0]]);
  expect(() => selectColumns(table, [2])).toThrow(RangeError);
});

test('lengths that disagree are a programmer error', () => {
  expect(() => observedTable([{ name: 'a', unit: null }], 2, 3, new Float64Array(5))).toThrow(RangeError);
});

function datesAfter(dates: readonly string[], count: number): readonly string[] {
  const time: TimeIndex = { kind: 'date', name: 'date', milliseconds: Float64Array.from(dates, (date) => Date.parse(date)) };
  const table = oneSeries({ a: countingUp(dates.length) }, time);
  return countingUp(count).map((ahead) => timeInWords(timeAfter(table, ahead + 1)!));
}

test('future rows are dated by the step of the index', () => {
  expect(datesAfter(['2015-12-30', '2015-12-31'], 2)).toEqual(['2016-01-01', '2016-01-02']);
  expect(datesAfter(['2001-12-15', '2001-12-22', '2001-12-29'], 1)).toEqual(['2002-01-05']);
  expect(datesAfter(['2011-11-01', '2011-12-01', '2012-01-01'], 2)).toEqual(['2012-02-01', '2012-03-01']);
  expect(datesAfter(['2011-11-30', '2011-12-31', '2012-01-31'], 2)).toEqual(['2012-02-29', '2012-03-31']);
  expect(datesAfter(['1958-07-01', '1958-10-01', '1959-01-01'], 1)).toEqual(['1959-04-01']);
  expect(datesAfter(['2010-01-01', '2011-01-01'], 2)).toEqual(['2012-01-01', '2013-01-01']);
  expect(datesAfter(['2020-01-01T22:00Z', '2020-01-01T23:00Z'], 2)).toEqual(['2020-01-02', '2020-01-02T01:00:00Z']);
});

test('a working-day calendar skips weekends', () => {
  const twoWeeks = ['03', '04', '05', '06', '07', '10', '11', '12', '13', '14'].map((day) => `2022-01-${day}`);
  expect(datesAfter(twoWeeks, 6)).toEqual(['2022-01-17', '2022-01-18', '2022-01-19', '2022-01-20', '2022-01-21', '2022-01-24']);
});

test('years and plain steps count on; a single dated row has no step', () => {
  expect(timeAfter(oneSeries({ a: [1, 2] }), 3)).toEqual({ kind: 'step', step: 4 });
  const years = oneSeries({ a: [1, 2, 3] }, { kind: 'number', name: 'YEAR', values: Float64Array.of(2006, 2007, 2008) });
  expect([timeInWords(timeAfter(years, 2)!), timeInWords(timeOfRow(years, 1)!), timeInWords(timeOfRow(years, 3)!)]).toEqual(['2010', '2007', '2009']);
  expect(timeAfter(oneSeries({ a: [1] }, { kind: 'date', name: 'date', milliseconds: Float64Array.of(0) }), 1)).toBeNull();
});

test('rows that break the regular step are found', () => {
  const milliseconds = Float64Array.from(['2020-01-01', '2020-01-02', '2020-01-05', '2020-01-06'], (date) => Date.parse(date));
  expect(irregularRows({ kind: 'date', name: 'date', milliseconds })).toEqual([2]);
});
