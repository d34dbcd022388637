import path from 'node:path';
import { app } from 'electron';
import { diagnose } from '../../core/diagnostics/diagnose.ts';
import type { Diagnostic } from '../../core/diagnostics/diagnostic.ts';
import { succeed } from '../../core/diagnostics/result.ts';
import type { Result } from '../../core/diagnostics/result.ts';
import type { FileDoor } from '../../engine/files/file-door.ts';
import { writeImportedRun } from '../../engine/runs/imported-run.ts';
import { createOpenProject, runsDirectory } from './open-project.ts';
import type { OpenProject } from './open-project.ts';

const mostSentences = 5;

export interface ImportedProject {
  readonly project: OpenProject;
  readonly diagnostics: readonly Diagnostic[];
}

/** A model of another program as a project that was never saved; its weights are a run in the project's own folder. */
export async function importProject(door: FileDoor, workDirectory: string, file: string): Promise<Result<ImportedProject>> {
  // HDF5 and zip are loaded when they are needed.
  const [{ importKeras }, { importLimits }] = await Promise.all([import('../../formats/keras/import-keras.ts'), import('../../formats/keras/import-limits.ts')]);
  const bytes = await door.read(file, importLimits.archiveBytes);
  if (!bytes.ok) return bytes;
  const imported = await importKeras(path.basename(file), bytes.value);
  if (!imported.ok) return imported;
  const model = imported.value;
  const { document } = model;
  const project = createOpenProject(door, { document, file: null, savedHash: null, workDirectory });
  project.dataFiles.admitDocument(document, path.dirname(file));
  const versions = { unroll: app.getVersion(), node: process.versions.node };
  const run = await writeImportedRun(door, { model, document, data: null, runsDirectory: runsDirectory(project), projectDirectory: path.dirname(file), versions });
  if (!run.ok) return run;
  const isWarning = ({ severity }: Diagnostic): boolean => severity === 'warning';
  const weights = diagnose('imported-run', { kind: 'project' }, { run: path.basename(run.value) });
  // All that is good to know in one notice: one by one they would cover the graph that they speak of.
  const sentences = [weights, ...model.notes.filter((note) => !isWarning(note))].map(({ message }) => message);
  const notes = diagnose('import-notes', { kind: 'project' }, { sentences: sentences.slice(0, mostSentences), more: Math.max(0, sentences.length - mostSentences) });
  return succeed({ project, diagnostics: [notes, ...model.notes.filter(isWarning)] });
}
