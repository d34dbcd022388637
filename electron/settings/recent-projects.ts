import path from 'node:path';
import { z } from 'zod';
import type { RecentHandle, RecentProject } from '../ipc/project-messages.ts';
import { createHandleTable } from '../ipc/handle-table.ts';
import { projectTitle, shownPath } from '../projects/shown-path.ts';
import type { SettingsFile } from './settings-file.ts';

const mostRecent = 12;

export const recentSchema: z.ZodType<RecentFiles> = z.array(z.object({ file: z.string().min(1), openedAt: z.number() })).max(100);

export type RecentFiles = readonly { readonly file: string; readonly openedAt: number }[];

/** The projects that were opened last, newest first. */
export interface RecentProjects {
  readonly list: () => readonly RecentProject[];
  readonly find: (recent: RecentHandle) => string | undefined;
  readonly add: (file: string) => void;
  readonly remove: (file: string) => void;
}

export function createRecentProjects(stored: SettingsFile<RecentFiles>, now: () => number): RecentProjects {
  const handles = createHandleTable<RecentHandle, string>('recent');
  const without = (files: RecentFiles, file: string): RecentFiles => files.filter((entry) => entry.file !== file);
  return {
    list: () =>
      stored.read().map(({ file, openedAt }) => ({
        recent: handles.handleOf(file, file),
        title: projectTitle(file),
        location: shownPath(path.dirname(file)),
        openedAt,
      })),
    find: handles.find,
    add: (file) => void stored.change((files) => [{ file, openedAt: now() }, ...without(files, file)].slice(0, mostRecent)),
    remove: (file) => void stored.change((files) => without(files, file)),
  };
}
