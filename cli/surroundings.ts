import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { openFileDoor } from '../engine/files/file-door.ts';
import type { FileDoor } from '../engine/files/file-door.ts';

/** Where a command runs: its files, its folders, its terminal. */
export interface Surroundings {
  readonly door: FileDoor;
  /** Paths on the command line are relative to it. */
  readonly workingDirectory: string;
  /** The folder that package.json stands in. */
  readonly checkout: string;
  /** null where standard error is no terminal: then no progress is shown. */
  readonly progressTerminal: NodeJS.WriteStream | null;
  /** Standard output's columns and whether it shows colours. */
  readonly screen: { readonly columns: number; readonly colours: boolean };
}

export function readSurroundings(json: boolean): Surroundings {
  const { stdout, stderr, env } = process;
  return {
    door: openFileDoor(),
    workingDirectory: process.cwd(),
    checkout: fileURLToPath(new URL('..', import.meta.url)),
    progressTerminal: stderr.isTTY && !json && env['TERM'] !== 'dumb' ? stderr : null,
    screen: {
      columns: stdout.isTTY && stdout.columns > 0 ? stdout.columns : 100,
      colours: stdout.isTTY && (env['NO_COLOR'] ?? '') === '' && env['TERM'] !== 'dumb',
    },
  };
}

/** A path from the command line, absolute. */
export function resolvePath(surroundings: Surroundings, given: string): string {
  return path.resolve(surroundings.workingDirectory, given);
}

/** A path as the person would type it: relative where that is shorter. */
export function showPath(surroundings: Surroundings, file: string): string {
  const relative = path.relative(surroundings.workingDirectory, file);
  if (relative === '') return '.';
  return relative.startsWith('..') && relative.length >= file.length ? file : relative;
}
