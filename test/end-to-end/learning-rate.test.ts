import { afterEach, expect, test } from 'vitest';
import { freshFolder, launchApp, removeFolder } from './support/app-driver.ts';
import type { AppDriver } from './support/app-driver.ts';

let driver: AppDriver | null = null;
const userData = freshFolder();

afterEach(async () => {
  await driver?.kill();
  removeFolder(userData);
});

test('a learning rate is found on a copy, taken by one click, one step of undo; a forecast shows its bands and what they hold', async () => {
  driver = await launchApp({ userData });
  const { page } = driver;
  await driver.openTemplate('Weather with bands');
  await page.locator('.workspace-canvas').click({ position: { x: 300, y: 20 } });
  const inspector = page.locator('[data-region="inspector"]');
  const rate = inspector.getByLabel('Learning rate', { exact: true });
  await inspector.getByRole('button', { name: 'Find a learning rate' }).click();
  const take = page.getByRole('dialog').getByRole('button', { name: /^Use / });
  await take.waitFor({ timeout: 60_000 });
  expect(await rate.inputValue()).toBe('0.003');
  const suggested = (await take.textContent())?.replace('Use ', '');
  await take.click();
  expect(await rate.inputValue()).toBe(suggested);
  await page.keyboard.press('Control+z');
  expect(await rate.inputValue()).toBe('0.003');

  await inspector.getByLabel('Learning rate schedule').selectOption('cosine');
  await driver.setEpochs(3);
  await driver.train();
  await driver.verdict().first().waitFor({ timeout: 60_000 });
  await page.getByRole('tab', { name: /^Training/ }).click();
  await page.getByRole('button', { name: 'Learning rate', exact: true }).click();
  await page.getByRole('img', { name: /^Learning rate over epochs/ }).waitFor();
  await page.getByRole('tab', { name: /^Evaluation/ }).click();
  await page.getByText(/^The 80 % band holds \d+ %, the 95 % band \d+ % of the true values/).waitFor({ timeout: 60_000 });
  expect(driver.complaints).toEqual([]);
});
