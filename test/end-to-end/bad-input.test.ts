import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { serializeDocument } from '../../core/document/serialize-document.ts';
import { currentVersion } from '../../core/document/migrations.ts';
import { applyEdits } from '../../core/graph/apply-edit.ts';
import type { GraphEdit } from '../../core/graph/edit.ts';
import { nodeId, wireId } from '../../core/graph/identifiers.ts';
import { dailyValues, readsFile, smallDocument } from '../cli/small-project.ts';
import { freshFolder, launchApp, removeFolder } from './support/app-driver.ts';
import type { AppDriver } from './support/app-driver.ts';

const place = freshFolder();
const dense = nodeId('dense');
const rnn = nodeId('rnn');
let app: AppDriver;

beforeAll(async () => {
  app = await launchApp({ userData: path.join(place, 'app') });
});

afterAll(async () => {
  await app.kill();
  removeFolder(place);
});

/** Each test begins at the gallery, with nothing said. */
beforeEach(async () => {
  if ((await app.title()) !== 'Unroll') await app.page.keyboard.press('Control+w');
  const discard = app.page.getByRole('dialog').getByRole('button', { name: /^Discard|without saving/ });
  await app.page.getByRole('button', { name: 'Ten steps' }).first().or(discard).first().waitFor();
  if ((await discard.count()) > 0) await discard.click();
  await app.page.getByRole('button', { name: 'Ten steps' }).first().waitFor();
  const dismiss = app.page.getByRole('button', { name: 'Dismiss' });
  while ((await dismiss.count()) > 0) await dismiss.first().click();
});

async function open(file: string): Promise<void> {
  await app.chooseToOpen(file);
  await app.page.keyboard.press('Control+o');
}

async function openText(name: string, text: string): Promise<string> {
  const file = path.join(place, name);
  writeFileSync(file, text);
  await open(file);
  return file;
}

/** The lines of the Problems tab, once there is one. */
async function problems(): Promise<readonly string[]> {
  await app.page.getByRole('tab', { name: /^Problems/ }).click();
  const lines = app.page.locator('.problems .diagnostic p');
  await lines.first().waitFor();
  return lines.evaluateAll((shown) => shown.map((line) => line.lastChild?.textContent ?? ''));
}

async function notice(): Promise<string> {
  const line = app.page.locator('.notices .diagnostic p').last();
  await line.waitFor();
  return line.evaluate((shown) => shown.lastChild?.textContent ?? '');
}

describe('a graph that cannot be trained is opened, and its problems say why', () => {
  test.each<[string, readonly GraphEdit[], string]>([
    ['a cycle', [
      { kind: 'disconnect', wire: wireId('wire-2') },
      { kind: 'connect', wire: { id: wireId('back'), from: { node: dense, port: 'outputs' }, to: { node: rnn, port: 'inputs' } } },
    ], 'rnn → dense → rnn is a cycle, and a graph has none (recurrence lives inside recurrent layers): remove a wire, for example from dense to rnn.'],
    ['an unwired input', [{ kind: 'disconnect', wire: wireId('wire-3') }], 'dense has nothing wired to its input "inputs": connect a Window or a layer.'],
    ['a horizon longer than the series', [
      { kind: 'set-parameter', node: nodeId('forecast'), parameter: 'horizon', value: 30 },
      { kind: 'set-parameter', node: dense, parameter: 'units', value: 30 },
    ], 'The horizon is 30 steps, but a series has only 24 steps: nothing is left to forecast from. Set the horizon to at most 4 (with a window of 20).'],
    ['a billion units', [{ kind: 'set-parameter', node: rnn, parameter: 'units', value: 1_000_000_000 }], 'rnn: units is 1,000,000,000, but must be a whole number from 1 to 65,536: choose a smaller number.'],
  ])('%s', async (_, edits, message) => {
    await openText('graph.unroll', serializeDocument(applyEdits(smallDocument, edits)));
    expect(await problems()).toContain(message);
    await app.page.getByRole('banner').getByRole('button', { name: 'Train', exact: true }).click();
    expect(await app.page.getByRole('banner').getByRole('button', { name: 'Stop', exact: true }).count()).toBe(0);
  });
});

describe('data that cannot be read are said at their node', () => {
  const rows = dailyValues(200);
  const forecastsHeight: GraphEdit = { kind: 'set-parameter', node: nodeId('forecast'), parameter: 'columns', value: ['height'] };
  const readsBoth: GraphEdit = { kind: 'set-parameter', node: nodeId('waves'), parameter: 'columns', value: ['height', 'weekday'] };
  test.each<[string, readonly GraphEdit[], string, string]>([
    ['a column that is not numeric', [...readsFile('data.csv'), readsBoth], rows.replace(',3.0', ',cold'), 'Column "weekday" of data.csv is not numeric: line 5 holds "cold", a number was expected. ' +
      'Choose another column, or correct the cell (a missing value is written as an empty cell, NA, NaN or null).'],
    ['an empty file', readsFile('data.csv'), '', 'data.csv is empty (0 bytes): a line of column names and one line a time step were expected. Choose a file that holds a series.'],
    ['ragged rows', readsFile('data.csv'), rows.replace(',3.0', ',3.0,9'), 'Line 5 of data.csv has 4 cells, 3 were expected as on the first line. Correct the lines, or quote cells that hold the delimiter.'],
    ['cells without a number', [...readsFile('data.csv'), forecastsHeight], rows.replace(',3.0', ',NaN').replace(',4.0', ',NaN'), 'Column "weekday" of data.csv has 2 missing values (lines 5 and 6). Choose how gaps are filled: "last value" or "linear"; filled values are never scored.'],
  ])('%s', async (_, edits, data, message) => {
    writeFileSync(path.join(place, 'data.csv'), data);
    await openText('data.unroll', serializeDocument(applyEdits(smallDocument, edits)));
    await expect.poll(problems).toContain(message);
  });
});

