import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Result } from '../../../core/diagnostics/result.ts';
import { exportFormatNames } from '../../../core/export/export-formats.ts';
import { openFileDoor } from '../../../engine/files/file-door.ts';
import type { HostClient } from '../../../engine/host/client.ts';
import { startHostInProcess } from '../../../engine/host/in-process.ts';
import type { ExportRequest } from '../../../engine/host/model-messages.ts';
import { writeImportedRun } from '../../../engine/runs/imported-run.ts';
import { importKeras } from '../../../formats/keras/import-keras.ts';
import { layers, services, smallProject } from '../host/small-project.ts';

let folder: string;
let run: string;
let place: string;
let engine: HostClient;
const before = process.env['UNROLL_PYTHON'];

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'unroll-bad-export-'));
  // What is written and refused is asked here; what Python says of it is asked elsewhere.
  process.env['UNROLL_PYTHON'] = '/nowhere/python';
  engine = startHostInProcess(services());
  run = await train('run', {});
});
beforeEach(() => {
  place = mkdtempSync(path.join(folder, 'place-'));
});
afterAll(async () => {
  await engine.close();
  rmSync(folder, { recursive: true });
  if (before === undefined) delete process.env['UNROLL_PYTHON'];
  else process.env['UNROLL_PYTHON'] = before;
});

async function train(name: string, wishes: NonNullable<Parameters<typeof smallProject>[0]>): Promise<string> {
  const prepared = await engine.prepare({ document: smallProject({ ...wishes, layers: [layers.lstm(3, false), layers.dense(2)], training: { epochs: 1 } }), projectDirectory: folder });
  if (!prepared.ok) throw new Error(prepared.diagnostics[0]?.message);
  const directory = path.join(folder, name);
  const trained = await engine.train({ prepared: prepared.value.prepared, runDirectory: directory, seed: 1 });
  if (!trained.ok) throw new Error(trained.diagnostics[0]?.message);
  return directory;
}

function exportRun(request: Partial<ExportRequest>) {
  return engine.export({ runDirectory: run, format: 'keras', scaler: 'outside', out: path.join(place, 'model'), mustBeProven: false, keepUnverified: false, ...request });
}

function messagesOf(result: Result<{ readonly warnings: readonly { readonly message: string }[] }>): readonly string[] {
  return (result.ok ? result.value.warnings : result.diagnostics).map(({ message }) => message);
}

/** A small disk at `place` while `work` runs; false: this machine lets nobody mount one. */
async function withDisk(options: string, work: () => Promise<void>): Promise<boolean> {
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', place]).status !== 0) return false;
  try {
    await work();
  } finally {
    spawnSync('umount', ['-l', place]);
  }
  return true;
}

/** Does the work as one who is not root, to whom every place is open. */
async function withoutRoot<Value>(work: () => Promise<Value>): Promise<Value> {
  if (process.getuid?.() !== 0) return work();
  process.seteuid?.(65_534);
  try {
    return await work();
  } finally {
    process.seteuid?.(0);
  }
}

test.each(exportFormatNames)('a place without rights: a %s export names it, and what to do, and leaves nothing', async (format) => {
  chmodSync(folder, 0o755);
  chmodSync(place, 0o555);
  const messages = messagesOf(await withoutRoot(() => exportRun({ format })));
  chmodSync(place, 0o755);
  expect(messages).toEqual([expect.stringMatching(/^\/.*\/model(?:\.\w+)? could not be (?:written|created): permission denied\. Change the permissions of the file or its folder, or choose another place\.$/u)]);
  expect(readdirSync(place)).toEqual([]);
});

test('a file without rights keeps what it held', async () => {
  const file = path.join(place, 'project.unroll');
  writeFileSync(file, 'as it was');
  chmodSync(folder, 0o755);
  chmodSync(place, 0o555);
  const written = await withoutRoot(() => openFileDoor().writeAtomically(file, new TextEncoder().encode('anew')));
  chmodSync(place, 0o755);
  expect(written.ok ? [] : written.diagnostics.map(({ message }) => message)).toEqual([`${file} could not be written: permission denied. Change the permissions of the file or its folder, or choose another place.`]);
  expect([readdirSync(place), readFileSync(file, 'utf8')]).toEqual([['project.unroll'], 'as it was']);
});

test('an import into a place without rights is refused, and leaves nothing', async () => {
  const model = path.join(folder, `to-import-${path.basename(place)}`);
  expect(await exportRun({ out: model })).toMatchObject({ ok: true });
  const imported = await importKeras('model.keras', new Uint8Array(readFileSync(`${model}.keras`)));
  if (!imported.ok) throw new Error(imported.diagnostics[0]?.message);
  chmodSync(folder, 0o755);
  chmodSync(place, 0o555);
  const task = { model: imported.value, document: imported.value.document, data: null, runsDirectory: path.join(place, 'runs'), projectDirectory: place, versions: {} };
  const written = await withoutRoot(() => writeImportedRun(openFileDoor(), task));
  chmodSync(place, 0o755);
  expect(written.ok ? [] : written.diagnostics.map(({ message }) => message)).toEqual([expect.stringMatching(/runs\/imported could not be created: permission denied\. Change the permissions/u)]);
  expect(readdirSync(place)).toEqual([]);
});

