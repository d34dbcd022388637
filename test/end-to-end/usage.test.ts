import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchApp, removeFolder } from './support/app-driver.ts';
import type { AppDriver } from './support/app-driver.ts';

let app: AppDriver;

beforeAll(async () => {
  app = await launchApp({ theme: 'light', size: [1280, 800] });
  await app.openTemplate('Next value');
  await app.setEpochs(1);
  await app.train();
  await app.verdict().first().waitFor({ timeout: 60_000 });
});
afterAll(async () => {
  await app.kill();
  removeFolder(app.userData);
});

test("a run's programs are shown with its own numbers, and copied", async () => {
  const { page } = app;
  const dialog = page.getByRole('dialog', { name: 'Use this model' });
  await page.getByRole('tab', { name: 'Runs' }).click();
  await page.getByRole('button', { name: 'Use this model…' }).click();
  const program = dialog.getByRole('region', { name: /program$/ });
  await program.filter({ hasText: 'keras.saving.load_model("model.keras")' }).waitFor();
  expect(await program.textContent()).toContain('np.tile([0.5], (50, 1))');
  await dialog.getByLabel('Program', { exact: true }).selectOption({ label: 'Node with TensorFlow' });
  await program.filter({ hasText: "tf.node.loadSavedModel(\"saved-model\")" }).waitFor();
  await dialog.getByRole('button', { name: 'Copy the program' }).click();
  await expect.poll(() => app.app.evaluate(({ clipboard }) => clipboard.readText())).toContain('tf.node.loadSavedModel("saved-model")');
  await dialog.getByRole('button', { name: 'Close' }).click();
});

test('after an export its own name stands in them', async () => {
  const { page } = app;
  await app.chooseToSave(path.join(app.userData, 'waves'));
  await page.getByRole('button', { name: /^Export/ }).first().click();
  const exporting = page.getByRole('dialog', { name: 'Export the model' });
  await exporting.getByRole('radio', { name: /^SavedModel/ }).check();
  await exporting.getByRole('button', { name: 'Export…' }).click();
  await page.getByRole('button', { name: 'Use it…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Use this model' });
  const program = dialog.getByRole('region', { name: 'Python program' });
  await expect.poll(() => program.textContent()).toContain('tf.saved_model.load("waves")');
});
