import { readFile, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { serializeDocument } from '../../core/document/serialize-document.ts';
import { drawnGraph } from '../support/drawn-graph.ts';
import { emptyFolder, unroll } from './unroll-command.ts';

/** Two shops of 30 days, read by one layer for two Forecasts. */
async function trainedShops(): Promise<string> {
  const folder = await emptyFolder();
  const rows = ['north', 'south'].flatMap((shop) => Array.from({ length: 30 }, (_, day) => `${shop},2024-01-${String(day + 1).padStart(2, '0')},${Math.sin(day).toFixed(3)}`));
  await writeFile(path.join(folder, 'shops.csv'), ['shop,date,sales', ...rows, ''].join('\n'));
  const document = drawnGraph({
    series: ['series', { source: 'csv', file: 'shops.csv', seriesColumn: 'shop' }], window: ['window', { window: 5 }], rnn: ['simple-rnn', { units: 3, returnSequences: false }],
    two: ['dense', { units: 2 }], week: ['forecast', { horizon: 2 }], one: ['dense', { units: 1 }], 'to day': ['forecast'],
  }, ['series > window > rnn > two > week', 'rnn > one > to day'], { epochs: 1 });
  await writeFile(path.join(folder, 'shops.unroll'), serializeDocument(document));
  expect((await unroll(folder, 'train', 'shops.unroll', '--out', 'run')).code).toBe(0);
  return folder;
}

it('forecasts of several series name theirs, and those of a further target lie beside the first and overwrite nothing', async () => {
  const folder = await trainedShops();
  const predict = (out: string): ReturnType<typeof unroll> => unroll(folder, 'predict', 'run', '--data', 'shops.csv', '--out', out);
  expect((await predict('next.csv')).output).toBe('next.csv: 4 forecasts from 2 origins.\nnext-to-day.csv: 2 forecasts from 2 origins.\n');
  const lines = async (file: string): Promise<readonly string[]> => (await readFile(path.join(folder, file), 'utf8')).split('\n');
  expect((await lines('next.csv')).map((line) => line.split(',').slice(0, 5).join())).toEqual([
    'series,origin,step,date,column', 'north,2024-01-30,1,2024-01-31,sales', 'north,2024-01-30,2,2024-02-01,sales', 'south,2024-01-30,1,2024-01-31,sales', 'south,2024-01-30,2,2024-02-01,sales', '',
  ]);
  expect((await lines('next-to-day.csv'))[1]).toMatch(/^north,2024-01-30,1,2024-01-31,sales,-?[\d.]+$/u);
  await writeFile(path.join(folder, 'more-to-day.csv'), 'mine');
  expect((await predict('more.csv')).errors).toContain('more-to-day.csv exists and is not empty, and nothing is overwritten.');
  expect((await readdir(folder)).filter((file) => file.startsWith('more'))).toEqual(['more-to-day.csv']);
});
