import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { unrollWord } from '../../electron/runs/unroll-word.ts';

let folder = '';
const at = (...names: readonly string[]): string => path.join(folder, ...names);

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'unroll-word-'));
  for (const place of ['own', 'bin', 'project/node_modules/.bin']) mkdirSync(at(place), { recursive: true });
  writeFileSync(at('own/unroll'), '');
});

afterEach(() => rmSync(folder, { recursive: true }));

it('is its name where the search path leads to this installation, as after the Debian package', () => {
  symlinkSync(at('own/unroll'), at('bin/unroll'));
  expect(unrollWord(at('own/unroll'), [at('none'), at('bin')].join(path.delimiter))).toBe('unroll');
});

it('is its place where no search path leads to it, or to another one first', () => {
  expect(unrollWord(at('own/unroll'), at('bin'))).toBe(at('own/unroll'));
  writeFileSync(at('bin/unroll'), '');
  expect(unrollWord(at('own/unroll'), [at('bin'), at('own')].join(path.delimiter))).toBe(at('own/unroll'));
});

it('is its place in a checkout, whose folder of commands is on the path only of what npm starts', () => {
  const own = at('project/node_modules/.bin/unroll');
  writeFileSync(own, '');
  expect(unrollWord(own, path.dirname(own))).toBe(own);
});

it('is its name where the installation has no such file', () => {
  expect(unrollWord(at('none/unroll'), at('own'))).toBe('unroll');
});
