import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import type { AppDriver } from './support/app-driver.ts';
import { nodeOnCanvas } from './support/draw.ts';
import { freshAppForEachTest } from './support/fresh-app.ts';

const fresh = freshAppForEachTest();
let app: AppDriver;
let csv: string;

beforeEach(async () => {
  csv = path.join(fresh.folder(), 'harbour.csv');
  const day = (row: number) => new Date(Date.UTC(2024, 0, 1 + row)).toISOString().slice(0, 10);
  const rows = Array.from({ length: 600 }, (_, row) => `${day(row)},${(2 + Math.sin(row / 5)).toFixed(4)},${(row % 17).toFixed(1)},calm`);
  writeFileSync(csv, ['day,tide,noise,remark', ...rows].join('\n'));
  app = await fresh.open();
});

async function trainAndSeeForecast(column: string): Promise<void> {
  const { page } = app;
  await page.locator('.workspace-canvas').click({ position: { x: 300, y: 20 } });
  await app.setEpochs(8);
  await app.train();
  await app.verdict().first().waitFor({ timeout: 60_000 });
  await page.getByRole('tab', { name: 'Evaluation' }).click();
  const forecast = page.getByRole('img', { name: new RegExp(`^Forecast of ${column} after 2025-`) });
  const first = await forecast.getAttribute('aria-label', { timeout: 20_000 });
  expect(first).toMatch(/mean absolute error [\d.]+ of the model, [\d.]+ of naive/);
  await page.getByRole('region', { name: 'Forecasts' }).getByRole('button', { name: /Next/ }).click();
  await expect.poll(() => forecast.getAttribute('aria-label')).not.toBe(first);
  expect(app.complaints).toEqual([]);
}

test('a CSV file dropped on the gallery: columns chosen, a model drawn behind it, trained, its forecasts seen', async () => {
  const { page } = app;
  await page.getByRole('button', { name: 'Ten steps' }).first().waitFor();
  await app.drop(csv);
  const chooser = page.getByRole('dialog', { name: 'harbour.csv' });
  await chooser.getByText('600 rows, 4 columns', { exact: false }).waitFor();
  await chooser.getByRole('checkbox', { name: 'noise' }).uncheck();
  // Words are categories, for who wants them.
  expect(await chooser.getByRole('checkbox', { name: 'remark' }).isChecked()).toBe(false);
  await chooser.getByRole('button', { name: 'Add Series node' }).click();
  await page.getByText('harbour.csv').first().waitFor();
  await nodeOnCanvas(page, 'Series 1').click();
  for (const word of ['window', 'lstm', 'dense', 'forecast']) {
    await page.keyboard.press('Tab');
    await page.getByRole('dialog', { name: /^Add a node/ }).waitFor();
    await page.keyboard.type(word);
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: /^Add a node/ }).waitFor({ state: 'hidden' });
  }
  // What does not fit yet is repaired by what is offered.
  await page.getByRole('tab', { name: /^Problems/ }).click();
  const repairs = page.getByRole('tabpanel').getByRole('button', { name: /^(?:Set|Give|Change|Split|Let|Read) / });
  while ((await repairs.count()) > 0) await repairs.first().click();
  await trainAndSeeForecast('tide');
});

test('a CSV file dropped on the gallery that is not chosen after all, or cannot be read, leaves the gallery as it was', async () => {
  const { page } = app;
  const gallery = page.getByRole('heading', { name: 'Start from a template' });
  await gallery.waitFor();
  await app.drop(csv);
  await page.getByRole('dialog', { name: 'harbour.csv' }).getByRole('button', { name: 'Cancel' }).click();
  await gallery.waitFor();
  writeFileSync(csv, '');
  await app.drop(csv);
  await page.getByText('harbour.csv is empty', { exact: false }).first().waitFor();
  await gallery.waitFor();
  expect(await app.title()).toBe('Unroll');
  expect(app.complaints).toEqual([]);
});

test('a CSV file dropped on a Series node is read by that node, one step of undo', async () => {
  const { page } = app;
  await app.openTemplate('Seattle weather');
  const box = (await nodeOnCanvas(page, 'Series 1').boundingBox())!;
  await app.dropAt({ x: box.x + box.width / 2, y: box.y + box.height / 4 }, csv);
  await page.getByRole('dialog', { name: 'harbour.csv' }).getByRole('button', { name: 'Read with Series 1' }).click();
  expect(await nodeOnCanvas(page, 'Series 2').count()).toBe(0);
  await page.getByText('harbour.csv').first().waitFor();
  await page.locator('.workspace-canvas').click({ position: { x: 300, y: 20 } });
  await page.keyboard.press('Control+z');
  await page.getByText('seattle-weather-daily.csv').first().waitFor();
});
