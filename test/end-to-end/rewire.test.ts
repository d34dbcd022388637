import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import { expect, test } from 'vitest';
import { serializeDocument } from '../../core/document/serialize-document.ts';
import { emptyDocument } from '../../core/graph/empty-document.ts';
import { nodeId, wireId } from '../../core/graph/identifiers.ts';
import type { AppDriver } from './support/app-driver.ts';
import { nodeOnCanvas, wiresOnCanvas } from './support/draw.ts';
import { freshAppForEachTest } from './support/fresh-app.ts';

const fresh = freshAppForEachTest();
let app: AppDriver;

const wires = (): Promise<string[]> => wiresOnCanvas(app.page);

/** Takes the arriving end of the wire into a node, a little before its port, and lets it go at a point of the window. */
async function moveEnd(node: string, to: { readonly x: number; readonly y: number }): Promise<void> {
  const port = await middleOf(nodeOnCanvas(app.page, node).locator('.port-input .port-handle').first());
  await app.page.mouse.move(port.x - 16, port.y);
  await app.page.mouse.down();
  await app.page.mouse.move((port.x + to.x) / 2, (port.y + to.y) / 2, { steps: 4 });
  await app.page.mouse.move(to.x, to.y, { steps: 4 });
}

/** Measured at rest: a canvas that brings its graph into view moves for a while. */
async function middleOf(element: Locator): Promise<{ readonly x: number; readonly y: number }> {
  for (let before = await element.boundingBox(); ; ) {
    await app.page.waitForTimeout(150);
    const box = await element.boundingBox();
    if (box !== null && box.x === before?.x && box.y === before.y) return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    before = box;
  }
}

test('an end of a wire is moved to another port, refused with its reason, or pulled off, one step of undo each', async () => {
  app = await fresh.open();
  const { page } = app;
  await app.openTemplate('Ten steps');
  const before = ['Dense 1 to Forecast 1', 'Series 1 to Window 1', 'SimpleRNN 1 to SimpleRNN 2', 'SimpleRNN 2 to Dense 1', 'Window 1 to SimpleRNN 1'];
  await expect.poll(wires).toEqual(before);

  await moveEnd('SimpleRNN 1', await middleOf(nodeOnCanvas(page, 'SimpleRNN 2').locator('.port-input .port-handle').first()));
  await page.mouse.up();
  await expect.poll(wires).toEqual(['Dense 1 to Forecast 1', 'Series 1 to Window 1', 'SimpleRNN 2 to Dense 1', 'Window 1 to SimpleRNN 2']);
  await page.keyboard.press('Control+z');
  await expect.poll(wires).toEqual(before);

  await moveEnd('SimpleRNN 1', await middleOf(nodeOnCanvas(page, 'Window 1').locator('.port-input .port-handle').first()));
  await page.getByRole('status').filter({ hasText: 'Window 1' }).first().waitFor();
  await page.mouse.up();
  await expect.poll(wires).toEqual(before);

  const canvas = (await page.locator('.workspace-canvas').boundingBox())!;
  await moveEnd('Dense 1', { x: canvas.x + 40, y: canvas.y + canvas.height - 40 });
  await page.mouse.up();
  await expect.poll(wires).toEqual(before.filter((wire) => wire !== 'SimpleRNN 2 to Dense 1'));
  await page.keyboard.press('Control+z');
  await expect.poll(wires).toEqual(before);
  expect(app.complaints).toEqual([]);
});

test('from very far a wire is chosen by where it passes, and deleted', async () => {
  const id = (number: number) => nodeId(`dropout-${number}`);
  const document = {
    ...emptyDocument,
    name: 'far',
    nodes: [1, 2].map((number) => ({ id: id(number), type: 'dropout', label: `Dropout ${number}`, parameters: { rate: 0.1 } })),
    wires: [{ id: wireId('wire-1'), from: { node: id(1), port: 'outputs' }, to: { node: id(2), port: 'inputs' } }],
    layout: { [id(1)]: { x: 0, y: 0 }, [id(2)]: { x: 6_000, y: 0 } },
  };
  const file = path.join(fresh.folder(), 'far.unroll');
  writeFileSync(file, serializeDocument(document));
  app = await fresh.open({ files: [file] });
  const { page } = app;
  // Until the canvas has come to rest.
  await page.waitForTimeout(600);
  const first = (await page.locator('.react-flow__node').first().boundingBox())!;
  const last = (await page.locator('.react-flow__node').last().boundingBox())!;
  expect(await wires()).toEqual([]);
  await page.mouse.click((first.x + last.x + last.width) / 2, first.y + first.height * 0.79);
  await expect.poll(wires).toEqual(['Dropout 1 to Dropout 2']);
  await page.keyboard.press('Delete');
  await expect.poll(wires).toEqual([]);
  await page.keyboard.press('Control+z');
  expect(await page.locator('.still-wires path').count()).toBe(1);
});
