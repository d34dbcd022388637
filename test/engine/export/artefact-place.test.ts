import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { succeed } from '../../../core/diagnostics/result.ts';
import { artefactPlace, withStagedArtefact } from '../../../engine/export/artefact-place.ts';
import { openFileDoor } from '../../../engine/files/file-door.ts';
import { nodeFileOperations } from '../../../engine/files/file-operations.ts';
import type { FileOperations } from '../../../engine/files/file-operations.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'unroll-artefact-'));
});
afterEach(() => rm(folder, { recursive: true }));

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const file = [{ place: '', bytes: bytes('model') }, { place: '_cells.py', bytes: bytes('cells') }];
const card = [{ place: '.card.md', bytes: bytes('card') }];
const kept = () => Promise.resolve(succeed({ value: 'kept', beside: card }));

function refusal(code: string): Error {
  return Object.assign(new Error(`${code}: some reason, write`), { code });
}

/** The operation succeeds so many times, then the system refuses. */
function refusingAfter(operation: 'open' | 'link' | 'rename' | 'makeDirectory', times: number, code: string): FileOperations {
  let calls = 0;
  return {
    ...nodeFileOperations,
    [operation]: (...given: never[]) => {
      calls += 1;
      const real = nodeFileOperations[operation] as (...all: never[]) => Promise<unknown>;
      return calls > times ? Promise.reject(refusal(code)) : real(...given);
    },
  };
}

test('a file, what lies beside it and its card appear together, the extension added', async () => {
  const place = artefactPlace('keras', path.join(folder, 'new', 'mine'));
  expect(await withStagedArtefact(openFileDoor(), place, file, kept)).toEqual(succeed('kept'));
  expect(await readdir(path.join(folder, 'new'))).toEqual(['mine.card.md', 'mine.keras', 'mine_cells.py']);
});

test('what the proof refuses leaves nothing', async () => {
  const place = artefactPlace('keras', path.join(folder, 'mine.keras'));
  const refused = await withStagedArtefact(openFileDoor(), place, file, () => Promise.resolve({ ok: false, diagnostics: [] }));
  expect(refused).toEqual({ ok: false, diagnostics: [] });
  expect(await readdir(folder)).toEqual([]);
});

test.each([
  ['open', 2, 'ENOSPC', 'disk-full'],
  ['open', 9, 'ENOSPC', 'disk-full'],
  ['link', 1, 'EACCES', 'file-no-permission'],
  ['makeDirectory', 1, 'EROFS', 'file-system-read-only'],
] as const)('%s refused after %i calls with %s: said, and nothing is left', async (operation, times, code, expected) => {
  const place = artefactPlace('keras', path.join(folder, 'mine.keras'));
  const written = await withStagedArtefact(openFileDoor(refusingAfter(operation, times, code)), place, file, kept);
  expect(written).toMatchObject({ ok: false, diagnostics: [{ code: expected }] });
  expect(await readdir(folder)).toEqual([]);
});

test('a message about a full disk names the artefact, not the hidden folder', async () => {
  const place = artefactPlace('keras', path.join(folder, 'mine.keras'));
  const written = await withStagedArtefact(openFileDoor(refusingAfter('open', 2, 'ENOSPC')), place, file, kept);
  expect(written.ok ? '' : written.diagnostics[0]?.message).toContain(`${path.join(folder, 'mine.keras')} could not be written`);
});

test.each(['mine.keras', 'mine_cells.py'])('nothing is written over: %s', async (name) => {
  await writeFile(path.join(folder, name), 'mine');
  const written = await withStagedArtefact(openFileDoor(), artefactPlace('keras', path.join(folder, 'mine.keras')), file, kept);
  expect(written).toMatchObject({ ok: false, diagnostics: [{ code: 'output-not-empty' }] });
  expect(await readFile(path.join(folder, name), 'utf8')).toBe('mine');
  expect(await readdir(folder)).toEqual([name]);
});

test('of two exports to one place, one is whole and the other is refused', async () => {
  const place = artefactPlace('savedmodel', path.join(folder, 'model'));
  const write = (text: string) => withStagedArtefact(openFileDoor(), place, [{ place: '/saved_model.pb', bytes: bytes(text) }], kept);
  const both = await Promise.all([write('one'), write('two')]);
  const winner = both.findIndex(({ ok }) => ok);
  expect(both.filter(({ ok }) => ok)).toHaveLength(1);
  expect(both[1 - winner]).toMatchObject({ diagnostics: [{ code: 'output-not-empty' }] });
  expect(await readFile(path.join(folder, 'model/saved_model.pb'), 'utf8')).toBe(['one', 'two'][winner]);
  expect(await readdir(folder)).toEqual(['model', 'model.card.md']);
});
