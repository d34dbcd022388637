import path from 'node:path';
import type { FileDoor } from '../../engine/files/file-door.ts';
import { newHandle } from '../ipc/handle-table.ts';
import { readDraft } from './draft-file.ts';
import type { Draft } from './draft-file.ts';

export interface LeftDraft {
  readonly workDirectory: string;
  readonly draft: Draft;
}

/** Work directories, one for each open project: `<app data>/work/<name>`. */
export interface WorkDirectories {
  readonly create: () => string;
  /** Of a directory that nobody works in: what an app that ended unexpectedly left there. Empty directories are removed. */
  /** Whether nothing lies in the directory that could be gone on with: without a draft there is no project to its runs. */
  readonly isEmptyOfWork: (workDirectory: string) => Promise<boolean>;
  readonly findLeft: (inUse: ReadonlySet<string>) => Promise<readonly LeftDraft[]>;
}

export function openWorkDirectories(door: FileDoor, folder: string): WorkDirectories {
  return {
    create: () => path.join(folder, newHandle('work')),
    isEmptyOfWork: async (workDirectory) => {
      const draft = await readDraft(door, workDirectory);
      return draft.ok && draft.value === null;
    },
    findLeft: async (inUse) => {
      const entries = await door.list(folder);
      if (!entries.ok || entries.value === null) return [];
      const left: LeftDraft[] = [];
      for (const entry of entries.value) {
        const workDirectory = path.join(folder, entry.name);
        if (!entry.isDirectory || inUse.has(workDirectory)) continue;
        const draft = await readDraft(door, workDirectory);
        if (draft.ok && draft.value !== null) left.push({ workDirectory, draft: draft.value });
        // A draft that cannot be read is left where it is: somebody may still mend it.
        if (draft.ok && draft.value === null) await door.remove(workDirectory);
      }
      return left.sort((first, second) => second.draft.editedAt - first.draft.editedAt);
    },
  };
}
