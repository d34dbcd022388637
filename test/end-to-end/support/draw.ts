import type { Locator, Page } from 'playwright-core';

/** A node on the canvas, by its label. */
export function nodeOnCanvas(page: Page, label: string): Locator {
  return page.locator('.react-flow__node').filter({ hasText: label });
}

/** Drags a node type from the palette to a place on the canvas, as shares of its width and height. */
export async function dragFromPalette(page: Page, title: string, x: number, y: number): Promise<void> {
  const canvas = page.locator('.workspace-canvas');
  const { width, height } = (await canvas.boundingBox())!;
  await page.getByRole('navigation', { name: 'Palette' }).getByRole('button', { name: title, exact: true }).dragTo(canvas, { targetPosition: { x: x * width, y: y * height } });
}

/** Drags a wire from the output of one node to the input of another. */
export async function dragWire(page: Page, from: string, to: string): Promise<void> {
  const start = await middle(nodeOnCanvas(page, from).locator('.port-output .port-handle').first());
  const end = await middle(nodeOnCanvas(page, to).locator('.port-input .port-handle').first());
  await page.mouse.move(start.x, start.y);
  await page.mouse.down();
  await page.mouse.move((start.x + end.x) / 2, (start.y + end.y) / 2, { steps: 4 });
  await page.mouse.move(end.x, end.y, { steps: 4 });
  await page.mouse.up();
}

/** Presses Tab until the field with this label has the focus. */
export async function tabTo(page: Page, label: string): Promise<void> {
  for (let presses = 0; presses < 80; presses += 1) {
    if ((await page.getByLabel(label, { exact: true }).and(page.locator(':focus')).count()) > 0) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Eighty tabs did not reach "${label}".`);
}

async function middle(element: Locator): Promise<{ readonly x: number; readonly y: number }> {
  const box = (await element.boundingBox())!;
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** 'Dense 1 to Forecast 1', in alphabetical order. */
export function wiresOnCanvas(page: Page): Promise<string[]> {
  return page.locator('.react-flow__edge').evaluateAll((drawn) => drawn.map((wire) => /^Wire from (.* to \S+ \d+)/.exec(wire.getAttribute('aria-label') ?? '')?.[1] ?? '').sort());
}
