import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

let folder: string;

// A checkout with nothing installed, an empty home and a PATH that holds only what a test puts there.
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'unroll-setup-'));
  for (const name of ['home', 'tools']) fs.mkdirSync(path.join(folder, name));
  for (const sources of ['scripts', 'engine/scan-kernel/native', 'engine/tensorflow/native', 'engine/python', 'assets/python']) {
    fs.cpSync(path.join(root, sources), path.join(folder, 'checkout', sources), { recursive: true });
  }
  for (const name of ['package.json', 'package-lock.json', '.npmrc']) fs.copyFileSync(path.join(root, name), path.join(folder, 'checkout', name));
});

afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

test('all missing tools are named at once, with what installs them', () => {
  addTool('npm', 'exit 0');
  const { exitCode, output } = setUp();
  expect(exitCode).toBe(1);
  expect(output).toMatch(/^set-up: looking for the tools it needs failed after/m);
  expect(output).toContain('why:        this machine lacks Python 3 with pip and a C++ compiler');
  expect(output).toContain('what to do: ');
  if (process.platform === 'linux') expect(output).toContain('python3 python3-pip g++');
});

test('a Python without pip counts as missing', () => {
  addTool('npm', 'exit 0');
  addTool('python3', 'echo "No module named pip" >&2; exit 1');
  addTool('c++', 'exit 0');
  expect(setUp().output).toContain('this machine lacks Python 3 with pip\n');
});

test('a step that fails says which, why in the words of the tool, and what to do; the lock is given back', () => {
  addTool('npm', 'if [ "$1" = ci ]; then echo "npm error code ENOTFOUND" >&2; exit 7; fi');
  addTool('python3', 'exit 0');
  addTool('c++', 'exit 0');
  const { exitCode, output } = setUp();
  expect(exitCode).toBe(1);
  expect(output).toMatch(/^set-up: npm packages failed after/m);
  expect(output).toContain('`npm ci --ignore-scripts --include=dev …` ended with exit code 7\n    | npm error code ENOTFOUND\n');
  expect(output).toContain('what to do: check the network');
  expect(fs.existsSync(path.join(folder, 'home/.cache/unroll/setup.lock'))).toBe(false);
});

test('an old Node is refused before anything else is read', () => {
  const pretend = path.join(folder, 'old-node.cjs');
  fs.writeFileSync(pretend, `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '18.20.4' } });`);
  const { exitCode, output } = setUp(['--require', pretend]);
  expect(exitCode).toBe(1);
  expect(output).toBe('set-up: Node 18.20.4 is too old: Unroll needs Node 20.19 or newer. Install it (https://nodejs.org), then run the command again.\n');
});

function addTool(name: string, script: string): void {
  fs.writeFileSync(path.join(folder, 'tools', name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
}

function setUp(nodeOptions: readonly string[] = []): { exitCode: number | null; output: string } {
  const environment = { PATH: path.join(folder, 'tools'), HOME: path.join(folder, 'home') };
  const run = spawnSync(process.execPath, [...nodeOptions, 'scripts/setup.mjs'], { cwd: path.join(folder, 'checkout'), env: environment, encoding: 'utf8' });
  return { exitCode: run.status, output: run.stdout + run.stderr };
}
