import { existsSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { freshFolder, launchApp, removeFolder } from './support/app-driver.ts';
import type { AppDriver, LaunchChoice } from './support/app-driver.ts';

let driver: AppDriver | null = null;
const folders: string[] = [];

async function open(choice: LaunchChoice = {}): Promise<AppDriver> {
  const userData = choice.userData ?? freshFolder();
  folders.push(userData);
  driver = await launchApp({ ...choice, userData });
  return driver;
}

afterEach(async () => {
  await driver?.kill();
  driver = null;
  for (const folder of folders.splice(0)) removeFolder(folder);
});

describe.each(['utility', 'main'] as const)('with the engine in the %s process', (engine) => {
  test('a template is trained, beats naive, and is exported', async () => {
    const app = await open({ engine });
    await app.openTemplate('Next value');
    await app.setEpochs(2);
    await app.train();
    await app.verdict().first().waitFor({ timeout: 60_000 });
    expect(await app.verdict().first().textContent()).toMatch(/^The model beats naive by \d/);
    expect((await app.enginePids()).length > 0).toBe(engine === 'utility');
    const target = path.join(app.userData, 'model');
    await app.chooseToSave(target);
    await app.page.getByRole('tab', { name: 'Runs' }).click();
    await app.page.getByRole('button', { name: /^Export/ }).first().click();
    const dialog = app.page.getByRole('dialog', { name: 'Export the model' });
    await dialog.getByRole('radio', { name: /^SavedModel/ }).check();
    await dialog.getByRole('button', { name: 'Export…' }).click();
    await app.page.getByText('Verified in TensorFlow', { exact: false }).first().waitFor();
    expect(existsSync(path.join(target, 'saved_model.pb'))).toBe(true);
    expect(app.complaints).toEqual([]);
  });

  test('a run that is stopped goes on to the end when it is resumed', async () => {
    const app = await open({ engine });
    await app.openTemplate('Next value');
    await app.setEpochs(30);
    await app.train();
    await app.epochsEnded(1);
    await app.stop();
    await app.page.getByRole('button', { name: 'Resume' }).first().click();
    await app.page.getByText('All epochs trained', { exact: false }).waitFor({ timeout: 90_000 });
    expect(await app.page.getByText('30 of 30').count()).toBeGreaterThan(0);
  });
});

describe('an engine that fails', () => {
  test('killed while it trains: a named error within a second, and the run goes on when it is resumed', async () => {
    const app = await open();
    await app.openTemplate('Next value');
    await app.setEpochs(40);
    await app.train();
    await app.epochsEnded(1);
    const began = performance.now();
    for (const pid of await app.enginePids()) process.kill(pid, 'SIGKILL');
    await app.page.getByText('The engine ended unexpectedly (it was killed from outside)', { exact: false }).first().waitFor({ timeout: 5_000 });
    expect(performance.now() - began).toBeLessThan(1_000);
    await app.page.getByRole('button', { name: 'Resume from the last checkpoint' }).click();
    await app.page.getByText('All epochs trained', { exact: false }).waitFor({ timeout: 90_000 });
  });

  test('frozen while it trains: said within a second, and forgiven when it wakes', async () => {
    const app = await open();
    await app.openTemplate('Next value');
    await app.setEpochs(40);
    await app.train();
    await app.epochsEnded(1);
    const pids = await app.enginePids();
    const began = performance.now();
    for (const pid of pids) process.kill(pid, 'SIGSTOP');
    await app.page.getByText('The engine is not answering', { exact: false }).first().waitFor({ timeout: 5_000 });
    const said = performance.now() - began;
    for (const pid of pids) process.kill(pid, 'SIGCONT');
    expect(said).toBeLessThan(1_500);
    await app.page.getByText('All epochs trained', { exact: false }).waitFor({ timeout: 90_000 });
  });

  test('frozen for good: ended, named, and offered for resuming', async () => {
    const app = await open();
    await app.openTemplate('Next value');
    await app.setEpochs(40);
    await app.train();
    await app.epochsEnded(1);
    for (const pid of await app.enginePids()) process.kill(pid, 'SIGSTOP');
    await app.page.getByText('The engine has not answered for 10 seconds and was ended.', { exact: false }).first().waitFor({ timeout: 20_000 });
    await app.page.getByRole('button', { name: 'Resume from the last checkpoint' }).waitFor();
    expect(await app.title()).toBe('● Next value – Unroll');
  });
});
