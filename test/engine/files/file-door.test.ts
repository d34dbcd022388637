import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openFileDoor } from '../../../engine/files/file-door.ts';
import { nodeFileOperations } from '../../../engine/files/file-operations.ts';
import type { FileOperations } from '../../../engine/files/file-operations.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'unroll-files-'));
});
afterEach(() => rm(folder, { recursive: true }));

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const here = (name: string): string => path.join(folder, name);

function refusing(code: string): Promise<never> {
  return Promise.reject(Object.assign(new Error(`${code}: some reason, open 'x'`), { code }));
}

/** A file system that refuses one operation with one error. */
function faulty(operation: keyof FileOperations, code: string): FileOperations {
  return { ...nodeFileOperations, [operation]: () => refusing(code) };
}

/** A disk that takes the file's name but none of its bytes. */
const fullDisk: FileOperations = {
  ...nodeFileOperations,
  open: async (file, flags) => {
    const handle = await nodeFileOperations.open(file, flags);
    return {
      read: (buffer, offset, length, position) => handle.read(buffer, offset, length, position),
      writeFile: () => refusing('ENOSPC'),
      stat: () => handle.stat(),
      sync: () => handle.sync(),
      close: () => handle.close(),
    };
  },
};

async function messageOf(result: Promise<{ ok: true } | { ok: false; diagnostics: readonly { message: string }[] }>): Promise<string> {
  const settled = await result;
  return settled.ok ? 'succeeded' : settled.diagnostics.map(({ message }) => message).join('\n');
}

describe('the file door', () => {
  test('reads what was written, and appends to it', async () => {
    const door = openFileDoor();
    expect(await door.writeAtomically(here('a.txt'), bytes('one'))).toEqual({ ok: true, value: null });
    expect(await door.append(here('a.txt'), bytes(' two'))).toEqual({ ok: true, value: null });
    const read = await door.read(here('a.txt'), 100);
    expect(read.ok && new TextDecoder().decode(read.value)).toBe('one two');
  });

  test('reads a file of exactly the limit, and refuses one byte more', async () => {
    const door = openFileDoor();
    await writeFile(here('a.bin'), new Uint8Array(3000));
    expect(await door.read(here('a.bin'), 3000)).toMatchObject({ ok: true, value: { length: 3000 } });
    expect(await messageOf(door.read(here('a.bin'), 2999))).toBe(
      `${here('a.bin')} is larger than 2 kB, the most that is read. Was another file meant?`,
    );
  });

  test('refuses an endless file whose size is said to be 0', async () => {
    expect(await messageOf(openFileDoor().read('/dev/zero', 5 << 20))).toBe(
      '/dev/zero is larger than 5 MB, the most that is read. Was another file meant?',
    );
  });

  test('lists names in order, and null where there is no folder', async () => {
    const door = openFileDoor();
    await door.makeDirectory(here('x/y'));
    await door.writeAtomically(here('x/b'), bytes(''));
    expect(await door.list(here('x'))).toEqual({
      ok: true,
      value: [
        { name: 'b', isDirectory: false },
        { name: 'y', isDirectory: true },
      ],
    });
    expect(await door.list(here('nowhere'))).toEqual({ ok: true, value: null });
    await door.remove(here('x'));
    expect(await door.list(here('x'))).toEqual({ ok: true, value: null });
  });

  test('a full disk leaves the old content and no temporary file', async () => {
    await writeFile(here('a.txt'), 'old');
    expect(await messageOf(openFileDoor(fullDisk).writeAtomically(here('a.txt'), bytes('new')))).toBe(
      `${here('a.txt')} could not be written: the disk is full. Free some space and try again; what the file held before is untouched.`,
    );
    expect(await readFile(here('a.txt'), 'utf8')).toBe('old');
    expect(await readdir(folder)).toEqual(['a.txt']);
  });

  test('a failing rename leaves the old content and no temporary file', async () => {
    await writeFile(here('a.txt'), 'old');
    expect(await messageOf(openFileDoor(faulty('rename', 'EACCES')).writeAtomically(here('a.txt'), bytes('new')))).toContain('permission denied');
    expect(await readFile(here('a.txt'), 'utf8')).toBe('old');
    expect(await readdir(folder)).toEqual(['a.txt']);
  });

  test('a file, then its folder, are flushed to the disk before the write counts as done', async () => {
    const flushed: string[] = [];
    const watching: FileOperations = {
      ...nodeFileOperations,
      open: async (file, flags) => {
        const handle = await nodeFileOperations.open(file, flags);
        return {
          read: (buffer, offset, length, position) => handle.read(buffer, offset, length, position),
          writeFile: (content) => handle.writeFile(content),
          stat: () => handle.stat(),
          sync: () => {
            flushed.push(path.relative(folder, file).replace(/\d+-\d+/u, '#'));
            return handle.sync();
          },
          close: () => handle.close(),
        };
      },
      rename: (from, to) => {
        flushed.push('renamed');
        return nodeFileOperations.rename(from, to);
      },
    };
    await openFileDoor(watching).writeAtomically(here('a.txt'), bytes('new'));
    expect(flushed).toEqual(['.a.txt.#.tmp', 'renamed', '']);
  });

  test.each([
    ['EACCES', 'f could not be read: permission denied. Change the permissions of the file or its folder, or choose another place.'],
    ['ENOENT', 'f does not exist. Check the name and the folder.'],
    ['EISDIR', 'f could not be read: it is a folder, a file was expected. Name a file.'],
    ['ENOTDIR', 'f could not be read: a file stands where a folder was expected. Choose another name.'],
    ['EMFILE', 'f could not be read: some reason (EMFILE). Try again.'],
  ])('%s when reading', async (code, message) => {
    expect(await messageOf(openFileDoor(faulty('open', code)).read('f', 10))).toBe(message);
  });

  test.each([
    ['EROFS', 'd/f could not be written: the disk is read-only. Choose a place on another disk.'],
    ['ENOENT', 'd/f could not be written: its folder does not exist. Make the folder first.'],
    ['EDQUOT', 'd/f could not be written: the disk is full. Free some space and try again; what the file held before is untouched.'],
  ])('%s when writing', async (code, message) => {
    const door = openFileDoor(faulty('open', code));
    expect(await messageOf(door.writeAtomically('d/f', bytes('')))).toBe(message);
    expect(await messageOf(door.append('d/f', bytes('')))).toBe(message);
  });

  test('a folder is not read as a file', async () => {
    expect(await messageOf(openFileDoor().read(folder, 10))).toBe(`${folder} could not be read: it is a folder, a file was expected. Name a file.`);
  });

  test('no permission to make a folder', async () => {
    expect(await messageOf(openFileDoor(faulty('makeDirectory', 'EACCES')).makeDirectory('runs'))).toBe(
      'runs could not be created: permission denied. Change the permissions of the file or its folder, or choose another place.',
    );
  });

  test('a programming error is thrown on', async () => {
    const broken: FileOperations = { ...nodeFileOperations, open: () => Promise.reject(new TypeError('not a path')) };
    await expect(openFileDoor(broken).read('f', 10)).rejects.toThrow('not a path');
  });
});