describe('a file that is no project is refused, and the gallery stays', () => {
  const text = serializeDocument(smallDocument);
  test.each([
    ['a truncated one', text.slice(0, 300), 'The project file ends too early, at line 18, column 14: expected ":" after the member name, found the end of the file. It was cut off: bring it back from a copy.'],
    ['a foreign one', '{"nodes": []}', 'This is not an Unroll project: expected a JSON document with "format": "unroll-project", found a JSON document without "format".'],
    ['a newer one', text.replace(/"version": \d+/, '"version": 99'), `This project was made by a newer Unroll (format 99; this one reads up to ${currentVersion}). Update Unroll to open it; the file is left as it is.`],
  ])('%s', async (_, content, message) => {
    const file = await openText('bad.unroll', content);
    expect(await notice()).toBe(message);
    expect(readFileSync(file, 'utf8')).toBe(content);
    expect(await app.title()).toBe('Unroll');
  });

  test('one that is a thousand times too large', async () => {
    const file = path.join(place, 'large.unroll');
    writeFileSync(file, '');
    truncateSync(file, 1000 * 8 * 1024 * 1024);
    await open(file);
    expect(await notice()).toBe(`${file} is larger than 24 MB, the most that is read. Was another file meant?`);
  });
});

describe('foreign things are refused in words', () => {
  test('an image, ten files and a data file that cannot be read, dropped', async () => {
    await app.openTemplate('Ten steps');
    const image = path.join(place, 'image.png');
    writeFileSync(image, Uint8Array.of(0x89, 0x50, 0x4e, 0x47));
    await app.drop(image);
    expect(await notice()).toBe('"image.png" is neither a CSV file nor an Unroll project nor a Keras model. Drop a text file with a line of column names and one line a time step (.csv, .tsv, .txt), a project (*.unroll), or a model (*.keras).');
    const sheet = path.join(place, 'sheet.xlsx');
    writeFileSync(sheet, 'PK');
    await app.drop(sheet);
    await expect.poll(notice).toBe('"sheet.xlsx" is a spreadsheet, which Unroll does not read. Save the sheet with the series as CSV, one line of column names above, and drop that file.');
    const older = path.join(place, 'older.h5');
    writeFileSync(older, 'HDF');
    await app.drop(older);
    await expect.poll(notice).toBe('"older.h5" is a model in an older format of Keras. Load it in Keras 3, save it with model.save("model.keras"), and drop that file.');
    await app.drop(place);
    await expect.poll(notice).toContain(' is a folder. Drop one file of it: a CSV file, a project (*.unroll), or a Keras model (*.keras).');
    const many = Array.from({ length: 10 }, (_, number) => path.join(place, `${number}.csv`));
    for (const file of many) writeFileSync(file, 'a\n1\n');
    await app.drop(...many);
    await expect.poll(notice).toBe('10 files were dropped; one at a time is opened. Drop one CSV file, one project (*.unroll), or one Keras model (*.keras).');
    const empty = path.join(place, 'empty.csv');
    writeFileSync(empty, '');
    await app.drop(empty);
    await expect.poll(notice).toMatch(/empty\.csv is empty \(0 bytes\)/);
    expect(await app.title()).toBe('Ten steps – Unroll');
  });

  test('foreign text, pasted on the canvas', async () => {
    await app.openTemplate('Ten steps');
    await app.app.evaluate(({ clipboard }) => clipboard.writeText('Lorem ipsum'));
    await app.page.locator('.workspace-canvas').click({ position: { x: 300, y: 20 } });
    await app.page.keyboard.press('Control+v');
    expect(await notice()).toMatch(/^Nothing was pasted: the clipboard holds no nodes of Unroll\. /);
    await expect.poll(() => app.page.locator('.react-flow__node').count()).toBe(6);
  });
});

test('a learning rate of 1e9 stops the training in words, and keeps the window', async () => {
  const training = { ...smallDocument.training, epochs: 50, optimizer: { ...smallDocument.training.optimizer, learningRate: 1e9 } };
  const steep = applyEdits(smallDocument, [{ kind: 'set-parameter', node: rnn, parameter: 'activation', value: 'linear' }]);
  await openText('steep.unroll', serializeDocument({ ...steep, training }));
  await app.page.getByRole('banner').getByRole('button', { name: 'Train', exact: true }).click();
  const panel = app.page.getByRole('tabpanel', { name: 'Training' });
  await panel.getByText('Training ended with an error').waitFor({ timeout: 30_000 });
  expect(await panel.innerText()).toMatch(/at step \d+ \(epoch \d+\).*learning rate/s);
});

test('a folder that may not be written to is said, and takes nothing from the window', async (context) => {
  const locked = path.join(place, 'locked');
  mkdirSync(locked);
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k,ro', 'tmpfs', locked]);
  if (mounted.status !== 0) return context.skip('mounting a read-only folder is not allowed here');
  try {
    await app.openTemplate('Ten steps');
    await app.setEpochs(7);
    const file = path.join(locked, 'waves.unroll');
    await app.chooseToSave(file);
    await app.page.keyboard.press('Control+s');
    expect(await notice()).toMatch(/waves\.unroll could not be written: /);
    expect(await app.page.getByLabel('Epochs').inputValue()).toBe('7');
    expect(await app.title()).toBe('● Ten steps – Unroll');
    return undefined;
  } finally {
    spawnSync('umount', [locked]);
  }
});
