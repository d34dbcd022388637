import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { kerasFile, layer } from '../formats/import/small-keras-file.ts';
import type { AppDriver } from './support/app-driver.ts';
import { nodeOnCanvas } from './support/draw.ts';
import { foreignModel } from './support/foreign-model.ts';
import { freshAppForEachTest } from './support/fresh-app.ts';

const fresh = freshAppForEachTest();
let app: AppDriver;

test('a Keras model that is imported is trained on from its weights', async () => {
  app = await fresh.open();
  const { page } = app;
  await app.chooseToOpen(await foreignModel(path.join(fresh.folder(), 'foreign.keras'), { unknownLayer: false }));
  await page.getByRole('button', { name: 'Import…' }).click();
  await nodeOnCanvas(page, 'lstm').waitFor();
  await expect.poll(() => app.title()).toBe('● foreign – Unroll');
  await page.getByText('The weights came along as the run imported', { exact: false }).first().waitFor();

  await page.getByRole('tab', { name: /^Problems/ }).click();
  await page.getByRole('button', { name: 'Set source of Series 1 to "generator"' }).first().click();
  await app.setEpochs(1);
  await page.getByRole('tab', { name: 'Runs' }).click();
  await page.getByText('imported', { exact: false }).first().click();
  await page.getByRole('button', { name: 'Start from these weights' }).click();
  await app.verdict().first().waitFor({ timeout: 60_000 });
  expect(app.complaints).toEqual([]);
});

test('a model with a layer that Unroll does not have is dropped onto the gallery, drawn, and said', async () => {
  app = await fresh.open();
  const { page } = app;
  await app.drop(await foreignModel(path.join(fresh.folder(), 'strange.keras'), { unknownLayer: true }));
  await nodeOnCanvas(page, 'unit_norm').waitFor();
  await page.getByText('Unroll cannot compute unit_norm (UnitNormalization', { exact: false }).first().waitFor();
  await nodeOnCanvas(page, 'unit_norm').click();
  const inspector = page.locator('[data-region="inspector"]');
  await inspector.getByText('epsilon: 1e-7').waitFor();
  await page.keyboard.press('Control+Enter');
  await page.getByRole('button', { name: 'Take unit_norm out' }).first().click();
  await nodeOnCanvas(page, 'unit_norm').waitFor({ state: 'detached' });
  expect(app.complaints).toEqual([]);
});

test('a model that the system opens with Unroll is taken in as a project of its own', async () => {
  app = await fresh.open({ files: [await foreignModel(path.join(fresh.folder(), 'given.keras'), { unknownLayer: false })] });
  await nodeOnCanvas(app.page, 'lstm').waitFor();
  await expect.poll(() => app.title()).toBe('● foreign – Unroll');
  expect(app.complaints).toEqual([]);
});

test('a file that would have code run is refused in words, and nothing is opened', async () => {
  const lambda = layer('Lambda', { name: 'dense', function: { class_name: '__lambda__', config: { code: 'x' } } });
  const config = { class_name: 'Sequential', config: { name: 'bad', layers: [layer('InputLayer', { batch_shape: [null, 2], name: 'input' }), lambda] } };
  const file = path.join(fresh.folder(), 'bad.keras');
  writeFileSync(file, kerasFile({ weights: new Uint8Array(0), config }));
  app = await fresh.open();
  await app.drop(file);
  await app.page.getByText('bad.keras is refused: the layer "dense" is a Lambda', { exact: false }).first().waitFor();
  expect(await app.page.getByRole('heading', { name: 'Start from a template' }).isVisible()).toBe(true);
});
