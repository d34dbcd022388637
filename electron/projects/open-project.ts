import path from 'node:path';
import type { GraphDocument } from '../../core/graph/graph-document.ts';
import type { FileDoor } from '../../engine/files/file-door.ts';
import { newHandle } from '../ipc/handle-table.ts';
import type { ProjectFacts, ProjectHandle } from '../ipc/project-messages.ts';
import { createDataFiles } from './data-files.ts';
import type { DataFiles } from './data-files.ts';
import { createDraftKeeper } from './draft-keeper.ts';
import type { DraftKeeper } from './draft-keeper.ts';
import { projectTitle, shownPath } from './shown-path.ts';

/** A project in a window, as the main process knows it. The document itself lives in the window; this one is the last it told. */
export interface OpenProject {
  readonly handle: ProjectHandle;
  /** A folder of its own in the app's data: the draft and, until the project is saved, its runs. */
  readonly workDirectory: string;
  readonly dataFiles: DataFiles;
  readonly drafts: DraftKeeper;
  document: GraphDocument;
  /** Absolute path; null: never saved. */
  file: string | null;
  /** Of the file as it was opened or last saved. */
  savedHash: string | null;
  /** The document, as text, that the file holds; null where that is not known, as of a draft. */
  savedContent: string | null;
}

export interface ProjectStart {
  readonly document: GraphDocument;
  readonly file: string | null;
  readonly savedHash: string | null;
  readonly workDirectory: string;
  readonly dataFiles?: Readonly<Record<string, string>>;
}

export function createOpenProject(door: FileDoor, { document, file, savedHash, workDirectory, dataFiles }: ProjectStart): OpenProject {
  return {
    handle: newHandle<ProjectHandle>('project'),
    workDirectory,
    dataFiles: createDataFiles(dataFiles),
    drafts: createDraftKeeper(door, workDirectory),
    document,
    file,
    savedHash,
    savedContent: null,
  };
}

export function factsOf(project: OpenProject): ProjectFacts {
  return { handle: project.handle, title: titleOf(project), location: project.file === null ? null : shownPath(project.file) };
}

export function titleOf({ file, document }: OpenProject): string {
  return file === null ? document.name : projectTitle(file);
}

/** The folder that the document's data files are relative to; null: the project has none, they are named absolutely. */
export function dataDirectory({ file }: OpenProject): string | null {
  return file === null ? null : path.dirname(file);
}

/** What the engine is told as the project's folder. */
export function engineDirectory(project: OpenProject): string {
  return dataDirectory(project) ?? project.workDirectory;
}

/** Where the project's runs lie: in a folder of its own name, for several projects may share a folder. */
export function runsDirectory({ file, workDirectory }: Pick<OpenProject, 'file' | 'workDirectory'>): string {
  return file === null ? path.join(workDirectory, 'runs', 'untitled') : path.join(path.dirname(file), 'runs', projectTitle(file));
}
