import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { chromium } from 'playwright-core';

export interface Startup {
  /** Milliseconds from the command to the last large paint of the first screen. */
  readonly npmStart: readonly number[];
  readonly emptyWindow: readonly number[];
}

const flags = ['--disable-gpu', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])];

/** `npm start`, set up, and an empty Electron window, in turn. */
export async function measureStartup(root: string, electron: string, pairs: number): Promise<Startup> {
  const empty = mkdtempSync(path.join(os.tmpdir(), 'unroll-empty-'));
  writeFileSync(path.join(empty, 'package.json'), '{"main": "main.cjs"}');
  writeFileSync(
    path.join(empty, 'main.cjs'),
    "const { app, BrowserWindow } = require('electron'); app.whenReady().then(() => new BrowserWindow({ width: 1440, height: 900 }).loadURL('data:text/html,<h1>Empty</h1>'));",
  );
  const npmStart: number[] = [];
  const emptyWindow: number[] = [];
  try {
    for (let pair = 0; pair < pairs; pair += 1) {
      npmStart.push(await timeToPaint((data) => spawn('npm', ['start', '--silent', '--', ...own(data)], { cwd: root, detached: true, stdio: ['ignore', 'ignore', 'pipe'] }), 'app://unroll'));
      emptyWindow.push(await timeToPaint((data) => spawn(electron, [...flags, empty, ...own(data)], { detached: true, stdio: ['ignore', 'ignore', 'pipe'] }), 'data:text/html'));
    }
  } finally {
    rmSync(empty, { recursive: true, force: true });
  }
  return { npmStart, emptyWindow };
}

function own(userData: string): readonly string[] {
  return [...flags, '--remote-debugging-port=0', `--user-data-dir=${userData}`];
}

async function timeToPaint(start: (userData: string) => ChildProcess, page: string): Promise<number> {
  const userData = mkdtempSync(path.join(os.tmpdir(), 'unroll-start-'));
  const began = Date.now();
  const child = start(userData);
  try {
    return (await lastLargePaint(child, page)) - began;
  } finally {
    // npm, node and Electron are one group.
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    await wait(300);
    rmSync(userData, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Epoch milliseconds, by the page's own clock, so that looking takes no part in it. */
async function lastLargePaint(child: ChildProcess, wanted: string): Promise<number> {
  const address = await new Promise<string>((resolve, reject) => {
    child.stderr?.on('data', (chunk: Buffer) => {
      const found = /DevTools listening on (ws:\S+)/.exec(chunk.toString())?.[1];
      if (found !== undefined) resolve(found);
    });
    child.once('exit', (code) => reject(new Error(`it ended with code ${code} before it had a window`)));
  });
  for (;;) {
    const pages = await (await fetch(`http://${new URL(address).host}/json/list`)).text();
    if (pages.includes(wanted)) break;
    await wait(20);
  }
  // The gallery is painted when its templates are there.
  await wait(1_500);
  const browser = await chromium.connectOverCDP(address);
  const page = browser.contexts()[0]?.pages()[0];
  if (page === undefined) throw new Error('there is no page');
  const painted = await page.evaluate(
    `new Promise((resolve) => new PerformanceObserver((list) => resolve(performance.timeOrigin + list.getEntries().at(-1).startTime)).observe({ type: 'largest-contentful-paint', buffered: true }))`,
  );
  await browser.close();
  return Number(painted);
}
