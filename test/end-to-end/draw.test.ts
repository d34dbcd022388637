import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeEach, expect, test } from 'vitest';
import type { GraphDocument } from '../../core/graph/graph-document.ts';
import type { AppDriver } from './support/app-driver.ts';
import { dragFromPalette, dragWire, nodeOnCanvas, tabTo } from './support/draw.ts';
import { freshAppForEachTest } from './support/fresh-app.ts';

const template = JSON.parse(readFileSync(fileURLToPath(new URL('../../assets/templates/ten-steps.unroll', import.meta.url)), 'utf8')) as GraphDocument;
const fresh = freshAppForEachTest();
let app: AppDriver;

beforeEach(async () => {
  app = await fresh.open();
  await app.openTemplate('Empty project');
});

/** What the project file holds of the drawing, without names and places. */
async function savedGraph(name: string): Promise<{ readonly nodes: unknown; readonly wires: unknown }> {
  const file = path.join(fresh.folder(), `${name}.unroll`);
  await app.chooseToSave(file);
  await app.page.keyboard.press('Control+Shift+s');
  await expect.poll(() => app.title()).toBe(`${name} – Unroll`);
  return graphOf(JSON.parse(readFileSync(file, 'utf8')) as GraphDocument);
}

/** Parameters that the template leaves to their defaults do not matter. */
function graphOf(document: GraphDocument): { readonly nodes: unknown; readonly wires: unknown } {
  const names = new Map(document.nodes.map((node) => [node.id, node.label]));
  const wanted = new Map(template.nodes.map((node) => [node.label, Object.keys(node.parameters)]));
  return {
    nodes: document.nodes
      .map(({ type, label, parameters }) => ({ type, label, parameters: Object.fromEntries((wanted.get(label) ?? []).map((key) => [key, parameters[key]])) }))
      .sort((first, second) => (first.label < second.label ? -1 : 1)),
    wires: document.wires.map(({ from, to }) => `${names.get(from.node)}.${from.port} → ${names.get(to.node)}.${to.port}`).sort(),
  };
}

async function expectTrained(): Promise<void> {
  await app.train();
  await app.verdict().first().waitFor({ timeout: 60_000 });
  expect(await app.verdict().first().textContent()).toMatch(/^The model beats naive by \d/);
  expect(app.complaints).toEqual([]);
}

test('ten-steps drawn from nothing by mouse is the template, undone and redone step by step, and trains', async () => {
  const { page } = app;
  const titles = ['Series', 'Window', 'SimpleRNN', 'SimpleRNN', 'Dense', 'Forecast'];
  for (const [position, title] of titles.entries()) await dragFromPalette(page, title, 0.02 + (position % 3) * 0.3, position < 3 ? 0.15 : 0.55);
  const labels = ['Series 1', 'Window 1', 'SimpleRNN 1', 'SimpleRNN 2', 'Dense 1', 'Forecast 1'];

  await nodeOnCanvas(page, 'Window 1').click();
  await page.getByLabel('Split by', { exact: true }).click();
  await page.keyboard.press('s');
  await page.keyboard.press('Enter');
  await nodeOnCanvas(page, 'SimpleRNN 1').click();
  await setSwitch('Return sequences', true);
  await nodeOnCanvas(page, 'SimpleRNN 2').click();
  await setSwitch('Return sequences', false);
  await nodeOnCanvas(page, 'Dense 1').click();
  await page.getByLabel('Units', { exact: true }).fill('10');
  await nodeOnCanvas(page, 'Forecast 1').click();
  await page.getByLabel('Horizon', { exact: true }).fill('10');
  for (const [position, label] of labels.slice(1).entries()) await dragWire(page, labels[position]!, label);

  expect(await savedGraph('by mouse')).toEqual(graphOf(template));

  const undo = page.getByRole('banner').getByRole('button', { name: /^Undo/ });
  const redo = page.getByRole('banner').getByRole('button', { name: /^Redo/ });
  await page.locator('.workspace-canvas').click({ position: { x: 400, y: 20 } });
  for (let presses = 0; presses < 60 && (await undo.isEnabled()); presses += 1) await page.keyboard.press('Control+z');
  expect(await page.locator('.react-flow__node').count()).toBe(0);
  for (let presses = 0; presses < 60 && (await redo.isEnabled()); presses += 1) await page.keyboard.press('Control+Shift+z');
  expect(await savedGraph('again')).toEqual(graphOf(template));
  await expectTrained();

  async function setSwitch(label: string, on: boolean): Promise<void> {
    const control = page.getByLabel(label, { exact: true });
    if ((await control.isChecked()) !== on) await control.click();
  }
});

test('ten-steps drawn from nothing by keyboard alone is the template, and trains', async () => {
  const { page } = app;
  const quickAdd = page.getByRole('dialog', { name: /^Add a node/ });
  await page.locator('body').press('Escape');
  for (const word of ['series', 'window', 'simplernn', 'simplernn', 'dense', 'forecast']) {
    await page.keyboard.press('Tab');
    await quickAdd.waitFor();
    await page.keyboard.type(word);
    await page.keyboard.press('Enter');
    await quickAdd.waitFor({ state: 'hidden' });
  }
  // Nodes out of sight are not drawn.
  await page.keyboard.press('f');
  await expect.poll(() => page.locator('.react-flow__node').count()).toBe(6);
  // From the last node back along the chain.
  await setField('Horizon', '10');
  await backToCanvas();
  await page.keyboard.press('ArrowLeft');
  await setField('Units', '10');
  await backToCanvas();
  await page.keyboard.press('ArrowLeft');
  await setSwitch('Return sequences', false);
  await backToCanvas();
  await page.keyboard.press('ArrowLeft');
  await setSwitch('Return sequences', true);
  await backToCanvas();
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Enter');
  await tabTo(page, 'Split by');
  await page.keyboard.press('s');

  expect(await savedGraph('by keyboard')).toEqual(graphOf(template));
  await page.keyboard.press('Control+Enter');
  await app.verdict().first().waitFor({ timeout: 60_000 });
  expect(await app.verdict().first().textContent()).toMatch(/^The model beats naive by \d/);

  async function setField(label: string, value: string): Promise<void> {
    await page.keyboard.press('Enter');
    await tabTo(page, label);
    await page.keyboard.press('Control+a');
    await page.keyboard.type(value);
    await page.keyboard.press('Enter');
  }

  async function setSwitch(label: string, on: boolean): Promise<void> {
    await page.keyboard.press('Enter');
    await tabTo(page, label);
    if ((await page.getByLabel(label, { exact: true }).isChecked()) !== on) await page.keyboard.press('Space');
  }

  async function backToCanvas(): Promise<void> {
    const isOnCanvas = () => page.evaluate(() => document.activeElement?.closest('.workspace-canvas') !== null);
    for (let presses = 0; presses < 8 && !(await isOnCanvas()); presses += 1) await page.keyboard.press('F6');
    expect(await isOnCanvas()).toBe(true);
  }
});
