import { expect, test } from 'vitest';
import type { GraphDocument } from '../../../core/graph/graph-document.ts';
import { drawnGraph } from '../../support/drawn-graph.ts';
import type { Parameters } from '../../support/drawn-graph.ts';
import { hostDriver } from './host-driver.ts';
import { adamAt } from './small-project.ts';

const driver = hostDriver();

/** What a shop sells hangs on the day of the week alone, Monday first. */
const salesOf = [9, -3, 5, 0, 7, -8, 2] as const;

/** So many days that end with Sunday, 2 January 2022. */
function days(count: number): string {
  const lines = Array.from({ length: count }, (_, row) => {
    const date = new Date(Date.UTC(2022, 0, 3 - count + row));
    return `${date.toISOString().slice(0, 10)},${salesOf[(date.getUTCDay() + 6) % 7]},${row % 3 === 0 ? 'wet' : 'dry'}`;
  });
  return ['date,sales,weather', ...lines, ''].join('\n');
}

/** Sales of the next day or days told by the last day of the window alone, and forecast for ten days. */
function shop(horizon: number, window: Parameters = {}, series: Parameters = {}): GraphDocument {
  return drawnGraph({
    series: ['series', { source: 'csv', file: 'shop.csv', categoryColumns: ['weather'], calendar: true, ...series }],
    scale: ['scale'],
    window: ['window', { window: 4, categories: ['day of week'], ...window }],
    day: ['embedding', { inputDimension: 7, outputDimension: 7 }],
    last: ['take-step'],
    dense: ['dense', { units: horizon }],
    forecast: ['forecast', { horizon, iterateTo: 10 }],
  }, ['series > scale > window > day > last > dense > forecast'], { epochs: 40, optimizer: adamAt(0.03) });
}

test.each([1, 3, 6])('a forecast of %i days is iterated into days whose calendar is known', async (horizon) => {
  await driver.write('shop.csv', days(350));
  const report = await driver.trains(shop(horizon));
  expect(report.validation!.mse).toBeLessThan(0.5);
  expect(report.baselines!.naive!.mse).toBeGreaterThan(30);
  expect((await driver.evaluates('test')).test!.mse).toBeLessThan(0.5);
  for (const { model, truth } of (await driver.samples()).samples) model.forEach((told, step) => { expect(Math.abs(told - truth[step]!)).toBeLessThan(1.5); });

  await driver.write('later.csv', days(60));
  const { rows } = await driver.predicts({ file: 'later.csv' });
  expect(rows.map(({ date }) => date).at(-1)).toBe('2022-01-12');
  rows.forEach(({ forecast }, row) => { expect(Math.abs(forecast - salesOf[row % 7]!)).toBeLessThan(1.5); });
});

test('categories that no date tells are refused, and so is a calendar that a single row cannot continue', async () => {
  await driver.write('shop.csv', days(350));
  expect(await driver.refusal(shop(1, { categories: ['weather', 'day of week'] }))).toEqual([
    'forecast iterates to 10 steps, so windows move on into time steps that have not come, but window gives a category of every time step, and no forecast tells "weather" of the next: ' +
      'forecast all 10 steps in one go instead of 1, take the category out of window, or do not iterate.',
  ]);
  await driver.trains(shop(1, { window: 1 }));
  await driver.write('one.csv', days(1));
  expect(await driver.predictionRefusal({ file: 'one.csv' })).toEqual([
    'one.csv has 1 row, so nobody knows how its dates go on, and the model reads month or day of the week of the time steps that it tells one by one. Give it at least 2 rows.',
  ]);
});

test('a calendar that is switched on tells nothing of rows without dates', async () => {
  await driver.write('shop.csv', ['sales', ...Array.from({ length: 100 }, (_, row) => row % 7), ''].join('\n'));
  expect(await driver.refusal(shop(1, {}, { categoryColumns: null }))).toEqual([
    'window: there is no category "day of week", and the series have none: read a file with dates and switch on the calendar of the Series, or name a category column of its file.',
  ]);
});
