import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import { freshFolder, launchApp, removeFolder } from './support/app-driver.ts';
import type { AppDriver } from './support/app-driver.ts';

const tenSteps = fileURLToPath(new URL('../../assets/templates/ten-steps.unroll', import.meta.url));
const place = freshFolder();
let app: AppDriver | null = null;

afterEach(async () => {
  await app?.kill();
  app = null;
});

async function open(...files: readonly string[]): Promise<AppDriver> {
  app = await launchApp({ userData: path.join(place, 'app'), files });
  return app;
}

test('preferences take effect at once, the engine at the next start, and all are kept', async () => {
  const file = path.join(place, 'waves.unroll');
  writeFileSync(file, readFileSync(tenSteps));
  const first = await open(file);
  await first.page.getByRole('banner').getByRole('button', { name: 'Train', exact: true }).waitFor();
  await first.page.keyboard.press('Control+,');
  const dialog = first.page.getByRole('dialog', { name: 'Preferences' });
  const ground = (of: AppDriver) => of.page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await ground(first);
  await dialog.getByLabel('Theme').selectOption('dark');
  await expect.poll(() => ground(first)).not.toBe(light);
  await dialog.getByLabel('Motion').selectOption('on');
  await dialog.getByLabel('Engine').selectOption('main');
  await dialog.getByLabel('Processors').selectOption('1');
  await dialog.getByLabel('Save by itself').click();
  await dialog.getByRole('button', { name: 'Close' }).click();

  // Saved by itself, in the file, a second after the edit.
  await first.setEpochs(23);
  await expect.poll(() => readFileSync(file, 'utf8'), { timeout: 5_000 }).toContain('"epochs": 23');
  await expect.poll(() => first.title()).toBe('waves – Unroll');
  await first.app.close();

  expect(JSON.parse(readFileSync(path.join(place, 'app/preferences.json'), 'utf8'))).toMatchObject({ engine: 'main', processors: 1 });
  const second = await open(file);
  await expect.poll(() => ground(second)).not.toBe(light);
  await second.train();
  await second.verdict().first().waitFor({ timeout: 60_000 });
  expect(await second.enginePids()).toEqual([]);
  await second.kill();
  removeFolder(place);
});
