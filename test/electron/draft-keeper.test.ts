import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { GraphDocument } from '../../core/graph/graph-document.ts';
import { createDraftKeeper } from '../../electron/projects/draft-keeper.ts';
import { readDraft, writeDraft } from '../../electron/projects/draft-file.ts';
import type { Draft } from '../../electron/projects/draft-file.ts';
import { openWorkDirectories } from '../../electron/projects/work-directories.ts';
import { openFileDoor } from '../../engine/files/file-door.ts';
import { sampleDocument } from '../core/document/sample-document.ts';

const door = openFileDoor();
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'unroll-draft-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function draftNamed(name: string, editedAt = 1): Draft {
  const document: GraphDocument = { ...sampleDocument, name };
  return { title: name, file: '/somewhere/a.unroll', savedHash: 'ab', dataFiles: { 'a.csv': '/somewhere/a.csv' }, editedAt, document };
}

async function kept(): Promise<string | null> {
  const read = await readDraft(door, folder);
  return read.ok ? (read.value?.title ?? null) : 'unreadable';
}

describe('a draft', () => {
  test('is read as it was written', async () => {
    expect((await writeDraft(door, folder, draftNamed('one'))).ok).toBe(true);
    expect(await readDraft(door, folder)).toEqual({ ok: true, value: draftNamed('one') });
  });

  test('that is newer takes the place of one that still waits', async () => {
    const keeper = createDraftKeeper(door, folder);
    const results = await Promise.all(['one', 'two', 'three', 'four'].map((name) => keeper.keep(draftNamed(name))));
    expect(results.every(({ ok }) => ok)).toBe(true);
    expect(await kept()).toBe('four');
  });

  test('that is discarded is gone, whatever was being written', async () => {
    const keeper = createDraftKeeper(door, folder);
    void keeper.keep(draftNamed('one'));
    void keeper.keep(draftNamed('two'));
    await keeper.discard();
    expect(await kept()).toBeNull();
  });

  test('that is kept after a discard stays', async () => {
    const keeper = createDraftKeeper(door, folder);
    void keeper.keep(draftNamed('one'));
    void keeper.keep(draftNamed('two'));
    void keeper.discard();
    await keeper.keep(draftNamed('three'));
    expect(await kept()).toBe('three');
  });

  test('that is damaged is said, and left where it is', async () => {
    await door.writeAtomically(path.join(folder, 'draft.json'), new TextEncoder().encode('{"format": "unroll-draft", "ver'));
    const read = await readDraft(door, folder);
    expect(read.ok ? null : read.diagnostics[0]?.message).toBe(`The unsaved work in ${path.join(folder, 'draft.json')} cannot be read: the file is damaged.`);
  });
});

test('what an app left behind is found, newest first; empty directories go', async () => {
  const directories = openWorkDirectories(door, folder);
  const [older, newer, empty, used] = [directories.create(), directories.create(), directories.create(), directories.create()];
  for (const directory of [older, newer, empty, used]) await door.makeDirectory(directory);
  await writeDraft(door, older, draftNamed('older', 1));
  await writeDraft(door, newer, draftNamed('newer', 2));
  const left = await directories.findLeft(new Set([used]));
  expect(left.map(({ draft }) => draft.title)).toEqual(['newer', 'older']);
  const names = await door.list(folder);
  expect(names.ok && names.value?.map(({ name }) => name).sort()).toEqual([older, newer, used].map((directory) => path.basename(directory)).sort());
});
