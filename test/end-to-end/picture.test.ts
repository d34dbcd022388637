import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchApp, removeFolder } from './support/app-driver.ts';
import type { AppDriver } from './support/app-driver.ts';

let app: AppDriver;
let place: string;

beforeAll(async () => {
  place = mkdtempSync(path.join(tmpdir(), 'unroll-picture-'));
  app = await launchApp({ theme: 'light', size: [1280, 800] });
  await app.openTemplate('Encoder and decoder');
});
afterAll(async () => {
  await app.kill();
  removeFolder(app.userData);
  rmSync(place, { recursive: true });
});

test('the graph is saved as a picture, looked at before', async () => {
  const { page } = app;
  const dialog = page.getByRole('dialog', { name: 'Export picture' });
  const openDialog = async (): Promise<void> => {
    await page.getByRole('button', { name: 'Project menu' }).click();
    await page.getByRole('menuitem', { name: /^Export picture/ }).click();
    await dialog.locator('text', { hasText: 'LSTM · 20 units · tanh' }).first().waitFor();
  };
  await openDialog();
  await app.chooseToSave(path.join(place, 'graph.svg'));
  await dialog.getByRole('button', { name: 'Save…' }).click();
  await page.getByText('The picture is in ', { exact: false }).first().waitFor();
  expect(readFileSync(path.join(place, 'graph.svg'), 'utf8')).toContain('(10,000 series, ');

  await openDialog();
  await dialog.getByLabel('Kind').selectOption('png');
  await dialog.getByLabel('Ground').selectOption('dark');
  await app.chooseToSave(path.join(place, 'graph'));
  await dialog.getByRole('button', { name: 'Save…' }).click();
  await expect.poll(() => dialog.count()).toBe(0);
  expect(readFileSync(path.join(place, 'graph.png')).subarray(1, 4).toString()).toBe('PNG');
});
