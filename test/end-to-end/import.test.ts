import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { group, hdf5With, kerasFile, layer } from '../formats/import/small-keras-file.ts';
import { freshFolder, launchApp, removeFolder } from './support/app-driver.ts';
import type { AppDriver } from './support/app-driver.ts';
import { nodeOnCanvas } from './support/draw.ts';

let place: string;
let app: AppDriver;

beforeEach(() => {
  place = freshFolder();
});

afterEach(async () => {
  await app.kill();
  removeFolder(place);
});

/** Reads windows of ten steps of one column: UnitNormalization where it is asked for, LSTM(4), Dense(1). */
async function foreignModel(name: string, unknown: boolean): Promise<string> {
  const weights = await hdf5With((file) => {
    const shapes: Readonly<Record<string, readonly number[]>> = { 'lstm/cell/vars/0': [1, 16], 'lstm/cell/vars/1': [4, 16], 'lstm/cell/vars/2': [16], 'dense/vars/0': [4, 1], 'dense/vars/1': [1] };
    for (const [at, shape] of Object.entries(shapes)) {
      const data = new Float32Array(shape.reduce((product, size) => product * size, 1)).fill(0.2);
      group(file, `layers/${path.posix.dirname(at)}`).create_dataset({ name: path.posix.basename(at), data, shape: [...shape], dtype: '<f4' });
    }
  });
  const layers = [
    layer('InputLayer', { batch_shape: [null, 10, 1], name: 'input' }),
    ...(unknown ? [layer('UnitNormalization', { name: 'unit_norm', axis: -1, epsilon: 1e-7, order: 2 })] : []),
    layer('LSTM', { units: 4, name: 'lstm' }, [], { build_config: { input_shape: [null, 10, 1] } }),
    layer('Dense', { units: 1, name: 'dense' }),
  ];
  const file = path.join(place, name);
  writeFileSync(file, kerasFile({ weights, config: { class_name: 'Sequential', config: { name: 'foreign', layers } } }));
  return file;
}

test('a Keras model that is imported is trained on from its weights', async () => {
  app = await launchApp({ userData: path.join(place, 'app') });
  const { page } = app;
  await app.chooseToOpen(await foreignModel('foreign.keras', false));
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
  app = await launchApp({ userData: path.join(place, 'app') });
  const { page } = app;
  await app.drop(await foreignModel('strange.keras', true));
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

test('a file that would have code run is refused in words, and nothing is opened', async () => {
  mkdirSync(place, { recursive: true });
  const lambda = layer('Lambda', { name: 'dense', function: { class_name: '__lambda__', config: { code: 'x' } } });
  const config = { class_name: 'Sequential', config: { name: 'bad', layers: [layer('InputLayer', { batch_shape: [null, 2], name: 'input' }), lambda] } };
  const file = path.join(place, 'bad.keras');
  writeFileSync(file, kerasFile({ weights: new Uint8Array(0), config }));
  app = await launchApp({ userData: path.join(place, 'app') });
  await app.drop(file);
  await app.page.getByText('bad.keras is refused: the layer "dense" is a Lambda', { exact: false }).first().waitFor();
  expect(await app.page.getByRole('heading', { name: 'Start from a template' }).isVisible()).toBe(true);
});
