import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { needPython, runPython } from '../../support/python.ts';
import { chosen, faultsOf, writeUsagePrograms } from './usage-programs.ts';
import type { UsageProgram } from './usage-programs.ts';

let folder: string;
let programs: readonly UsageProgram[] = [];

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'unroll-usage-'));
  symlinkSync(fileURLToPath(new URL('../../../node_modules', import.meta.url)), path.join(folder, 'node_modules'));
  programs = await writeUsagePrograms(folder);
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true }));

const jobsOf = (own: readonly UsageProgram[]): string => JSON.stringify(own.map(({ folder: place, file }) => ({ folder: place, file })));

/** What is wrong with what each program printed, a line of JSON each. */
function faultsIn(own: readonly UsageProgram[], printed: string): readonly string[] {
  const answers = printed.split('\n').filter((line) => line.startsWith('"')).map((line) => JSON.parse(line) as string);
  return own.flatMap((program, index) => faultsOf(program, answers[index] ?? ''));
}

it('every Python program says what the model says', async (context) => {
  const python = needPython(context);
  const own = programs.filter(({ snippet }) => snippet.runtime === 'python');
  expect(own.length).toBeGreaterThan(4 * chosen.length);
  expect(faultsIn(own, await runPython(python, [fileURLToPath(new URL('run-snippets.py', import.meta.url))], { input: jobsOf(own) }))).toEqual([]);
}, 180_000);

it('every Node program says what the model says', () => {
  const own = programs.filter(({ snippet }) => snippet.runtime === 'node');
  expect(own.length).toBeGreaterThan(4 * chosen.length);
  // A process for each folder: tfjs-node remembers SavedModels by the path that was given to it.
  for (const place of new Set(own.map((program) => program.folder))) {
    const here = own.filter((program) => program.folder === place);
    const { stdout, stderr } = spawnSync(process.execPath, [fileURLToPath(new URL('run-snippets.mjs', import.meta.url))], { input: jobsOf(here), encoding: 'utf8' });
    expect({ faults: faultsIn(here, stdout), errors: /Error/u.test(stderr) ? stderr : '' }).toEqual({ faults: [], errors: '' });
  }
}, 180_000);
