import path from 'node:path';
import { diagnose } from '../../core/diagnostics/diagnose.ts';
import { fail, succeed } from '../../core/diagnostics/result.ts';
import type { Result } from '../../core/diagnostics/result.ts';
import { fileFailure } from './file-failure.ts';
import type { FileAction } from './file-failure.ts';
import { nodeFileOperations } from './file-operations.ts';
import type { FileOperations, OpenFile } from './file-operations.ts';

/**
 * The one door to the file system. Whatever the operating system refuses comes back as a diagnostic that names the file
 * and what to do; nothing is half written.
 */
export interface FileDoor {
  /** The file's bytes; refused beyond `limit` bytes, before memory for them is taken. */
  readonly read: (file: string, limit: number) => Promise<Result<Uint8Array<ArrayBuffer>>>;
  /**
   * The whole content or, after any failure or power cut, the content from before: a temporary file in the same folder,
   * flushed to the disk, renamed over the file, and the folder flushed.
   */
  readonly writeAtomically: (file: string, bytes: Uint8Array) => Promise<Result<null>>;
  /** Gives a file or a folder another name on the same disk; refused where something that is not empty has that name already. */
  readonly moveToFreeName: (from: string, to: string) => Promise<Result<null>>;
  /** Adds to the end; the file is made where there is none. Not flushed to the disk. */
  readonly append: (file: string, bytes: Uint8Array) => Promise<Result<null>>;
  /** Names in a folder, sorted; null where there is no such folder. */
  readonly list: (directory: string) => Promise<Result<readonly ListedEntry[] | null>>;
  /** Makes the folder and those above it; content where it already exists is left alone. */
  readonly makeDirectory: (directory: string) => Promise<Result<null>>;
  /** Removes a file, or a folder with everything in it; nothing to remove is no failure. */
  readonly remove: (path: string) => Promise<Result<null>>;
}

export interface ListedEntry {
  readonly name: string;
  readonly isDirectory: boolean;
}

const chunkSize = 1 << 20;

/** The door, onto the real file system unless told otherwise. */
export function openFileDoor(operations: FileOperations = nodeFileOperations): FileDoor {
  let temporaryFiles = 0;

  async function attempt<Value>(file: string, action: FileAction, work: () => Promise<Value>): Promise<Result<Value>> {
    try {
      return succeed(await work());
    } catch (error) {
      return fail(fileFailure(error, file, action));
    }
  }

  async function writeAndFlush(file: string, bytes: Uint8Array): Promise<void> {
    const handle = await operations.open(file, 'wx');
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
  }

  return {
    read: async (file, limit) => {
      const bytes = await attempt(file, 'read', async () => {
        const handle = await operations.open(file, 'r');
        try {
          return await readUpTo(handle, limit);
        } finally {
          await handle.close();
        }
      });
      if (!bytes.ok || bytes.value !== null) return bytes as Result<Uint8Array<ArrayBuffer>>;
      return fail(diagnose('file-too-large', { kind: 'file', file }, { file, limit }));
    },

    writeAtomically: (file, bytes) =>
      attempt(file, 'written', async () => {
        temporaryFiles += 1;
        const temporary = path.join(path.dirname(file), `.${path.basename(file)}.${process.pid}-${temporaryFiles}.tmp`);
        try {
          await writeAndFlush(temporary, bytes);
          await operations.rename(temporary, file);
        } catch (error) {
          await operations.remove(temporary).catch(() => undefined);
          throw error;
        }
        await flushDirectory(operations, path.dirname(file));
        return null;
      }),

    moveToFreeName: (from, to) =>
      attempt(to, 'written', async () => {
        if (await isDirectory(operations, from)) await operations.rename(from, to);
        else await moveFile(operations, from, to);
        await flushDirectory(operations, path.dirname(to));
        return null;
      }),

    append: (file, bytes) =>
      attempt(file, 'written', async () => {
        const handle = await operations.open(file, 'a');
        try {
          await handle.writeFile(bytes);
        } finally {
          await handle.close();
        }
        return null;
      }),

    list: async (directory) => {
      const listed = await attempt(directory, 'listed', () => operations.list(directory));
      if (!listed.ok) return listed.diagnostics[0]?.code === 'file-missing' ? succeed(null) : listed;
      const entries = listed.value.map((entry) => ({ name: entry.name, isDirectory: entry.isDirectory() }));
      return succeed(entries.sort((first, second) => (first.name < second.name ? -1 : 1)));
    },

    makeDirectory: (directory) =>
      attempt(directory, 'created', async () => {
        await operations.makeDirectory(directory);
        return null;
      }),

    remove: (target) =>
      attempt(target, 'removed', async () => {
        await operations.remove(target);
        return null;
      }),
  };
}

/** null: there are more than `limit` bytes. */
async function readUpTo(handle: OpenFile, limit: number): Promise<Uint8Array<ArrayBuffer> | null> {
  const facts = await handle.stat();
  if (facts.isDirectory()) throw Object.assign(new Error('EISDIR: illegal operation on a directory, read'), { code: 'EISDIR' });
  if (facts.size > limit) return null;
  // What the system says of the size is a guess: a device says 0, and a file may grow while it is read.
  let bytes = new Uint8Array(Math.min(facts.size, limit) + 1);
  let length = 0;
  for (;;) {
    const { bytesRead } = await handle.read(bytes, length, Math.min(bytes.length - length, chunkSize), null);
    if (bytesRead === 0) return bytes.subarray(0, length);
    length += bytesRead;
    if (length > limit) return null;
    if (length === bytes.length) {
      const larger = new Uint8Array(Math.min(Math.max(bytes.length * 2, chunkSize), limit + 1));
      larger.set(bytes);
      bytes = larger;
    }
  }
}

/** Renaming would replace a file that came meanwhile; a second name for the same file is refused there. */
async function moveFile(operations: FileOperations, from: string, to: string): Promise<void> {
  const standing = await sizeOf(operations, to);
  if (standing === 0) await operations.remove(to);
  try {
    await operations.link(from, to);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    // Some disks (FAT) give a file one name only.
    if (code !== 'EPERM' && code !== 'ENOTSUP' && code !== 'ENOSYS') throw error;
    if ((await sizeOf(operations, to)) !== null) throw Object.assign(new Error(`EEXIST: file already exists, link '${to}'`), { code: 'EEXIST' });
    await operations.rename(from, to);
    return;
  }
  await operations.remove(from);
}

async function isDirectory(operations: FileOperations, place: string): Promise<boolean> {
  try {
    await operations.list(place);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOTDIR') return false;
    throw error;
  }
}

/** null: there is no such file. */
async function sizeOf(operations: FileOperations, file: string): Promise<number | null> {
  try {
    const handle = await operations.open(file, 'r');
    try {
      return (await handle.stat()).size;
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

async function flushDirectory(operations: FileOperations, directory: string): Promise<void> {
  // Windows has no way to flush a folder.
  if (process.platform === 'win32') return;
  const handle = await operations.open(directory, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
