import path from 'node:path';
import { openFileDoor } from '../engine/files/file-door.ts';
import type { FileDoor } from '../engine/files/file-door.ts';

/** How this Unroll is installed: as a checkout that Node runs, or as a package with a Node of its own. */
export interface Installation {
  /** The folder that package.json and assets/ stand in. It may be read-only. */
  readonly applicationFolder: string;
  /** What a person types before a command: "npx unroll" in a checkout, "unroll" from a package. */
  readonly command: string;
}

/** Where a command runs: its installation, its files, its folders, its terminal. */
export interface Surroundings extends Installation {
  readonly door: FileDoor;
  /** Paths on the command line are relative to it. */
  readonly workingDirectory: string;
  /** null where standard error is no terminal: then no progress is shown. */
  readonly progressTerminal: NodeJS.WriteStream | null;
  /** Standard output's columns and whether it shows colours. */
  readonly screen: { readonly columns: number; readonly colours: boolean };
}

export function readSurroundings(installation: Installation, json: boolean): Surroundings {
  const { stdout, stderr, env } = process;
  return {
    ...installation,
    door: openFileDoor(),
    workingDirectory: process.cwd(),
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
