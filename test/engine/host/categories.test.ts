import { expect, test } from 'vitest';
import type { GraphDocument } from '../../../core/graph/graph-document.ts';
import { drawnGraph } from '../../support/drawn-graph.ts';
import type { Parameters } from '../../support/drawn-graph.ts';
import { hostDriver } from './host-driver.ts';
import { adamAt } from './small-project.ts';

const driver = hostDriver();

/** What a day sells hangs on the weather of the day, and nothing else. */
const sales = { dry: 5, storm: -5, wet: 0 } as const;
type Weather = keyof typeof sales;
const weatherOf = (row: number): Weather => (['wet', 'dry', 'storm', 'dry', 'wet', 'storm', 'storm'] as const)[(row * row + 3 * row) % 7]!;

function csv(rows: number, weather: (row: number) => string = weatherOf): string {
  const lines = Array.from({ length: rows }, (_, row) => `${new Date(Date.UTC(2021, 0, 1 + row)).toISOString().slice(0, 10)},${row === 0 ? 0 : sales[weatherOf(row - 1)]},${weather(row)}`);
  return ['date,sales,weather', ...lines, ''].join('\n');
}

/** The category beside the column, embedded, and read by one Dense at the last time step. */
function shop(window: Parameters = {}, embedding: Parameters = {}): GraphDocument {
  return drawnGraph({
    series: ['series', { source: 'csv', file: 'shop.csv', categoryColumns: ['weather'], calendar: true }],
    scale: ['scale'],
    window: ['window', { window: 4, categories: ['weather'], ...window }],
    values: ['crop-features'],
    weather: ['embedding', { inputDimension: 3, outputDimension: 2, ...embedding }],
    both: ['concatenate'],
    last: ['take-step'],
    dense: ['dense', { units: 1 }],
    forecast: ['forecast'],
  }, ['series > scale > window > values > both.first', 'window > weather > both.second', 'both > last > dense > forecast'], { epochs: 30, optimizer: adamAt(0.03) });
}

async function trains(document: GraphDocument) {
  await driver.write('shop.csv', csv(200));
  return driver.trains(document);
}

test('a column of words is learned through an embedding, in an order that the run keeps', async () => {
  const report = await trains(shop());
  expect(report.validation!.mse).toBeLessThan(0.5);
  expect(report.baselines!.naive!.mse).toBeGreaterThan(10);
  expect(await driver.record()).toMatchObject({ labels: [{ name: 'weather', isNumber: false, classes: ['dry', 'storm', 'wet'] }, { name: 'month' }, { name: 'day of week' }] });

  // Its classes are counted otherwise in a file that lacks one of them.
  await driver.write('new.csv', csv(20, (row) => (row < 15 ? 'wet' : 'storm')));
  const { rows } = await driver.predicts({ file: 'new.csv' });
  expect(Math.abs(rows[0]!.forecast - sales.storm)).toBeLessThan(1.5);

  await driver.write('odd.csv', csv(20, (row) => (row === 7 ? 'fog' : 'wet')));
  expect(await driver.predictionRefusal({ file: 'odd.csv' })).toEqual([
    'Column "weather" of odd.csv names "fog" in line 9, which is none of the 3 categories that the run was trained with: "dry", "storm" and "wet". Correct the cell, or train with data that has it.',
  ]);
});

test('dates give months and days of the week', async () => {
  const report = await trains(shop({ categories: ['month', 'day of week'] }, { inputDimension: 12, fromLast: 2 }));
  expect(report.validation).toBeDefined();
  expect((await driver.predicts({ file: 'shop.csv' })).rows).toHaveLength(1);
});

test.each<[string, readonly [Parameters?, Parameters?], string]>([
  ['fewer rows than categories', [{}, { inputDimension: 2 }], 'weather has a row for each of 2 categories, but "weather" has 3: set its input dimension to 3.'],
  ['a feature that is no category', [{}, { fromLast: 2 }], 'weather reads feature 2 from the last, which is no category of window: its categories are its last 1 feature, "weather".'],
  ['a window that gives none', [{ categories: null }], 'weather reads a category, but window gives none: choose its categories (month or day of week where the Series has a calendar, or a category column of a CSV file).'],
  ['a category that the series have not', [{ categories: ['wether'] }], 'window: there is no category "wether"; there are "weather", "month" and "day of week".'],
])('refused is %s', async (_, wishes, message) => {
  await driver.write('shop.csv', csv(200));
  expect(await driver.refusal(shop(...wishes))).toContain(message);
});
