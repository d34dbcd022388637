import path from 'node:path';
import { dialog } from 'electron';
import { diagnose } from '../../core/diagnostics/diagnose.ts';
import { fail, succeed } from '../../core/diagnostics/result.ts';
import type { Result } from '../../core/diagnostics/result.ts';
import { projectOf } from '../application.ts';
import type { Application } from '../application.ts';
import { modelExtensions } from '../projects/model-extensions.ts';
import type { LeftDrafts } from '../projects/left-drafts.ts';
import { factsOf, titleOf } from '../projects/open-project.ts';
import type { OpenProject } from '../projects/open-project.ts';
import { openedProject } from '../projects/project-service.ts';
import { isUnchangedOutside, saveProjectAs } from '../projects/save-project.ts';
import { projectExtension } from '../projects/shown-path.ts';
import type { AppWindow } from '../windows/app-window.ts';
import type { ArgumentOf } from './contract.ts';
import type { Handlers } from './handle-requests.ts';
import type { Opening, Saving } from './project-messages.ts';

type Names =
  | 'listTemplates' | 'newProject' | 'openProject' | 'importProject' | 'openRecent' | 'openDraft' | 'discardDraft'
  | 'reloadProject' | 'saveProject' | 'keepDraft' | 'showUnsaved' | 'closeProject';

const filters = [{ name: 'Unroll projects', extensions: [projectExtension] }];

/** Requests about projects and their files. */
export function projectHandlers(application: Application, drafts: LeftDrafts): Pick<Handlers<AppWindow>, Names> {
  const { projects, recent, windows } = application;
  return {
    listTemplates: () => projects.templates(),
    newProject: ({ template }, window) => windows.show(window, () => projects.fromTemplate(template)),
    openProject: async (_argument, window) => {
      const chosen = await dialog.showOpenDialog(window.browser, { title: 'Open a project', filters, properties: ['openFile'] });
      const [file] = chosen.filePaths;
      return chosen.canceled || file === undefined ? succeed({ kind: 'dismissed' }) : openFile(application, window, file);
    },
    importProject: async (_argument, window) => {
      const models = [{ name: 'Models of Keras 3', extensions: [...modelExtensions] }];
      const chosen = await dialog.showOpenDialog(window.browser, { title: 'Import a model', filters: models, properties: ['openFile'] });
      const [file] = chosen.filePaths;
      return chosen.canceled || file === undefined ? succeed({ kind: 'dismissed' }) : windows.show(window, () => projects.fromModel(file));
    },
    openRecent: async (argument, window) => {
      const file = recent.find(argument.recent);
      if (file === undefined) return fail(diagnose('handle-unknown', { kind: 'project' }, { thing: 'project' }));
      const opened = await openFile(application, window, file);
      if (opened.ok || opened.diagnostics[0]?.code !== 'file-missing') return opened;
      recent.remove(file);
      return fail(diagnose('recent-missing', { kind: 'file', file }, { file }));
    },
    openDraft: ({ draft }, window) => {
      const left = drafts.find(draft);
      return left.ok ? windows.show(window, () => Promise.resolve(succeed(projects.fromDraft(left.value)))) : left;
    },
    discardDraft: ({ draft }) => drafts.discard(draft),
    reloadProject: async ({ project: handle }, window) => {
      const project = projectOf(window, handle);
      if (!project.ok) return project;
      const read = await projects.readAgain(project.value);
      if (!read.ok) return read;
      windows.admit(window, read.value);
      return succeed(openedProject(read.value));
    },
    saveProject: async (argument, window) => {
      const project = projectOf(window, argument.project);
      return project.ok ? save(application, window, project.value, argument) : project;
    },
    keepDraft: async ({ project: handle, document }, window) => {
      const project = projectOf(window, handle);
      if (!project.ok) return project;
      const began = performance.now();
      const kept = await projects.keepDraft(project.value, document);
      return kept.ok ? succeed({ milliseconds: performance.now() - began }) : kept;
    },
    showUnsaved: ({ project: handle, unsaved }, window) => {
      const project = projectOf(window, handle);
      if (!project.ok) return project;
      window.unsaved = unsaved;
      window.refresh();
      return succeed(null);
    },
    closeProject: async ({ project: handle, discard }, window) => {
      const project = projectOf(window, handle);
      if (!project.ok) return project;
      await application.letGo(window, discard);
      return succeed(null);
    },
  };
}

/** A file that is open already is shown where it is open. */
export async function openFile({ windows, projects }: Application, window: AppWindow, file: string): Promise<Result<Opening>> {
  const other = windows.withProject(file);
  if (other === undefined) return windows.show(window, () => projects.fromFile(file));
  if (other.browser.isMinimized()) other.browser.restore();
  other.browser.focus();
  return succeed({ kind: 'in-other-window' });
}

async function save(
  { door, assets, runs, windows }: Application,
  window: AppWindow,
  project: OpenProject,
  { document, as, overwrite }: ArgumentOf<'saveProject'>,
): Promise<Result<Saving>> {
  let { file } = project;
  if (as || file === null) {
    const wanted = await dialog.showSaveDialog(window.browser, {
      title: 'Save the project',
      defaultPath: file ?? `${fileName(titleOf(project))}.${projectExtension}`,
      filters,
      properties: ['createDirectory', 'showOverwriteConfirmation'],
    });
    if (wanted.canceled || wanted.filePath === '') return succeed({ kind: 'dismissed' });
    file = path.extname(wanted.filePath) === '' ? `${wanted.filePath}.${projectExtension}` : wanted.filePath;
    const other = windows.withProject(file);
    if (other !== undefined && other !== window) return fail(diagnose('project-open-elsewhere', { kind: 'file', file }, { file }));
  } else if (!overwrite) {
    const unchanged = await isUnchangedOutside(door, project);
    if (!unchanged.ok) return unchanged;
    if (!unchanged.value) return succeed({ kind: 'changed-outside' });
  }
  const saved = await saveProjectAs(door, project, document, file, assets);
  if (!saved.ok) return saved;
  // The work is in the project's file: what could not be tidied up now is tidied up at the next start.
  await project.drafts.discard();
  await runs.shelf.bringAlong(project, runs.active(project)?.directory ?? null);
  windows.admit(window, { project, unsaved: false, diagnostics: [] });
  return succeed({ kind: 'saved', project: factsOf(project) });
}

/** A title as a file's name. */
function fileName(title: string): string {
  const plain = title.replace(/[^\p{L}\p{N} ._-]+/gu, ' ').trim().replace(/\s+/g, '-').toLowerCase();
  return plain === '' || plain.startsWith('.') ? 'untitled' : plain;
}

