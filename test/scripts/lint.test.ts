import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

const coreReason = 'core is pure: it imports no other room, no Node module, and of the packages only zod and ml-matrix.';
const refused = [
  ['core/graph/a.ts', `import { b } from '../../engine/b.ts';`, `core/graph/a.ts imports engine/b.ts: ${coreReason}`],
  ['core/b.ts', `import type { b } from '../engine/b.ts';`, `core/b.ts imports engine/b.ts: ${coreReason}`],
  ['core/c.ts', `import fs from 'node:fs';`, `core/c.ts imports Node's module node:fs: ${coreReason}`],
  ['core/d.ts', `import fs from 'fs/promises';`, `core/d.ts imports Node's module fs/promises: ${coreReason}`],
  ['core/e.ts', `import { scaleLinear } from 'd3-scale';`, `core/e.ts imports the package d3-scale: ${coreReason}`],
  ['core/f.ts', `export * from '../formats/csv/read.ts';`, `core/f.ts imports formats/csv/read.ts: ${coreReason}`],
  ['core/g.ts', `export const load = () => import('../cli/main.ts');`, `core/g.ts imports cli/main.ts: ${coreReason}`],
  ['core/h.ts', `export type B = import('../engine/b.ts').B;`, `core/h.ts imports engine/b.ts: ${coreReason}`],
  ['core/i.ts', `import sample from '../assets/data/sample.json';`, `core/i.ts imports assets/data/sample.json: ${coreReason}`],
  ['engine/a.ts', `import { read } from '../formats/csv/read.ts';`, 'engine/a.ts imports formats/csv/read.ts: engine imports core only.'],
  ['engine/c.ts', `import { helper } from '../test/support/helper.ts';`, 'engine/c.ts imports test/support/helper.ts: engine imports core only.'],
  ['formats/a.ts', `import { b } from '../engine/b.ts';`, 'formats/a.ts imports engine/b.ts: formats imports core only.'],
  ['cli/a.ts', `import { App } from '../renderer/app.tsx';`, 'cli/a.ts imports renderer/app.tsx: cli imports engine, formats and core only.'],
  ['electron/a.ts', `import { App } from '../renderer/app.tsx';`, 'electron/a.ts imports renderer/app.tsx: electron imports engine, formats and core only.'],
  ['renderer/a.ts', `import { b } from '../engine/b.ts';`, 'renderer/a.ts imports engine/b.ts: renderer imports core, and of electron/ipc the types only.'],
  ['renderer/b.ts', `import { contract } from '../electron/ipc/contract.ts';`, 'renderer/b.ts imports electron/ipc/contract.ts: renderer imports core, and of electron/ipc the types only.'],
  ['renderer/c.ts', `import type { Window } from '../electron/windows/window.ts';`, 'renderer/c.ts imports electron/windows/window.ts: renderer imports core, and of electron/ipc the types only.'],
] as const;

const allowed = [
  ['core/engine/inner.ts', `import { z } from 'zod'; import { Matrix } from 'ml-matrix'; import { a } from '../engine/other.ts'; export const all = [z, Matrix, a];`],
  ['engine/d.ts', `import fs from 'node:fs'; import { a } from '../core/a.ts'; import { unzipSync } from 'fflate'; export const all = [fs, a, unzipSync];`],
  ['cli/b.ts', `import { a } from '../core/a.ts'; import { b } from '../engine/b.ts'; import { c } from '../formats/c.ts'; export const all = [a, b, c];`],
  ['renderer/d.ts', `import type { Contract } from '../electron/ipc/contract.ts'; export type Door = Contract;`],
  ['test/a.ts', `import { a } from '../core/a.ts'; import { b } from '../cli/b.ts'; export const all = [a, b];`],
] as const;

const exemptionReason = 'An exemption from a check says why: add two dashes and the reason (" -- the reason").';
const exemptions = [
  ['core/x.ts', `// oxlint-disable-next-line no-eval\nexport const x = eval('1');`, [exemptionReason]],
  ['core/y.ts', `// oxlint-disable-next-line no-eval -- the fixture needs it\nexport const y = eval('1');`, []],
] as const;

let folder: string;
let messages: ReadonlyMap<string, readonly string[]>;

beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'unroll-lint-'));
  fs.copyFileSync(path.join(root, '.oxlintrc.json'), path.join(folder, '.oxlintrc.json'));
  fs.cpSync(path.join(root, 'scripts/lint'), path.join(folder, 'scripts/lint'), { recursive: true });
  for (const [file, text] of [...refused, ...allowed, ...exemptions]) {
    fs.mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    fs.writeFileSync(path.join(folder, file), text);
  }
  messages = lint();
});

afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

test.each(refused)('%s with %s is refused with a sentence', (file, _text, sentence) => {
  expect(messages.get(file)).toContain(sentence);
});

test.each(allowed)('%s may import what its room may', (file) => {
  expect(messages.get(file) ?? []).toEqual([]);
});

test.each(exemptions)('%s: an exemption needs a reason', (file, _text, expected) => {
  expect(messages.get(file) ?? []).toEqual(expected);
});

/** What our own rules say, by file. */
function lint(): Map<string, string[]> {
  const run = spawnSync(process.execPath, [path.join(root, 'node_modules/oxlint/bin/oxlint'), '--format=json'], { cwd: folder, encoding: 'utf8' });
  const report = JSON.parse(run.stdout) as { diagnostics: { code: string; message: string; filename: string }[] };
  const found = new Map<string, string[]>();
  for (const { code, message, filename } of report.diagnostics) {
    if (!code.startsWith('unroll(')) continue;
    found.set(filename, [...(found.get(filename) ?? []), message]);
  }
  return found;
}