test('a place on a disk that is read-only is named, and what to do', async (context) => {
  const isMounted = await withDisk('ro', async () => {
    expect(messagesOf(await exportRun({}))).toEqual([expect.stringMatching(/could not be (?:written|created): the disk is read-only\. Choose a place on another disk\.$/u)]);
  });
  if (!isMounted) context.skip('mounting a small disk is not allowed here');
});

test('a place where no folder can be made is refused, not tried for ever', async (context) => {
  if (process.platform !== 'linux') context.skip('there is no /proc');
  expect(messagesOf(await exportRun({ out: '/proc/no-such-place/model.keras' }))).toEqual([expect.stringContaining('could not be created')]);
});

test.each(['keras', 'python', 'savedmodel', 'weights'] as const)('a disk that fills up in the middle of a %s export: said, and nothing is left', async (format) => {
  const isMounted = await withDisk('size=8k', async () => {
    const [message] = messagesOf(await exportRun({ format }));
    expect(message).toMatch(/^\/.*\/model(\.keras)? could not be (written|created): the disk is full\. Free some space and try again/u);
    expect(readdirSync(place)).toEqual([]);
  });
  expect(isMounted || process.env['CI'] === undefined).toBe(true);
});

test('a run whose training was cut off before it kept weights says so', async () => {
  const untrained = path.join(folder, `untrained-${path.basename(place)}`);
  cpSync(run, untrained, { recursive: true });
  rmSync(path.join(untrained, 'weights.safetensors'));
  expect(messagesOf(await exportRun({ runDirectory: untrained }))).toEqual([`${untrained} has no weights yet: its training ended before they were written. Resume it, or train again.`]);
  expect(readdirSync(place)).toEqual([]);
});

test('a run whose weights are cut off is refused as damaged', async () => {
  const failed = path.join(folder, `failed-${path.basename(place)}`);
  cpSync(run, failed, { recursive: true });
  writeFileSync(path.join(failed, 'weights.safetensors'), readFileSync(path.join(run, 'weights.safetensors')).subarray(0, 40));
  expect(messagesOf(await exportRun({ runDirectory: failed }))[0]).toMatch(/weights\.safetensors is damaged: .*Bring it back from a copy, or train again\.$/u);
  expect(readdirSync(place)).toEqual([]);
});

test('a name that Windows does not take is kept and said', async () => {
  expect(messagesOf(await exportRun({ out: path.join(place, 'aux') }))).toEqual(['Windows does not take the name "aux.keras": aux is a device there. It was kept; name it otherwise before you pass it on.']);
  expect(readdirSync(place)).toContain('aux.keras');
});

test('data that changed since training are said, and do not go along', async () => {
  const rows = (factor: number): string => ['value', ...Array.from({ length: 80 }, (_, row) => String(Math.sin(row / 4) * factor)), ''].join('\n');
  writeFileSync(path.join(folder, 'changing.csv'), rows(1));
  const own = await train('run-of-file', { series: { source: 'csv', file: 'changing.csv' }, window: { splitBy: 'time' } });
  expect(messagesOf(await exportRun({ runDirectory: own, format: 'python', out: path.join(place, 'first') }))).toEqual([]);
  expect(readdirSync(path.join(place, 'first/data'))).toEqual(['changing.csv']);
  writeFileSync(path.join(folder, 'changing.csv'), rows(2));
  expect(messagesOf(await exportRun({ runDirectory: own, format: 'python', out: path.join(place, 'second') }))).toEqual([expect.stringContaining('changing.csv no longer holds what it held')]);
  expect(readdirSync(path.join(place, 'second'))).not.toContain('data');
});

test('a project that changed since does not change what a run exports', async () => {
  const copy = path.join(folder, `copied-${path.basename(place)}`);
  cpSync(run, copy, { recursive: true });
  // The project beside the runs is nobody's business any more: a run has its own document.
  writeFileSync(path.join(folder, 'small.unroll'), '{"format": "unroll-project"');
  expect(await exportRun({ runDirectory: copy, format: 'savedmodel', out: path.join(place, 'saved') })).toMatchObject({ ok: true, value: { proof: { verdict: 'proven' } } });
});

test('of two exports at once to one place, one is whole and the other is refused', async () => {
  const both = await Promise.all([exportRun({ format: 'weights', out: path.join(place, 'same') }), exportRun({ format: 'weights', out: path.join(place, 'same') })]);
  expect(both.filter(({ ok }) => ok)).toHaveLength(1);
  expect(both.flatMap((one) => (one.ok ? [] : messagesOf(one)))).toEqual([`${path.join(place, 'same')} exists and is not empty, and nothing is overwritten. Name another one.`]);
  expect(readdirSync(place).sort()).toEqual(['same', 'same.card.json', 'same.card.md']);
});
