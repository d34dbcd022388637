import path from 'node:path';
import { diagnose } from '../../core/diagnostics/diagnose.ts';
import type { Diagnostic } from '../../core/diagnostics/diagnostic.ts';
import { succeed } from '../../core/diagnostics/result.ts';
import type { Result } from '../../core/diagnostics/result.ts';
import { applyEdit } from '../../core/graph/apply-edit.ts';
import type { GraphDocument } from '../../core/graph/graph-document.ts';
import type { RunReport } from '../../engine/runs/run-report.ts';
import { withEngine } from '../engine-session.ts';
import type { EngineSession } from '../engine-session.ts';
import { loadProject } from '../load-project.ts';
import type { LoadedProject } from '../load-project.ts';
import { applyData } from '../options/data-option.ts';
import { applySettings } from '../options/set-option.ts';
import { checkOutputPlace } from '../../engine/files/output-place.ts';
import { failed, failedWith, misused } from '../outcome.ts';
import type { Outcome } from '../outcome.ts';
import { resolvePath } from '../surroundings.ts';
import type { Surroundings } from '../surroundings.ts';
import { resumeRun } from './resume.ts';
import { trainingOutcome } from './training-outcome.ts';

export interface TrainArguments {
  readonly file?: string | undefined;
  readonly out?: string;
  readonly set: readonly string[];
  readonly data: readonly string[];
  readonly epochs?: number;
  readonly seed?: number;
  readonly seeds?: readonly number[];
  readonly resume?: string;
  /** A run to start from. */
  readonly from?: string;
  /** The most that the engine uses. */
  readonly processors?: number;
}

/** `unroll train`: one run, or one for each seed, each judged on the validation part. */
export async function trainProject(surroundings: Surroundings, given: TrainArguments): Promise<Outcome> {
  if (given.resume !== undefined) return resumeRun(surroundings, { directory: given.resume, file: given.file, epochs: given.epochs, processors: given.processors });
  if (given.file === undefined) {
    return misused(diagnose('wrong-usage', { kind: 'option', option: 'FILE' }, { problem: 'The project file to train is missing.', command: 'train' }));
  }
  const project = await loadProject(surroundings, given.file);
  if (!project.ok) return failedWith(project);
  const document = applyOptions(surroundings, project.value, given);
  if (!document.ok) {
    const isUsage = document.diagnostics.every(({ where }) => where.kind === 'option');
    return isUsage ? misused(...document.diagnostics) : failed(...document.diagnostics);
  }
  const out = given.out === undefined ? null : resolvePath(surroundings, given.out);
  if (out !== null) {
    const free = await checkOutputPlace(surroundings.door, out);
    if (!free.ok) return failedWith(free);
  }
  const seeds = given.seeds ?? [given.seed ?? document.value.training.seed];
  const runs = planRuns(seeds, given.seeds === undefined, out);
  return withEngine(surroundings, async (session) => {
    const trained = await trainAll(session, { ...project.value, document: document.value }, runs, given.from === undefined ? null : resolvePath(surroundings, given.from));
    return trainingOutcome(surroundings, trained, runs.length, project.value.notes);
  }, given.processors);
}

/** The document as the options have it. What they name wrongly is said with the option as its place. */
function applyOptions(surroundings: Surroundings, project: LoadedProject, given: TrainArguments): Result<GraphDocument> {
  const settings = applySettings(project.document, given.set);
  if (!settings.ok) return settings;
  const document = applyData(surroundings, settings.value, project.directory, given.data);
  if (!document.ok || given.epochs === undefined) return document;
  return succeed(applyEdit(document.value, { kind: 'set-training', training: { epochs: given.epochs } }));
}

interface PlannedRun {
  readonly seed: number;
  /** null: a new one in runs/ beside the project. */
  readonly directory: string | null;
}

function planRuns(seeds: readonly number[], isSingle: boolean, out: string | null): readonly PlannedRun[] {
  return seeds.map((seed) => ({ seed, directory: out === null || isSingle ? out : path.join(out, `seed-${seed}`) }));
}

/** What was trained until the end, a failure or a signal. */
export interface TrainedRuns {
  readonly reports: readonly RunReport[];
  readonly failure: readonly Diagnostic[];
  readonly signal: NodeJS.Signals | null;
}

async function trainAll({ engine, progress, stopSignal }: EngineSession, project: LoadedProject, runs: readonly PlannedRun[], from: string | null): Promise<TrainedRuns> {
  const reports: RunReport[] = [];
  const ended = (failure: readonly Diagnostic[] = []): TrainedRuns => ({ reports, failure, signal: stopSignal() });
  const prepared = await engine.prepare({ document: project.document, projectDirectory: project.directory });
  if (!prepared.ok) return ended(prepared.diagnostics);
  for (const [position, { seed, directory }] of runs.entries()) {
    if (stopSignal() !== null) return ended();
    progress.setTitle(runs.length > 1 ? `seed ${seed} (${position + 1} of ${runs.length})  ` : '');
    const report = await engine.train({ prepared: prepared.value.prepared, runDirectory: directory, seed, ...(from === null ? {} : { startFrom: from }) });
    if (!report.ok) return ended(report.diagnostics);
    reports.push(report.value);
  }
  return ended();
}
