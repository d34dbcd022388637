import { diagnose } from '../../core/diagnostics/diagnose.ts';
import type { Diagnostic } from '../../core/diagnostics/diagnostic.ts';
import { succeed } from '../../core/diagnostics/result.ts';
import type { Result } from '../../core/diagnostics/result.ts';
import { serializeDocument } from '../../core/document/serialize-document.ts';
import type { GraphDocument } from '../../core/graph/graph-document.ts';
import { openRun } from '../../engine/runs/run-directory.ts';
import { withEngine } from '../engine-session.ts';
import { loadProject } from '../load-project.ts';
import { failedWith } from '../outcome.ts';
import type { Outcome } from '../outcome.ts';
import { resolvePath } from '../surroundings.ts';
import type { Surroundings } from '../surroundings.ts';
import { trainingOutcome } from './training-outcome.ts';

export interface ResumeArguments {
  readonly directory: string;
  readonly file: string | undefined;
  readonly epochs: number | undefined;
  readonly processors: number | undefined;
}

/** `unroll train --resume`: goes on with a run as it was trained; a project that has changed since is warned of. */
export async function resumeRun(surroundings: Surroundings, given: ResumeArguments): Promise<Outcome> {
  const directory = resolvePath(surroundings, given.directory);
  const notes = given.file === undefined ? succeed([]) : await compareWithRun(surroundings, given.file, directory);
  if (!notes.ok) return failedWith(notes);
  return withEngine(surroundings, async ({ engine, stopSignal }) => {
    const report = await engine.resume({ runDirectory: directory, ...(given.epochs === undefined ? {} : { epochs: given.epochs }) });
    const trained = report.ok
      ? { reports: [report.value], failure: [], signal: stopSignal() }
      : { reports: [], failure: report.diagnostics, signal: stopSignal() };
    return trainingOutcome(surroundings, trained, 1, notes.value);
  }, given.processors);
}

async function compareWithRun(surroundings: Surroundings, file: string, directory: string): Promise<Result<readonly Diagnostic[]>> {
  const project = await loadProject(surroundings, file);
  if (!project.ok) return project;
  const run = await openRun(surroundings.door, directory);
  if (!run.ok) return run;
  const isSame = experimentOf(project.value.document) === experimentOf(run.value.document);
  return succeed(isSame ? [] : [diagnose('project-changed-since-run', { kind: 'run', directory }, { file, directory })]);
}

/** A document without what may differ from its run's: where nodes stand, what it is called, how long and from which seed it trains. */
function experimentOf(document: GraphDocument): string {
  const training = { ...document.training, epochs: 1, seed: 0 };
  return serializeDocument({ ...document, name: '-', data: [], layout: {}, training });
}
