import { rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { diagnose } from '../../core/diagnostics/diagnose.ts';
import { fail, succeed } from '../../core/diagnostics/result.ts';
import type { Result } from '../../core/diagnostics/result.ts';
import type { FileDoor } from '../../engine/files/file-door.ts';
import { fileFailure } from '../../engine/files/file-failure.ts';
import { openRun } from '../../engine/runs/run-directory.ts';
import type { StoredRun } from '../../engine/runs/run-directory.ts';
import { createHandleTable } from '../ipc/handle-table.ts';
import type { RunHandle } from '../ipc/run-messages.ts';
import { moveRuns } from '../projects/move-runs.ts';
import { runsDirectory } from '../projects/open-project.ts';
import type { OpenProject } from '../projects/open-project.ts';

const deletedPrefix = '.deleted-';

/** Where a run lies. */
export interface RunPlace {
  readonly project: OpenProject;
  directory: string;
}

/** The runs of projects on the disk, by the handles that windows know. */
export interface RunShelf {
  readonly handleOf: (project: OpenProject, directory: string) => RunHandle;
  /** The place of a run of this project. */
  readonly find: (project: OpenProject, run: RunHandle) => Result<RunPlace>;
  /** Those that can be read, newest first. */
  readonly list: (project: OpenProject) => Promise<Result<readonly StoredRun[]>>;
  /** Puts a run out of sight, or back. */
  readonly remove: (place: RunPlace) => Promise<Result<null>>;
  readonly restore: (place: RunPlace) => Promise<Result<null>>;
  /** Deletes for good what was put out of sight. */
  readonly empty: (project: OpenProject) => Promise<void>;
  /** Brings runs from where an unsaved project had them to where the saved one has them; `except`: one that is under way. */
  readonly bringAlong: (project: OpenProject, except: string | null) => Promise<Result<null>>;
}

export function createRunShelf(door: FileDoor): RunShelf {
  const places = createHandleTable<RunHandle, RunPlace>('run');

  // A project that was closed and opened again is another one: its handles are its own.
  function handleOf(project: OpenProject, directory: string): RunHandle {
    return places.handleOf(keyOf(project, directory), { project, directory });
  }

  async function list(project: OpenProject): Promise<Result<readonly StoredRun[]>> {
    const runs: StoredRun[] = [];
    for (const directory of foldersOf(project)) {
      const entries = await door.list(directory);
      if (!entries.ok) return entries;
      for (const entry of entries.value ?? []) {
        if (!entry.isDirectory || entry.name.startsWith('.')) continue;
        const run = await openRun(door, path.join(directory, entry.name));
        if (run.ok) runs.push(run.value);
      }
    }
    return succeed(runs.sort((first, second) => Date.parse(second.record.started) - Date.parse(first.record.started)));
  }

  async function rebase(place: RunPlace, to: string): Promise<Result<null>> {
    try {
      await rename(place.directory, to);
    } catch (error) {
      return fail(fileFailure(error, place.directory, 'removed'));
    }
    places.move(keyOf(place.project, place.directory), keyOf(place.project, to));
    place.directory = to;
    return succeed(null);
  }

  return {
    handleOf,
    find: (project, run) => {
      const place = places.find(run);
      return place?.project === project ? succeed(place) : fail(diagnose('handle-unknown', { kind: 'project' }, { thing: 'run' }));
    },
    list,
    remove: (place) => rebase(place, path.join(path.dirname(place.directory), `${deletedPrefix}${path.basename(place.directory)}`)),
    restore: (place) => {
      const name = path.basename(place.directory);
      if (!name.startsWith(deletedPrefix)) return Promise.resolve(succeed(null));
      return rebase(place, path.join(path.dirname(place.directory), name.slice(deletedPrefix.length)));
    },
    empty: async (project) => {
      for (const directory of foldersOf(project)) {
        const entries = await door.list(directory);
        const deleted = entries.ok ? (entries.value ?? []).filter(({ name }) => name.startsWith(deletedPrefix)) : [];
        for (const { name } of deleted) await rm(path.join(directory, name), { recursive: true, force: true });
      }
    },
    bringAlong: async (project, except) => {
      const from = runsDirectory({ file: null, workDirectory: project.workDirectory });
      const to = runsDirectory(project);
      if (from === to) return succeed(null);
      const moved = await moveRuns(from, to, except);
      if (!moved.ok) return moved;
      for (const [old, fresh] of moved.value) {
        const handle = places.move(keyOf(project, old), keyOf(project, fresh));
        const place = handle === undefined ? undefined : places.find(handle);
        if (place !== undefined) place.directory = fresh;
      }
      return succeed(null);
    },
  };
}

function keyOf({ handle }: OpenProject, directory: string): string {
  return `${handle} ${directory}`;
}

/** Of a saved project that was trained before it was saved: both, while a run is still under way in the first. */
function foldersOf(project: OpenProject): readonly string[] {
  return [...new Set([runsDirectory(project), runsDirectory({ file: null, workDirectory: project.workDirectory })])];
}
