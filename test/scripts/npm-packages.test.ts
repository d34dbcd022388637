import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { installedAsLocked } from '../../scripts/setup/npm-packages.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const zod = { version: '4.0.0', integrity: 'sha512-a' };

let checkout: string;

beforeEach(() => {
  checkout = fs.mkdtempSync(path.join(os.tmpdir(), 'unroll-packages-'));
  fs.mkdirSync(path.join(checkout, 'node_modules'));
});

afterEach(() => fs.rmSync(checkout, { recursive: true, force: true }));

const write = (file: string, packages: object) => fs.writeFileSync(path.join(checkout, file), JSON.stringify({ packages }));
const lock = (packages: object) => write('package-lock.json', { '': { name: 'unroll' }, ...packages });
const install = (packages: object) => write('node_modules/.package-lock.json', packages);

test('installed as the lockfile says: nothing to do', () => {
  lock({ 'node_modules/zod': zod });
  install({ 'node_modules/zod': zod });
  expect(installedAsLocked(checkout)).toBe(true);
});

test.each([
  ['another version', { 'node_modules/zod': { ...zod, version: '3.9.0' } }],
  ['other contents', { 'node_modules/zod': { ...zod, integrity: 'sha512-b' } }],
  ['nothing', {}],
])('%s installed: the packages are installed again', (_what, installed) => {
  lock({ 'node_modules/zod': zod });
  install(installed);
  expect(installedAsLocked(checkout)).toBe(false);
});

test('an installation that was interrupted is not taken for one', () => {
  lock({ 'node_modules/zod': zod });
  expect(installedAsLocked(checkout)).toBe(false);
});

test('a package for another platform may be absent', () => {
  lock({ 'node_modules/zod': zod, 'node_modules/fsevents': { version: '2.3.3', integrity: 'sha512-c', optional: true } });
  install({ 'node_modules/zod': zod });
  expect(installedAsLocked(checkout)).toBe(true);
});

test('the lockfile pins every package by hash and names no registry', () => {
  const text = fs.readFileSync(path.join(root, 'package-lock.json'), 'utf8');
  expect(text).not.toContain('"resolved"');
  const { packages } = JSON.parse(text) as { packages: Record<string, { integrity?: string; link?: boolean }> };
  const unpinned = Object.entries(packages).filter(([name, entry]) => name !== '' && entry.integrity === undefined);
  expect(unpinned).toEqual([]);
});

// npm omits what the registry at hand does not carry, and `npm ci` then refuses the lockfile on every machine.
test('the lockfile holds every package that another one asks for, those for other platforms too', () => {
  const { packages } = JSON.parse(fs.readFileSync(path.join(root, 'package-lock.json'), 'utf8')) as { packages: LockedPackages };
  const missing = Object.entries(packages).flatMap(([from, entry]) =>
    Object.keys({ ...entry.dependencies, ...entry.optionalDependencies }).filter((name) => !canResolve(packages, from, name)),
  );
  expect(missing).toEqual([]);
});

type LockedPackages = Record<string, { dependencies?: object; optionalDependencies?: object }>;

/** Looks for a package the way Node does: beside the one that asks, then folder by folder upwards. */
function canResolve(packages: LockedPackages, from: string, name: string): boolean {
  if (packages[`${from === '' ? '' : `${from}/`}node_modules/${name}`] !== undefined) return true;
  if (from === '') return false;
  return canResolve(packages, from.slice(0, Math.max(0, from.lastIndexOf('/node_modules/'))), name);
}
