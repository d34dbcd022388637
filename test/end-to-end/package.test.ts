import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshFolder, removeFolder } from './support/app-driver.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
// Outside the checkout, so that nothing of it can be found by accident.
const output = freshFolder();
const userData = freshFolder();
let folder: string;
let child: ChildProcess | undefined;

beforeAll(() => {
  const made = spawnSync(process.execPath, [path.join(root, 'scripts/package.mjs'), '--out', output], { encoding: 'utf8' });
  if (made.status !== 0) throw new Error(`${made.stdout}\n${made.stderr}`);
  folder = path.join(output, readdirSync(output)[0] ?? '');
}, 300_000);

afterAll(() => {
  child?.kill('SIGKILL');
  removeFolder(output);
  removeFolder(userData);
});

test('a package made from the registry runtime says so in its name', () => {
  const isTestRuntime = readFileSync(path.join(folder, 'version'), 'utf8').trim() === '42.0.0';
  expect(path.basename(folder)).toMatch(isTestRuntime ? /^unroll-[\d.]+-linux-x64-test-runtime$/ : /^unroll-[\d.]+-linux-x64$/);
});

test('the package holds the app and nothing else', () => {
  expect(readdirSync(path.join(folder, 'resources')).sort()).toEqual(['app.asar', 'app.asar.unpacked']);
  const unpacked = path.join(folder, 'resources/app.asar.unpacked/node_modules/@tensorflow/tfjs-node');
  expect(readdirSync(unpacked).sort()).toEqual(['deps', 'lib']);
  expect(readdirSync(path.join(unpacked, 'deps/lib')).sort()).toEqual(['THIRD_PARTY_NOTICES.txt', 'libtensorflow_cc.so.2', 'libtensorflow_framework.so.2']);
  const archive = readFileSync(path.join(folder, 'resources/app.asar'));
  const names = archive.subarray(0, 400_000).toString('latin1');
  expect(names).toContain('seattle-weather.unroll');
  expect(names).not.toMatch(/"(?:test|renderer\.tsx|vitest|electron-builder|typescript)"/);
  expect(existsSync(path.join(folder, 'verified.json'))).toBe(false);
});

test('it starts away from the checkout and trains on data out of its archive', async () => {
  const page = await start();
  await page.getByRole('button', { name: 'Seattle weather' }).first().click();
  const epochs = page.getByLabel('Epochs');
  await epochs.fill('2');
  await epochs.press('Enter');
  await page.getByRole('banner').getByRole('button', { name: 'Train', exact: true }).click();
  await page.getByText(/^The model beats naive/).first().waitFor({ timeout: 90_000 });
  expect(await page.getByText('TensorFlow 2.21.0', { exact: false }).count()).toBeGreaterThan(0);
});

/** Over Chromium's own port: a package has the fuses blown through which a driver would reach its main process. */
async function start(): Promise<Page> {
  const flags = ['--disable-gpu', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])];
  const started = spawn(path.join(folder, 'unroll'), [...flags, '--remote-debugging-port=0', `--user-data-dir=${userData}`], { cwd: output, stdio: ['ignore', 'ignore', 'pipe'] });
  child = started;
  const address = await new Promise<string>((resolve, reject) => {
    started.stderr.on('data', (chunk: Buffer) => {
      const found = /DevTools listening on (ws:\S+)/.exec(chunk.toString());
      if (found?.[1] !== undefined) resolve(found[1]);
    });
    started.once('exit', (code) => reject(new Error(`the package ended with code ${code}`)));
  });
  // Playwright may wait for ever for a page that appears while it connects.
  await expect.poll(async () => (await (await fetch(`http://${new URL(address).host}/json/list`)).text()).includes('app://unroll/index.html'), { timeout: 20_000 }).toBe(true);
  const browser = await chromium.connectOverCDP(address);
  const context = browser.contexts()[0];
  if (context === undefined) throw new Error('The package has no page.');
  return context.pages()[0] ?? context.waitForEvent('page');
}
