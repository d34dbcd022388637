import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { expect, test } from 'vitest';
import { freshAppForEachTest } from './support/fresh-app.ts';

// What is played here: a package index that never answers. That an environment is made is tested without a window (test/engine/python).

const { folder, open } = freshAppForEachTest();

async function preferences(environment: Readonly<Record<string, string>> = {}) {
  const place = folder();
  const folders = { XDG_CACHE_HOME: path.join(place, 'cache'), XDG_CONFIG_HOME: path.join(place, 'config'), UNROLL_PYTHON: '' };
  const app = await open({ environment: { ...folders, ...environment } });
  await app.page.getByRole('button', { name: 'Sequence to sequence' }).first().waitFor();
  await app.page.keyboard.press('Control+,');
  return { driver: app, section: app.page.getByRole('region', { name: 'Python that checks exports' }) };
}

test('an environment is made with its progress in sight, also while Preferences are closed, and stopped without a trace', async () => {
  const silent = createServer(() => undefined).listen(0, '127.0.0.1');
  await new Promise((resolve) => silent.once('listening', resolve));
  try {
    const { driver, section } = await preferences({ PIP_NO_INDEX: '0', PIP_FIND_LINKS: '', PIP_INDEX_URL: `http://127.0.0.1:${(silent.address() as AddressInfo).port}/simple` });
    await section.getByText(/^None yet/).waitFor();
    await section.getByRole('button', { name: 'Make an environment' }).click();
    const said = section.getByRole('status');
    await expect.poll(() => said.textContent(), { timeout: 20_000 }).toMatch(/^(Making an environment with Python 3|Package 1 of \d+)/);
    await driver.page.getByRole('button', { name: 'Close' }).click();
    await driver.page.keyboard.press('Control+,');
    await section.getByRole('progressbar').waitFor();
    await section.getByRole('button', { name: 'Stop' }).click();
    await section.getByRole('button', { name: 'Make an environment' }).waitFor();
    expect(readdirSync(path.join(folder(), 'cache', 'unroll'))).toEqual([]);
    expect(driver.complaints).toEqual([]);
  } finally {
    silent.closeAllConnections();
    silent.close();
  }
});

test('why an environment cannot be made is said where it was asked for, and a Python that lacks packages is refused by name', async () => {
  const { driver, section } = await preferences({ PATH: '/nowhere' });
  await section.getByRole('button', { name: 'Make an environment' }).click();
  await section.getByText(/no Python 3\.11 to 3\.13 was found\. Install one/).waitFor();
  const packages = { keras: null, tensorflow: null, onnx: '1.22.0', safetensors: '0.7.0', numpy: '2.4.0' };
  mkdirSync(folder(), { recursive: true });
  const python = path.join(folder(), 'python');
  writeFileSync(python, `#!/bin/sh\necho '${JSON.stringify({ python: '3.12.1', packages })}'\n`, { mode: 0o755 });
  await driver.chooseToOpen(python);
  await section.getByRole('button', { name: 'Choose a Python…' }).click();
  await section.getByText(/lacks keras, tensorflow\. Install what is missing/).waitFor();
  await section.getByText(/^None yet/).waitFor();
  expect(driver.complaints).toEqual([]);
});
