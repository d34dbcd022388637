import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { serializeDocument } from '../../core/document/serialize-document.ts';
import { applyEdits } from '../../core/graph/apply-edit.ts';
import { nodeId } from '../../core/graph/identifiers.ts';
import { smallDocument } from '../cli/small-project.ts';
import type { AppDriver } from './support/app-driver.ts';
import { dragFromPalette, nodeOnCanvas, wiresOnCanvas } from './support/draw.ts';
import { freshAppForEachTest } from './support/fresh-app.ts';

const fresh = freshAppForEachTest();
let app: AppDriver;

beforeEach(async () => {
  app = await fresh.open();
});

const labels = (): Promise<string[]> => app.page.locator('.react-flow__node .node-label').allInnerTexts();
const wires = (): Promise<string[]> => wiresOnCanvas(app.page);

test('nodes are selected together, copied, pasted, duplicated and deleted, each one step of undo', async () => {
  const { page } = app;
  await app.openTemplate('Ten steps');
  const first = (await nodeOnCanvas(page, 'SimpleRNN 1').boundingBox())!;
  const last = (await nodeOnCanvas(page, 'SimpleRNN 2').boundingBox())!;
  await page.keyboard.down('Shift');
  await page.mouse.move(first.x - 6, first.y - 60);
  await page.mouse.down();
  await page.mouse.move(last.x + last.width - 4, last.y + last.height + 20, { steps: 5 });
  await page.mouse.up();
  await page.keyboard.up('Shift');
  await expect.poll(() => page.locator('.react-flow__node.selected .node-label').allInnerTexts()).toEqual(['SimpleRNN 1', 'SimpleRNN 2']);
  const before = await labels();

  await page.keyboard.press('Control+c');
  await page.keyboard.press('Control+v');
  await expect.poll(labels).toEqual([...before, 'SimpleRNN 3', 'SimpleRNN 4']);
  expect(await wires()).toContain('SimpleRNN 3 to SimpleRNN 4');
  await page.keyboard.press('Control+d');
  await expect.poll(labels).toEqual([...before, 'SimpleRNN 3', 'SimpleRNN 4', 'SimpleRNN 5', 'SimpleRNN 6']);
  await page.keyboard.press('Delete');
  await expect.poll(labels).toEqual([...before, 'SimpleRNN 3', 'SimpleRNN 4']);
  for (let steps = 0; steps < 3; steps += 1) await page.keyboard.press('Control+z');
  await expect.poll(labels).toEqual(before);
  expect(await page.getByRole('banner').getByRole('button', { name: /^Undo/ }).isEnabled()).toBe(false);
  expect(app.complaints).toEqual([]);
});

test('the menu under the right button does to what lies there what the keys do', async () => {
  const { page } = app;
  await app.openTemplate('Ten steps');
  const before = await labels();
  const choose = async (item: string): Promise<void> => page.getByRole('menu').getByRole('menuitem', { name: new RegExp(`^${item}`) }).click();
  await nodeOnCanvas(page, 'SimpleRNN 2').click({ button: 'right' });
  await choose('Duplicate');
  await expect.poll(labels).toEqual([...before, 'SimpleRNN 3']);
  await nodeOnCanvas(page, 'SimpleRNN 3').click({ button: 'right' });
  await choose('Rename');
  await page.keyboard.type('Second thought');
  await page.keyboard.press('Enter');
  await expect.poll(labels).toEqual([...before, 'Second thought']);
  await nodeOnCanvas(page, 'Second thought').click({ button: 'right' });
  await choose('Delete');
  await expect.poll(labels).toEqual(before);
  await page.locator('.workspace-canvas').click({ button: 'right', position: { x: 60, y: 40 } });
  await choose('Add a node');
  await page.getByRole('dialog', { name: /^Add a node/ }).waitFor();
  await page.keyboard.type('gru');
  await page.keyboard.press('Enter');
  await expect.poll(labels).toEqual([...before, 'GRU 1']);
  expect(app.complaints).toEqual([]);
});

test('a node that is dropped on a wire goes between', async () => {
  const { page } = app;
  await app.openTemplate('Ten steps');
  const canvas = (await page.locator('.workspace-canvas').boundingBox())!;
  const wire = (await page.locator('.react-flow__edge').nth(2).locator('.wire-line').boundingBox())!;
  await dragFromPalette(page, 'Dropout', (wire.x + wire.width / 2 - canvas.x) / canvas.width, (wire.y - canvas.y) / canvas.height);
  await expect.poll(wires).toContain('SimpleRNN 1 to Dropout 1');
  expect(await wires()).toContain('Dropout 1 to SimpleRNN 2');
  await page.keyboard.press('Control+z');
  await expect.poll(wires).toContain('SimpleRNN 1 to SimpleRNN 2');
});

test('a problem selects its culprit and is repaired by one click, undone as one step', async () => {
  const { page } = app;
  const file = path.join(fresh.folder(), 'broken.unroll');
  writeFileSync(file, serializeDocument(applyEdits(smallDocument, [{ kind: 'set-parameter', node: nodeId('rnn'), parameter: 'units', value: 1_000_000_000 }])));
  await page.getByRole('button', { name: 'Open…' }).waitFor();
  await app.chooseToOpen(file);
  await page.keyboard.press('Control+o');
  await page.getByRole('tab', { name: /^Problems/ }).click();
  await page.getByRole('button', { name: /units is 1,000,000,000/ }).click();
  const units = page.locator('[data-region="inspector"]').getByLabel('Units', { exact: true });
  expect(await units.inputValue()).toBe('1000000000');
  await page.getByRole('tabpanel').getByRole('button', { name: 'Set units of rnn to 20' }).click();
  await expect.poll(() => units.inputValue()).toBe('20');
  await page.getByText('No problems').waitFor();
  await page.getByRole('banner').getByRole('button', { name: /^Undo/ }).click();
  await expect.poll(() => units.inputValue()).toBe('1000000000');
});

test('the palette is searched and folded, and what it holds is dragged from either', async () => {
  const { page } = app;
  await app.openTemplate('Empty project');
  const palette = page.getByRole('navigation', { name: 'Palette' });
  await palette.getByRole('searchbox').fill('memory');
  await expect.poll(() => palette.locator('.palette-item').allInnerTexts()).toContain('LSTM');
  await palette.getByRole('searchbox').fill('');
  const all = await palette.locator('.palette-item').count();
  await palette.getByRole('button', { name: 'Recurrent nodes' }).click();
  expect(await palette.locator('.palette-item').count()).toBeLessThan(all);
  expect(await palette.getByRole('button', { name: 'LSTM', exact: true }).count()).toBe(0);
});
