import { link, mkdir, open, readdir, rename, rm } from 'node:fs/promises';

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
  makeDirectory: (directory) => mkdir(directory, { recursive: true }),
  list: (directory) => readdir(directory, { withFileTypes: true }),
  remove: (path) => rm(path, { recursive: true, force: true }),
};
