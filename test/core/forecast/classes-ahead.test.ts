import { expect, test } from 'vitest';
import { calendarLabels } from '../../../core/forecast/calendar.ts';
import { classesAhead } from '../../../core/forecast/classes-ahead.ts';
import { classesOf, labelFacts } from '../../../core/forecast/series-labels.ts';
import { countingUp, oneSeries } from '../../support/forecast-data.ts';

function dated(dates: readonly string[]) {
  const table = oneSeries({ a: countingUp(dates.length) }, { kind: 'date', name: 'date', milliseconds: Float64Array.from(dates, (date) => Date.parse(date)) });
  const kind = { name: 'kind', perSeries: true, numbers: null, classes: { names: ['calm', 'quick'], indices: Int32Array.of(1) } };
  const weather = { name: 'weather', perSeries: false, numbers: null, classes: classesOf(dates.map((_, row) => (row % 2 === 0 ? 'dry' : 'wet'))) };
  return { ...table, labels: [kind, weather, ...calendarLabels(table)] };
}

test('the calendar goes on beyond the last row by the step of the dates, and a class of the whole series holds on', () => {
  const table = dated(['2021-12-28', '2021-12-29', '2021-12-30', '2021-12-31']);
  const told = classesAhead(table, ['month', 'kind', 'day of week'], 3).map((classAt) => countingUp(7).map((step) => classAt(0, step)));
  expect(told).toEqual([[11, 11, 11, 11, 0, 0, 0], [1, 1, 1, 1, 1, 1, 1], [1, 2, 3, 4, 5, 6, 0]]);
});

test('a month after another follows, whatever its length', () => {
  const [month] = classesAhead(dated(['2020-11-30', '2020-12-31', '2021-01-31']), ['month'], 4);
  expect([3, 4, 5, 6].map((step) => month!(0, step))).toEqual([1, 2, 3, 4]);
});

test('which categories are known ahead stands in their facts, and no other is told', () => {
  const table = dated(['2021-12-30', '2021-12-31']);
  expect(labelFacts(table.labels).map(({ name, isKnownAhead }) => [name, isKnownAhead])).toEqual([['kind', true], ['weather', false], ['month', true], ['day of week', true]]);
  expect(() => classesAhead(table, ['weather'], 1)).toThrow(RangeError);
});

test('a single dated row keeps no step: its own classes are told, and none that follow', () => {
  expect(classesAhead(dated(['2021-12-31']), ['month'], 0)[0]!(0, 0)).toBe(11);
  expect(() => classesAhead(dated(['2021-12-31']), ['month'], 1)).toThrow(RangeError);
});
