import { link, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';

/** An open file, as far as the file door needs one. */
export interface OpenFile {
  readonly read: (buffer: Uint8Array, offset: number, length: number, position: number | null) => Promise<{ readonly bytesRead: number }>;
  readonly writeFile: (bytes: Uint8Array) => Promise<void>;
  readonly stat: () => Promise<{ readonly size: number; readonly isDirectory: () => boolean }>;
  readonly sync: () => Promise<void>;
  readonly close: () => Promise<void>;
}

export interface FolderEntry {
  readonly name: string;
  readonly isDirectory: () => boolean;
}

/** What the file door asks of the operating system. Tests put failing ones in its place. */
export interface FileOperations {
  readonly open: (file: string, flags: 'r' | 'a' | 'wx') => Promise<OpenFile>;
  readonly rename: (from: string, to: string) => Promise<void>;
  /** A second name for a file; fails where the name is taken. */
  readonly link: (existing: string, name: string) => Promise<void>;
  readonly makeDirectory: (directory: string) => Promise<unknown>;
  readonly list: (directory: string) => Promise<readonly FolderEntry[]>;
  readonly remove: (path: string) => Promise<void>;
}

/** The real file system, through node:fs. */
export const nodeFileOperations: FileOperations = {
  open: (file, flags) => open(file, flags),
  rename,
  link,
  makeDirectory: makeWithParents,
  list: (directory) => readdir(directory, { withFileTypes: true }),
  remove: (path) => rm(path, { recursive: true, force: true }),
};

/**
 * A folder and those above it. By hand: where a parent is there and takes no folder (/proc), Node's own `recursive` tries for
 * ever.
 */
async function makeWithParents(directory: string): Promise<void> {
  try {
    await mkdir(directory);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'EEXIST' && (await stat(directory)).isDirectory()) return;
    const parent = path.dirname(directory);
    if (code !== 'ENOENT' || parent === directory || (await exists(parent))) throw error;
    await makeWithParents(parent);
    await makeWithParents(directory);
  }
}

function exists(place: string): Promise<boolean> {
  return stat(place).then(() => true, () => false);
}
