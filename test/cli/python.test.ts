import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { emptyFolder, unroll, unrollJson } from './unroll-command.ts';

let folder: string;

beforeEach(async () => {
  folder = await emptyFolder();
  vi.stubEnv('XDG_CACHE_HOME', path.join(folder, 'cache'));
  vi.stubEnv('XDG_CONFIG_HOME', path.join(folder, 'config'));
  vi.stubEnv('UNROLL_PYTHON', '');
});
afterEach(() => vi.unstubAllEnvs());

/** A program that answers as a Python with these packages would. */
function pythonWith(packages: Readonly<Record<string, string | null>>): string {
  const file = path.join(folder, 'python');
  const all = { keras: '3.15.0', tensorflow: '2.21.0', onnx: '1.23.2', safetensors: '0.8.0', numpy: '2.4.6', ...packages };
  writeFileSync(file, `#!/bin/sh\necho '${JSON.stringify({ python: '3.12.1', packages: all })}'\n`, { mode: 0o755 });
  return file;
}

it('says that no Python checks exports, and how to have one', async () => {
  const { code, output } = await unroll(folder, 'python');
  expect([code, output]).toEqual([0, 'No Python checks exports yet: Keras files and weights are kept unproven.\nMake one with `npx unroll python --make` (about 360 MB are fetched), or name your own with `npx unroll python --use PATH`.\n']);
});

it('takes a Python of the person’s own, and forgets it when told', async () => {
  const python = pythonWith({});
  const chosen = await unroll(folder, 'python', '--use', './python');
  expect(chosen).toEqual({ code: 0, errors: '', output: `Exports are checked by ${python} (your choice).\nPython 3.12.1, keras 3.15.0, tensorflow 2.21.0, onnx 1.23.2, safetensors 0.8.0, numpy 2.4.6.\n` });
  expect(await unrollJson(folder, 'python')).toMatchObject({ code: 0, json: { source: 'chosen', interpreter: python, problem: null } });
  expect(await unrollJson(folder, 'python', '--forget')).toMatchObject({ code: 0, json: { source: 'none' } });
});

it('refuses one that lacks what is needed', async () => {
  const { code, errors } = await unroll(folder, 'python', '--use', pythonWith({ onnx: null }));
  expect(code).toBe(1);
  expect(errors).toMatch(/^error: .*python cannot check exports: it lacks onnx\. Install what is missing there/);
});

it('says that the one that was chosen is gone', async () => {
  mkdirSync(path.join(folder, 'config', 'unroll'), { recursive: true });
  writeFileSync(path.join(folder, 'config', 'unroll', 'python.json'), JSON.stringify({ interpreter: '/nowhere/python' }));
  const { code, output, errors } = await unroll(folder, 'python');
  expect([code, output, errors]).toEqual([0, 'Exports are to be checked by /nowhere/python (your choice).\n', expect.stringMatching(/^error: \/nowhere\/python cannot check exports/)]);
});
