import path from 'node:path';
import type { Diagnostic } from '../../core/diagnostics/diagnostic.ts';
import { succeed } from '../../core/diagnostics/result.ts';
import type { Result } from '../../core/diagnostics/result.ts';
import { runFiles } from '../runs/run-directory.ts';
import { serializeRunRecord } from '../runs/run-record.ts';
import type { RunRecord } from '../runs/run-record.ts';
import type { EvaluatedPart } from '../runs/run-report.ts';
import type { Session } from '../session.ts';
import { evaluatePart } from '../training/evaluate-part.ts';
import type { Experiment } from '../training/prepare-experiment.ts';
import type { Workbench } from './workbench.ts';

export interface JudgeTask {
  readonly directory: string;
  readonly experiment: Experiment;
  /** Holds the kept weights. */
  readonly session: Session;
  readonly record: RunRecord;
  /** Holds a window. */
  readonly part: EvaluatedPart;
}

/** Judges the kept weights on a part and writes the result into the run's record. */
export async function judgeRun(
  workbench: Workbench,
  { directory, experiment, session, record, part }: JudgeTask,
): Promise<Result<{ readonly record: RunRecord; readonly diagnostics: readonly Diagnostic[] }>> {
  workbench.phase('evaluating');
  const { program, dataset, linearFit } = experiment;
  const { evaluation, diagnostics } = await workbench.unhurried(evaluatePart(session, program, dataset, part, linearFit));
  const judged: RunRecord = { ...record, evaluation: { ...record.evaluation, [part]: evaluation } };
  const bytes = new TextEncoder().encode(serializeRunRecord(judged));
  const written = await workbench.services.files.writeAtomically(path.join(directory, runFiles.record), bytes);
  return written.ok ? succeed({ record: judged, diagnostics }) : written;
}
