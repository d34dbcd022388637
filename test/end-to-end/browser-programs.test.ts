import { createReadStream, existsSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { _electron } from 'playwright-core';
import type { ElectronApplication, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { faultsOf, writeUsagePrograms } from '../formats/usage/usage-programs.ts';
import type { UsageProgram } from '../formats/usage/usage-programs.ts';

let folder: string;
let programs: readonly UsageProgram[] = [];
let server: Server;
let browser: ElectronApplication;
let page: Page;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'unroll-pages-'));
  programs = (await writeUsagePrograms(folder)).filter(({ snippet }) => snippet.runtime === 'browser');
  const packages = fileURLToPath(new URL('../../node_modules', import.meta.url));
  for (const own of new Set(programs.map((program) => program.folder))) symlinkSync(packages, path.join(own, 'node_modules'));
  server = createServer(({ url = '/' }, answer) => {
    const file = path.join(folder, decodeURIComponent(new URL(url, 'http://localhost').pathname));
    if (!existsSync(file)) return void answer.writeHead(404).end();
    answer.writeHead(200, { 'content-type': types[path.extname(file)] ?? 'application/octet-stream' });
    createReadStream(file).pipe(answer);
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const window = fileURLToPath(new URL('support/bare-window.cjs', import.meta.url));
  browser = await _electron.launch({ args: ['--disable-gpu', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), window] });
  page = await browser.firstWindow();
}, 120_000);

afterAll(async () => {
  await browser.close();
  server.close();
  rmSync(folder, { recursive: true });
});

test('every page of a program says in Chromium what the model says', async () => {
  expect(programs.length).toBeGreaterThan(6);
  const faults: string[] = [];
  for (const program of programs) {
    const complaints: string[] = [];
    const hear = (error: Error): void => void complaints.push(error.message);
    page.on('pageerror', hear);
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/${path.relative(folder, program.file)}`);
    await page.waitForFunction("document.querySelector('pre').textContent !== ''", null, { timeout: 20_000 }).catch(() => undefined);
    page.off('pageerror', hear);
    faults.push(...faultsOf(program, (await page.locator('pre').textContent()) ?? ''), ...complaints);
  }
  expect(faults).toEqual([]);
}, 120_000);

const types: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript', '.json': 'application/json' };
