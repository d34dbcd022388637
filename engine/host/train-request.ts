import path from 'node:path';
import { serializeDocument } from '../../core/document/serialize-document.ts';
import { succeed } from '../../core/diagnostics/result.ts';
import type { Diagnostic } from '../../core/diagnostics/diagnostic.ts';
import type { Result } from '../../core/diagnostics/result.ts';
import type { GraphDocument } from '../../core/graph/graph-document.ts';
import type { FileDoor } from '../files/file-door.ts';
import { newRecord } from '../runs/new-record.ts';
import { createRunDirectory, runFiles } from '../runs/run-directory.ts';
import { serializeRunRecord } from '../runs/run-record.ts';
import type { RunRecord } from '../runs/run-record.ts';
import type { RunReport } from '../runs/run-report.ts';
import type { DataFile } from '../training/read-series.ts';
import { countersAtStart, modelRoles, readVariables } from '../training/training-state.ts';
import type { TrainRequest } from './training-messages.ts';
import { engineFacts } from './prepare-request.ts';
import { resetVariables } from './reset-variables.ts';
import { runTraining } from './run-training.ts';
import { startFromRun } from './start-from-run.ts';
import type { Workbench } from './workbench.ts';

/** Starts a new run of a prepared document, in a directory of its own. */
export async function train(workbench: Workbench, request: TrainRequest, stopRequested: () => boolean): Promise<Result<RunReport>> {
  const { experiment: prepared, projectDirectory } = workbench.preparedNumber(request.prepared);
  const seed = request.seed ?? prepared.document.training.seed;
  const document = trainedDocument(prepared.document, seed, prepared.data);
  const experiment = { ...prepared, document };
  const session = await workbench.sessionFor(experiment);
  if (!session.ok) return session;
  const backend = await workbench.backendFor(experiment);
  if (!backend.ok) return backend;

  const { files, versions } = workbench.services;
  const started = new Date();
  const directory = await createRunDirectory(files, request.runDirectory, projectDirectory, started, seed);
  if (!directory.ok) return directory;
  const run = { directory: directory.value, projectDirectory, experiment, seed, started, engine: engineFacts(backend.value), versions };
  const record = newRecord(run);
  const written = await writeStart(files, directory.value, document, record);
  if (!written.ok) return written;

  const begun = request.startFrom === undefined ? succeed<readonly Diagnostic[]>([]) : await startFromRun({ files, directory: request.startFrom, experiment, session: session.value, seed });
  if (!begun.ok) return begun;
  if (request.startFrom === undefined) resetVariables(session.value, experiment, seed);
  begun.value.forEach((diagnostic) => { workbench.send({ kind: 'warning', diagnostic }); });
  return runTraining(workbench, {
    directory: directory.value,
    experiment,
    session: session.value,
    record,
    start: { counters: countersAtStart, kept: readVariables(session.value, experiment.program, modelRoles) },
    epochs: document.training.epochs,
    warnings: begun.value,
    stopRequested,
  });
}

/** The document as it is trained: with the run's seed, and the data that was read. */
function trainedDocument(document: GraphDocument, seed: number, data: readonly DataFile[]): GraphDocument {
  const others = document.data.filter(({ node }) => !data.some((file) => file.node === node));
  return { ...document, training: { ...document.training, seed }, data: [...others, ...data] };
}

/** Writes what a run is, before its first step. */
export async function writeStart(files: FileDoor, directory: string, document: GraphDocument, record: RunRecord): Promise<Result<null>> {
  const project = await files.writeAtomically(path.join(directory, runFiles.project), new TextEncoder().encode(serializeDocument(document)));
  if (!project.ok) return project;
  return files.writeAtomically(path.join(directory, runFiles.record), new TextEncoder().encode(serializeRunRecord(record)));
}
