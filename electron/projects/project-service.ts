import path from 'node:path';
import { diagnose } from '../../core/diagnostics/diagnose.ts';
import type { Diagnostic } from '../../core/diagnostics/diagnostic.ts';
import { fail, succeed } from '../../core/diagnostics/result.ts';
import type { Result } from '../../core/diagnostics/result.ts';
import { serializeDocument } from '../../core/document/serialize-document.ts';
import { templateList } from '../../core/document/template-list.ts';
import { emptyDocument } from '../../core/graph/empty-document.ts';
import type { GraphDocument } from '../../core/graph/graph-document.ts';
import type { FileDoor } from '../../engine/files/file-door.ts';
import type { OpenedProject, Template } from '../ipc/project-messages.ts';
import { importProject } from './import-project.ts';
import { extensionOf } from './file-extension.ts';
import { modelExtensions } from './model-extensions.ts';
import { createOpenProject, factsOf, titleOf } from './open-project.ts';
import type { OpenProject } from './open-project.ts';
import { readProjectFile } from './project-file.ts';
import type { LeftDraft, WorkDirectories } from './work-directories.ts';

/** A project that was read and may enter a window. */
export interface AdmittedProject {
  readonly project: OpenProject;
  readonly unsaved: boolean;
  readonly diagnostics: readonly Diagnostic[];
}

/** Where projects come from. */
export interface ProjectService {
  readonly templates: () => Promise<Result<readonly Template[]>>;
  /** null: nothing drawn yet. */
  readonly fromTemplate: (name: string | null) => Promise<Result<AdmittedProject>>;
  readonly fromFile: (file: string) => Promise<Result<AdmittedProject>>;
  /** Another program's model, as a project that was never saved. */
  readonly fromModel: (file: string) => Promise<Result<AdmittedProject>>;
  /** Whichever of the two the file's ending says: what the system or a command line names. */
  readonly fromOutside: (file: string) => Promise<Result<AdmittedProject>>;
  readonly fromDraft: (left: LeftDraft) => AdmittedProject;
  /** Takes the file's content into a project that is open. */
  readonly readAgain: (project: OpenProject) => Promise<Result<AdmittedProject>>;
  /** Flushes the document to the project's draft; where the file holds the same, the draft goes. */
  readonly keepDraft: (project: OpenProject, document: GraphDocument) => Promise<Result<null>>;
}

export function createProjectService(door: FileDoor, workDirectories: WorkDirectories, assets: string): ProjectService {
  const templateFile = (name: string): string => path.join(assets, 'templates', `${name}.unroll`);

  async function fromTemplate(name: string | null): Promise<Result<AdmittedProject>> {
    const workDirectory = workDirectories.create();
    if (name === null) return succeed(admitted(createOpenProject(door, { document: emptyDocument, file: null, savedHash: null, workDirectory })));
    const known = templateList.map(({ id }) => id);
    if (!known.includes(name)) return fail(diagnose('unknown-template', { kind: 'project' }, { name, known, nearest: undefined }));
    const read = await readProjectFile(door, templateFile(name));
    if (!read.ok) return read;
    const project = createOpenProject(door, { document: read.value.document, file: null, savedHash: null, workDirectory });
    project.dataFiles.admitDocument(read.value.document, path.dirname(templateFile(name)));
    return succeed(admitted(project));
  }

  /** Flushes the document to the project's draft; where the file holds the same, the draft goes. */
  function keepDraft(project: OpenProject, document: GraphDocument): Promise<Result<null>> {
    project.document = document;
    // Undone to what the file holds, or saved while the edit was on its way: there is nothing to come back to.
    if (serializeDocument(document) === project.savedContent) return project.drafts.discard();
    const { file, savedHash, dataFiles } = project;
    return project.drafts.keep({ title: titleOf(project), file, savedHash, dataFiles: dataFiles.entries(), editedAt: Date.now(), document });
  }

  async function fromFile(file: string): Promise<Result<AdmittedProject>> {
    const read = await readProjectFile(door, file);
    if (!read.ok) return read;
    const { document, hash, notes } = read.value;
    const project = createOpenProject(door, { document, file, savedHash: hash, workDirectory: workDirectories.create() });
    project.dataFiles.admitDocument(document, path.dirname(file));
    project.savedContent = serializeDocument(document);
    return succeed({ project, unsaved: false, diagnostics: notes });
  }

  async function fromModel(file: string): Promise<Result<AdmittedProject>> {
    const workDirectory = workDirectories.create();
    const imported = await importProject(door, workDirectory, file);
    if (!imported.ok) return imported;
    const { project, diagnostics } = imported.value;
    // Its weights lie beside it: they must be found again if the app ends before the project is ever saved.
    const kept = await keepDraft(project, project.document);
    return kept.ok ? succeed({ project, unsaved: true, diagnostics }) : kept;
  }

  return {
    templates: async () => {
      const templates: Template[] = [];
      for (const { id, summary } of templateList) {
        const read = await readProjectFile(door, templateFile(id));
        if (!read.ok) return read;
        templates.push({ name: id, title: read.value.document.name, summary, document: read.value.document });
      }
      return succeed(templates);
    },
    fromTemplate,
    fromFile,
    fromModel,
    fromOutside: (file) => (modelExtensions.includes(extensionOf(file)) ? fromModel(file) : fromFile(file)),
    fromDraft: ({ workDirectory, draft }) => {
      const project = createOpenProject(door, { ...draft, workDirectory });
      const note = diagnose('draft-recovered', { kind: 'project' }, { title: titleOf(project) });
      return { project, unsaved: true, diagnostics: [note] };
    },
    readAgain: async (project) => {
      if (project.file === null) return fail(diagnose('handle-unknown', { kind: 'project' }, { thing: 'file' }));
      const read = await readProjectFile(door, project.file);
      if (!read.ok) return read;
      project.document = read.value.document;
      project.savedHash = read.value.hash;
      project.savedContent = serializeDocument(read.value.document);
      project.dataFiles.admitDocument(read.value.document, path.dirname(project.file));
      const discarded = await project.drafts.discard();
      return discarded.ok ? succeed({ project, unsaved: false, diagnostics: read.value.notes }) : discarded;
    },
    keepDraft,
  };
}

/** The project as its window receives it. */
export function openedProject({ project, unsaved, diagnostics }: AdmittedProject): OpenedProject {
  return { project: factsOf(project), document: project.document, unsaved, diagnostics };
}

function admitted(project: OpenProject): AdmittedProject {
  return { project, unsaved: false, diagnostics: [] };
}
