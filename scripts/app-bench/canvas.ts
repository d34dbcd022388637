import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { serializeDocument } from '../../core/document/serialize-document.ts';
import { emptyDocument } from '../../core/graph/empty-document.ts';
import type { GraphDocument } from '../../core/graph/graph-document.ts';
import { nodeId, wireId } from '../../core/graph/identifiers.ts';
import { launchApp } from '../../test/end-to-end/support/app-driver.ts';
import { close } from './training.ts';

const columns = 40;
const dragged = 10;
const moves = 500;
/** A usual mouse reports 125 times a second. */
const pointerMilliseconds = 8;

/** Milliseconds between frames while one of ten selected nodes is dragged, all nodes in sight. */
export async function measureDragging(nodes: number): Promise<readonly number[]> {
  const app = await launchApp({ size: [1920, 1080] });
  const { page } = app;
  try {
    const file = path.join(app.userData, 'grid.unroll');
    writeFileSync(file, serializeDocument(gridOf(nodes)));
    await page.getByRole('button', { name: 'Open…' }).waitFor();
    await app.chooseToOpen(file);
    await page.keyboard.press('Control+o');
    await page.locator('.react-flow__node').first().waitFor();
    await page.locator('.workspace-canvas').click({ position: { x: 5, y: 5 } });
    await page.keyboard.press('f');
    await page.waitForTimeout(1_000);
    const shown = await page.locator('.react-flow__node').count();
    if (shown !== nodes) throw new Error(`${shown} of ${nodes} nodes are in sight`);
    for (let node = 0; node < dragged; node += 1) {
      await page.locator(`.react-flow__node[data-id="dropout-${1 + node * 3}"]`).click({ modifiers: node === 0 ? [] : ['ControlOrMeta'] });
    }
    const box = (await page.locator('.react-flow__node[data-id="dropout-1"]').boundingBox())!;
    const start = { x: box.x + box.width / 2, y: box.y + box.height / 4 };
    await page.mouse.move(start.x, start.y);
    await page.mouse.down();
    await page.mouse.move(start.x + 10, start.y + 10, { steps: 3 });
    const frames = page.evaluate<number[]>(
      `new Promise((resolve) => {
        const deltas = [];
        let last = null;
        const next = (now) => {
          if (last !== null) deltas.push(now - last);
          last = now;
          if (globalThis.draggingEnded) resolve(deltas); else requestAnimationFrame(next);
        };
        requestAnimationFrame(next);
      })`,
    );
    // As a mouse moves: faster than frames, waiting for none. Chromium gives the page one pointer move a frame.
    const answers: Promise<void>[] = [];
    for (let move = 0; move < moves; move += 1) {
      answers.push(page.mouse.move(start.x + 10 + (move % 60) * 2, start.y + 10 + (move % 90)));
      await wait(pointerMilliseconds);
    }
    await Promise.all(answers);
    await page.evaluate('globalThis.draggingEnded = true');
    const measured = await frames;
    await page.mouse.up();
    return measured;
  } finally {
    await close(app);
  }
}

/** Rows of wired Dropout nodes: plain layers, the cheapest to check, so that frames are what is measured. */
function gridOf(count: number): GraphDocument {
  const numbers = Array.from({ length: count }, (_, position) => position + 1);
  const id = (number: number) => nodeId(`dropout-${number}`);
  return {
    ...emptyDocument,
    name: `${count} nodes`,
    nodes: numbers.map((number) => ({ id: id(number), type: 'dropout', label: `Dropout ${number}`, parameters: { rate: 0.1 } })),
    wires: numbers
      .filter((number) => number % columns !== 0 && number < count)
      .map((number) => ({ id: wireId(`wire-${number}`), from: { node: id(number), port: 'outputs' }, to: { node: id(number + 1), port: 'inputs' } })),
    layout: Object.fromEntries(numbers.map((number) => [id(number), { x: ((number - 1) % columns) * 240, y: Math.floor((number - 1) / columns) * 140 }])),
  };
}
