import path from 'node:path';
import { diagnose } from '../../core/diagnostics/diagnose.ts';
import type { Diagnostic } from '../../core/diagnostics/diagnostic.ts';
import { fail, succeed } from '../../core/diagnostics/result.ts';
import type { Result } from '../../core/diagnostics/result.ts';
import { decodeCheckpoint } from '../runs/checkpoint-file.ts';
import { historyLine, readHistory } from '../runs/history.ts';
import { rememberedScaling } from '../runs/remembered.ts';
import { openRun, removeLeftovers, runFiles } from '../runs/run-directory.ts';
import type { StoredRun } from '../runs/run-directory.ts';
import type { RunRecord } from '../runs/run-record.ts';
import type { EngineFacts, RunReport } from '../runs/run-report.ts';
import { readTensorFile } from '../runs/tensor-file.ts';
import type { Session } from '../session.ts';
import { prepareExperiment } from '../training/prepare-experiment.ts';
import type { Experiment } from '../training/prepare-experiment.ts';
import { countersAtStart, modelRoles, patienceIsOver, readVariables, writeVariables } from '../training/training-state.ts';
import type { TrainingSnapshot } from '../training/training-state.ts';
import type { ResumeRequest } from './training-messages.ts';
import { engineFacts } from './prepare-request.ts';
import { runTraining } from './run-training.ts';
import { startFromRun } from './start-from-run.ts';
import { resetVariables } from './reset-variables.ts';
import { writeStart } from './train-request.ts';
import type { Workbench } from './workbench.ts';

/** Goes on with a run from its checkpoint. */
export async function resume(workbench: Workbench, request: ResumeRequest, stopRequested: () => boolean): Promise<Result<RunReport>> {
  const { files, readCsv } = workbench.services;
  workbench.phase('reading data');
  const run = await openRun(files, request.runDirectory);
  if (!run.ok) return run;
  const { directory, projectDirectory } = run.value;
  const epochs = request.epochs ?? run.value.document.training.epochs;
  const document = { ...run.value.document, training: { ...run.value.document.training, epochs } };
  const experiment = await prepareExperiment(document, projectDirectory, { files, readCsv }, rememberedScaling(run.value));
  if (!experiment.ok) return experiment;
  const session = await workbench.sessionFor(experiment.value);
  if (!session.ok) return session;
  const backend = await workbench.backendFor(experiment.value);
  if (!backend.ok) return backend;

  const start = await restore(workbench, run.value, experiment.value, session.value);
  if (!start.ok) return start;
  const { counters } = start.value;
  const patience = document.training.earlyStoppingPatience;
  if (counters.epoch >= epochs) return fail(diagnose('nothing-to-resume', { kind: 'run', directory }, { directory, epochs: counters.epoch }));
  if (patience !== null && patienceIsOver(counters, patience)) {
    return fail(diagnose('stopped-early-before', { kind: 'run', directory }, { directory, epochs: counters.epoch, patience }));
  }

  const warnings = resumedElsewhere(directory, run.value.record.engine, engineFacts(backend.value));
  warnings.forEach((diagnostic) => { workbench.send({ kind: 'warning', diagnostic }); });
  const record: RunRecord = { ...run.value.record, engine: engineFacts(backend.value), evaluation: {}, finished: null, stopped: 'interrupted' };
  const cleared = await removeLeftovers(files, directory);
  if (!cleared.ok) return cleared;
  const trimmed = await trimHistory(workbench, directory, counters.epoch);
  if (!trimmed.ok) return trimmed;
  const written = await writeStart(files, directory, document, record);
  if (!written.ok) return written;
  return runTraining(workbench, { directory, experiment: experiment.value, session: session.value, record, start: start.value, epochs, warnings, stopRequested });
}

/** Another engine, instruction set or number of threads adds in another order. */
function resumedElsewhere(directory: string, before: EngineFacts, now: EngineFacts): readonly Diagnostic[] {
  const inWords = ({ name, version, threads, scans }: EngineFacts): string =>
    `${name} ${version}, ${threads === 1 ? 'one thread' : `${threads} threads`}${scans === undefined ? '' : `, ${scans}`}`;
  // Runs of older versions do not say what their recurrences ran on.
  const same = before.name === now.name && before.version === now.version && before.threads === now.threads && (before.scans ?? now.scans) === now.scans;
  return same ? [] : [diagnose('resumed-elsewhere', { kind: 'run', directory }, { directory, before: inWords(before), now: inWords(now) })];
}

/** Puts the checkpoint's variables into the session. A run that was stopped before its first checkpoint starts at its start. */
async function restore(
  { services: { files } }: Workbench,
  { directory, record }: StoredRun,
  experiment: Experiment,
  session: Session,
): Promise<Result<Pick<TrainingSnapshot, 'counters' | 'kept' | 'carried'>>> {
  const { program } = experiment;
  if (record.stopped === 'imported') {
    const begun = await startFromRun({ files, directory, experiment, session, seed: record.seed });
    return begun.ok ? succeed({ counters: countersAtStart, kept: readVariables(session, program, modelRoles) }) : begun;
  }
  const file = path.join(directory, runFiles.checkpoint);
  const tensors = await readTensorFile(files, file);
  if (!tensors.ok) return tensors;
  if (tensors.value === null) {
    // A run that failed in its first epoch was never checkpointed: nothing was worth going on from.
    const failedEarly = record.stopped === 'not-finite' || record.stopped === 'diverged';
    if (record.steps > 0 && !failedEarly) return fail(diagnose('checkpoint-missing', { kind: 'run', directory }, { directory }));
    resetVariables(session, experiment, record.seed);
    return succeed({ counters: countersAtStart, kept: readVariables(session, program, modelRoles) });
  }
  const snapshot = decodeCheckpoint(program, tensors.value, file);
  if (!snapshot.ok) return snapshot;
  writeVariables(session, snapshot.value.variables);
  return snapshot;
}

/** Drops epochs that were finished after the checkpoint was written: they will be finished again. */
async function trimHistory({ services: { files } }: Workbench, directory: string, epoch: number): Promise<Result<null>> {
  const history = await readHistory(files, directory);
  if (!history.ok) return history;
  const lines = history.value.filter((point) => point.epoch <= epoch).map(historyLine);
  return files.writeAtomically(path.join(directory, runFiles.history), new TextEncoder().encode(lines.join('')));
}
