import { cp, mkdir, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { succeed, fail } from '../../core/diagnostics/result.ts';
import type { Result } from '../../core/diagnostics/result.ts';
import { fileFailure } from '../../engine/files/file-failure.ts';

/** Moves every run of a folder into another, also onto another disk; gives where each went. `except`: one that stays. Overwrites nothing. */
export async function moveRuns(from: string, to: string, except: string | null): Promise<Result<ReadonlyMap<string, string>>> {
  const moved = new Map<string, string>();
  try {
    for (const name of await namesIn(from)) {
      if (path.join(from, name) === except) continue;
      await mkdir(to, { recursive: true });
      const taken = new Set(await namesIn(to));
      let free = name;
      for (let number = 2; taken.has(free); number += 1) free = `${name}-${number}`;
      await moveFolder(path.join(from, name), path.join(to, free));
      moved.set(path.join(from, name), path.join(to, free));
    }
    return succeed(moved);
  } catch (error) {
    return fail(fileFailure(error, to, 'written'));
  }
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return (await readdir(folder)).sort();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

async function moveFolder(from: string, to: string): Promise<void> {
  try {
    await rename(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EXDEV') throw error;
    await cp(from, to, { recursive: true, errorOnExist: true, force: false });
    await rm(from, { recursive: true });
  }
}
