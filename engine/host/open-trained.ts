import path from 'node:path';
import { diagnose } from '../../core/diagnostics/diagnose.ts';
import { fail, succeed } from '../../core/diagnostics/result.ts';
import type { Result } from '../../core/diagnostics/result.ts';
import { rememberedFacts, rememberedScaling } from '../runs/remembered.ts';
import { openRun, runFiles } from '../runs/run-directory.ts';
import type { StoredRun } from '../runs/run-directory.ts';
import { readTensorFile } from '../runs/tensor-file.ts';
import { decodeWeights } from '../runs/weights-file.ts';
import type { Session } from '../session.ts';
import { compileDocument, prepareExperiment } from '../training/prepare-experiment.ts';
import type { CompiledDocument, Experiment } from '../training/prepare-experiment.ts';
import { writeVariables } from '../training/training-state.ts';
import type { Variables } from '../training/training-state.ts';
import type { Workbench } from './workbench.ts';

/** A run with its kept weights, compiled from its own document. */
export interface TrainedRun {
  readonly run: StoredRun;
  readonly compiled: CompiledDocument;
  readonly kept: Variables;
}

/** A run with its data, and a session that holds its kept weights. */
export interface OpenedRun {
  readonly run: StoredRun;
  readonly experiment: Experiment;
  readonly session: Session;
}

/** Reads a run's weights without its data: what the data was like stands in the record. */
export async function openTrained(workbench: Workbench, runDirectory: string): Promise<Result<TrainedRun>> {
  const run = await openRun(workbench.services.files, runDirectory);
  if (!run.ok) return run;
  const compiled = compileDocument(run.value.document, rememberedFacts(run.value));
  if (!compiled.ok) return compiled;
  const kept = await readKept(workbench, run.value, compiled.value);
  return kept.ok ? succeed({ run: run.value, compiled: compiled.value, kept: kept.value }) : kept;
}

/** Reads a run, its data as they are now, and its weights, with the run's own scaling. */
export async function openWithData(workbench: Workbench, runDirectory: string): Promise<Result<OpenedRun>> {
  const { files, readCsv } = workbench.services;
  const run = await openRun(files, runDirectory);
  if (!run.ok) return run;
  workbench.phase('reading data');
  const experiment = await prepareExperiment(run.value.document, run.value.projectDirectory, { files, readCsv }, rememberedScaling(run.value));
  if (!experiment.ok) return experiment;
  const kept = await readKept(workbench, run.value, experiment.value);
  if (!kept.ok) return kept;
  const session = await sessionWith(workbench, experiment.value, kept.value);
  return session.ok ? succeed({ run: run.value, experiment: experiment.value, session: session.value }) : session;
}

/** A session for the program that holds these weights. */
export async function sessionWith(workbench: Workbench, compiled: CompiledDocument, kept: Variables): Promise<Result<Session>> {
  const session = await workbench.sessionFor(compiled);
  if (session.ok) writeVariables(session.value, kept);
  return session;
}

async function readKept({ services: { files } }: Workbench, { directory }: StoredRun, { program }: CompiledDocument): Promise<Result<Variables>> {
  const file = path.join(directory, runFiles.weights);
  const tensors = await readTensorFile(files, file);
  if (!tensors.ok) return tensors;
  if (tensors.value === null) return fail(diagnose('run-without-weights', { kind: 'run', directory }, { directory }));
  return decodeWeights(program, tensors.value, file);
}
