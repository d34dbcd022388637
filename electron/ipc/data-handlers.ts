import path from 'node:path';
import { dialog } from 'electron';
import { diagnose } from '../../core/diagnostics/diagnose.ts';
import { fail, succeed } from '../../core/diagnostics/result.ts';
import type { Result } from '../../core/diagnostics/result.ts';
import { graphPicture } from '../../core/drawing/graph-picture.ts';
import type { GraphDocument } from '../../core/graph/graph-document.ts';
import type { FileDoor } from '../../engine/files/file-door.ts';
import { projectOf } from '../application.ts';
import type { Application } from '../application.ts';
import type { LocatedDocument } from '../data/data-tasks.ts';
import { extensionOf } from '../projects/file-extension.ts';
import { modelExtensions } from '../projects/model-extensions.ts';
import { dataDirectory, engineDirectory } from '../projects/open-project.ts';
import type { OpenProject } from '../projects/open-project.ts';
import { projectExtension, shownPath } from '../projects/shown-path.ts';
import { askPicturePlace, writePicture } from '../projects/write-picture.ts';
import type { AppWindow } from '../windows/app-window.ts';
import type { DataPreview } from './data-messages.ts';
import type { Handlers } from './handle-requests.ts';
import { openFile } from './project-handlers.ts';

type Names = 'dropFiles' | 'attachData' | 'previewData' | 'readData' | 'readSeries' | 'readSample' | 'exportPicture';

const dataExtensions = ['csv', 'tsv', 'txt'];
const spreadsheetExtensions = ['xlsx', 'xls', 'ods', 'numbers'];
const oldModelExtensions = ['h5', 'hdf5'];

/** As what a dropped file that is not read is refused. */
async function refusalOf(door: FileDoor, file: string, extension: string): Promise<'drop-folder' | 'drop-spreadsheet' | 'drop-old-model' | 'drop-foreign'> {
  const inside = await door.list(file);
  if (inside.ok && inside.value !== null) return 'drop-folder';
  if (spreadsheetExtensions.includes(extension)) return 'drop-spreadsheet';
  return oldModelExtensions.includes(extension) ? 'drop-old-model' : 'drop-foreign';
}

/** Requests about data and dropped files. */
export function dataHandlers(application: Application): Pick<Handlers<AppWindow>, Names> {
  const { data } = application;

  async function attach(project: OpenProject, file: string): Promise<Result<DataPreview>> {
    const directory = dataDirectory(project);
    const preview = await data.preview({ file, name: file });
    if (!preview.ok) return preview;
    return succeed({ ...preview.value, file: project.dataFiles.admitFile(file, directory) });
  }

  return {
    dropFiles: async ({ project: handle, paths }, window) => {
      const [file] = paths;
      if (paths.length > 1) return fail(diagnose('drop-several', { kind: 'project' }, { count: paths.length }));
      if (file === undefined || file === '') return fail(diagnose('drop-nothing', { kind: 'project' }, {}));
      const extension = extensionOf(file);
      const name = path.basename(file);
      if (extension === projectExtension) {
        const opening = await openFile(application, window, file);
        return opening.ok ? succeed({ kind: 'project', opening: opening.value }) : opening;
      }
      if (modelExtensions.includes(extension)) {
        const opening = await application.windows.show(window, () => application.projects.fromModel(file));
        return opening.ok ? succeed({ kind: 'project', opening: opening.value }) : opening;
      }
      if (!dataExtensions.includes(extension)) return fail(diagnose(await refusalOf(application.door, file, extension), { kind: 'project' }, { name }));
      if (handle === null) return fail(diagnose('drop-without-project', { kind: 'project' }, { name }));
      const project = projectOf(window, handle);
      if (!project.ok) return project;
      const attached = await attach(project.value, file);
      return attached.ok ? succeed({ kind: 'data', data: attached.value }) : attached;
    },
    attachData: async ({ project: handle }, window) => {
      const project = projectOf(window, handle);
      if (!project.ok) return project;
      const filters = [{ name: 'Text files with columns', extensions: dataExtensions }];
      const chosen = await dialog.showOpenDialog(window.browser, { title: 'Choose a data file', filters, properties: ['openFile'] });
      const [file] = chosen.filePaths;
      return chosen.canceled || file === undefined ? succeed(null) : attach(project.value, file);
    },
    previewData: async ({ project: handle, file: name }, window) => {
      const project = projectOf(window, handle);
      if (!project.ok) return project;
      const file = project.value.dataFiles.find(name);
      if (file === undefined) return fail(diagnose('data-not-chosen', { kind: 'project' }, { label: 'The project', file: name }));
      return data.preview({ file, name });
    },
    readData: async ({ project: handle, document }, window) => {
      const project = projectOf(window, handle);
      if (!project.ok) return project;
      // A node whose file was not chosen is said; the others are read.
      const { document: renamed, problems } = project.value.dataFiles.rename(document, dataDirectory(project.value));
      const refused = new Set(problems.flatMap(({ where }) => (where.kind === 'node' ? [where.node] : [])));
      const admitted = { ...renamed, nodes: renamed.nodes.filter(({ id }) => !refused.has(id)) };
      const reading = await data.read({ document: admitted, directory: engineDirectory(project.value) });
      if (!reading.ok) return reading;
      const references = reading.value.references.map((reference) => ({ ...reference, file: namedAs(document, reference.node) ?? reference.file }));
      return succeed({ ...reading.value, references, diagnostics: [...problems, ...reading.value.diagnostics] });
    },
    exportPicture: async ({ project: handle, document, theme, shapes, kind }, window) => {
      const project = projectOf(window, handle);
      if (!project.ok) return project;
      const out = await askPicturePlace(window.browser, `${project.value.document.name}.${kind}`, kind);
      if (out === null) return succeed(null);
      // Sizes that wait for a file that cannot be read stay symbols.
      const located = locate(project, document);
      const reading = located.ok ? await data.read(located.value) : located;
      const written = await writePicture(application.door, out, graphPicture(document, reading.ok ? reading.value.facts : {}, { theme, shapes }), kind);
      return written.ok ? succeed({ location: shownPath(out) }) : written;
    },
    readSeries: async ({ project: handle, document, ...choice }, window) => {
      const located = locate(projectOf(window, handle), document);
      return located.ok ? data.plot({ ...located.value, ...choice }) : located;
    },
    readSample: async ({ project: handle, document, ...choice }, window) => {
      const located = locate(projectOf(window, handle), document);
      return located.ok ? data.sample({ ...located.value, ...choice }) : located;
    },
  };
}

function locate(project: Result<OpenProject>, document: GraphDocument): Result<LocatedDocument> {
  if (!project.ok) return project;
  const { document: renamed, problems } = project.value.dataFiles.rename(document, dataDirectory(project.value));
  return problems.length > 0 ? fail(...problems) : succeed({ document: renamed, directory: engineDirectory(project.value) });
}

/** The window's document keeps its own name for the file. */
function namedAs(document: GraphDocument, node: string): string | undefined {
  const file = document.nodes.find(({ id }) => id === node)?.parameters['file'];
  return typeof file === 'string' ? file : undefined;
}

