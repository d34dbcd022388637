import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { GraphDocument, ParameterValue } from '../../../core/graph/graph-document.ts';
import { nodeId, wireId } from '../../../core/graph/identifiers.ts';
import type { HostClient } from '../../../engine/host/client.ts';
import { startHostInProcess } from '../../../engine/host/in-process.ts';
import { messagesOf, valueOf } from '../../support/forecast-data.ts';
import { services, smallProject, temporaryFolder } from './small-project.ts';

let project: string;
let host: HostClient;
beforeEach(async () => {
  project = await temporaryFolder();
  host = startHostInProcess(services());
});
afterEach(async () => {
  await host.close();
  await rm(project, { recursive: true });
});

const runDirectory = () => path.join(project, 'run');

/** What a day sells hangs on the weather of the day, and nothing else. */
const sales = { dry: 5, storm: -5, wet: 0 } as const;
type Weather = keyof typeof sales;
const weatherOf = (row: number): Weather => (['wet', 'dry', 'storm', 'dry', 'wet', 'storm', 'storm'] as const)[(row * row + 3 * row) % 7]!;

function csv(rows: number, weather: (row: number) => string = weatherOf): string {
  const lines = Array.from({ length: rows }, (_, row) => `${new Date(Date.UTC(2021, 0, 1 + row)).toISOString().slice(0, 10)},${row === 0 ? 0 : sales[weatherOf(row - 1)]},${weather(row)}`);
  return ['date,sales,weather', ...lines, ''].join('\n');
}

/** The category beside the column, embedded, and read by one Dense at the last time step. */
function shop(window: Readonly<Record<string, ParameterValue>> = {}, embedding: Readonly<Record<string, ParameterValue>> = {}): GraphDocument {
  const node = (id: string, type: string, parameters: Readonly<Record<string, ParameterValue>> = {}) => ({ id: nodeId(id), type, label: id, parameters });
  const wires = [
    ['series', 'series', 'scale', 'series'], ['scale', 'series', 'window', 'series'], ['window', 'windows', 'values', 'inputs'], ['window', 'windows', 'weather', 'inputs'],
    ['values', 'outputs', 'both', 'first'], ['weather', 'outputs', 'both', 'second'], ['both', 'outputs', 'last', 'inputs'], ['last', 'outputs', 'dense', 'inputs'], ['dense', 'outputs', 'forecast', 'predictions'],
  ] as const;
  return {
    ...smallProject({ training: { epochs: 30, optimizer: { kind: 'adam', learningRate: 0.03, beta1: 0.9, beta2: 0.999, epsilon: 1e-7, amsgrad: false } } }),
    nodes: [
      node('series', 'series', { source: 'csv', file: 'shop.csv', categoryColumns: ['weather'], calendar: true }),
      node('scale', 'scale'), node('window', 'window', { window: 4, categories: ['weather'], ...window }), node('values', 'crop-features'),
      node('weather', 'embedding', { inputDimension: 3, outputDimension: 2, ...embedding }), node('both', 'concatenate'), node('last', 'take-step'), node('dense', 'dense', { units: 1 }), node('forecast', 'forecast'),
    ],
    wires: wires.map(([from, port, to, input], position) => ({ id: wireId(`wire-${position}`), from: { node: nodeId(from), port }, to: { node: nodeId(to), port: input } })),
  };
}

async function train(document: GraphDocument) {
  await writeFile(path.join(project, 'shop.csv'), csv(200));
  const prepared = await host.prepare({ document, projectDirectory: project });
  return prepared.ok ? host.train({ prepared: prepared.value.prepared, runDirectory: runDirectory() }) : prepared;
}

test('a column of words is learned through an embedding, in an order that the run keeps', async () => {
  const report = valueOf(await train(shop()));
  expect(report.validation!.mse).toBeLessThan(0.5);
  expect(report.baselines!.naive!.mse).toBeGreaterThan(10);
  const record: unknown = JSON.parse(await readFile(path.join(runDirectory(), 'run.json'), 'utf8'));
  expect(record).toMatchObject({ labels: [{ name: 'weather', isNumber: false, classes: ['dry', 'storm', 'wet'] }, { name: 'month' }, { name: 'day of week' }] });

  // Its classes are counted otherwise in a file that lacks one of them.
  await writeFile(path.join(project, 'new.csv'), csv(20, (row) => (row < 15 ? 'wet' : 'storm')));
  const { rows } = valueOf(await host.predict({ runDirectory: runDirectory(), dataFile: path.join(project, 'new.csv'), origins: 'last' }));
  expect(Math.abs(rows[0]!.forecast - sales.storm)).toBeLessThan(1.5);

  await writeFile(path.join(project, 'odd.csv'), csv(20, (row) => (row === 7 ? 'fog' : 'wet')));
  expect(messagesOf(await host.predict({ runDirectory: runDirectory(), dataFile: path.join(project, 'odd.csv'), origins: 'last' }))).toEqual([
    'Column "weather" of odd.csv names "fog" in line 9, which is none of the 3 categories that the run was trained with: "dry", "storm" and "wet". Correct the cell, or train with data that has it.',
  ]);
});

test('dates give months and days of the week', async () => {
  const report = valueOf(await train(shop({ categories: ['month', 'day of week'] }, { inputDimension: 12, fromLast: 2 })));
  expect(report.validation).toBeDefined();
  expect(valueOf(await host.predict({ runDirectory: runDirectory(), dataFile: path.join(project, 'shop.csv'), origins: 'last' })).rows).toHaveLength(1);
});

test.each<[string, Parameters<typeof shop>, string]>([
  ['fewer rows than categories', [{}, { inputDimension: 2 }], 'weather has a row for each of 2 categories, but "weather" has 3: set its input dimension to 3.'],
  ['a feature that is no category', [{}, { fromLast: 2 }], 'weather reads feature 2 from the last, which is no category of window: its categories are its last 1 feature, "weather".'],
  ['a window that gives none', [{ categories: null }], 'weather reads a category, but window gives none: choose its categories (month or day of week where the Series has a calendar, or a category column of a CSV file).'],
  ['a category that the series have not', [{ categories: ['wether'] }], 'window: there is no category "wether"; there are "weather", "month" and "day of week".'],
])('refused is %s', async (_, wishes, message) => {
  expect(messagesOf(await train(shop(...wishes)))).toContain(message);
});
