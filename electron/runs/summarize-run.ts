import { succeed } from '../../core/diagnostics/result.ts';
import type { Result } from '../../core/diagnostics/result.ts';
import { describeDifferences } from '../../core/document/describe-differences.ts';
import type { FileDoor } from '../../engine/files/file-door.ts';
import type { EpochPoint } from '../../engine/host/training-messages.ts';
import { readHistory } from '../../engine/runs/history.ts';
import { reportOf } from '../../engine/runs/new-record.ts';
import type { StoredRun } from '../../engine/runs/run-directory.ts';
import type { RunDetails, RunHandle, RunSummary } from '../ipc/run-messages.ts';

/** A run in a line. `before`: the run that was started before it. `isUnderWay`: in this window, now. */
export function summarizeRun(
  run: RunHandle,
  { directory, record, document }: StoredRun,
  history: readonly EpochPoint[],
  before: StoredRun | null,
  isUnderWay: boolean,
): RunSummary {
  const { validation } = record.evaluation;
  const epochsWanted = document.training.epochs;
  const stoppedBefore = record.stopped === 'cancelled' || record.stopped === 'interrupted' || record.stopped === 'engine-failed' || record.stopped === 'imported';
  return {
    run,
    name: nameOf(directory),
    startedAt: Date.parse(record.started),
    seed: record.seed,
    epochs: record.epochs,
    epochsWanted,
    seconds: history.reduce((sum, { seconds }) => sum + seconds, 0),
    stopped: isUnderWay ? null : record.stopped,
    resumable: !isUnderWay && stoppedBefore && record.epochs < epochsWanted,
    parameters: record.parameters,
    score: validation === undefined ? null : { mse: validation.scores.mse, mae: validation.scores.mae },
    skill: (validation?.skill.naive ?? validation?.skill.shares ?? validation?.skill.mean)?.skill ?? null,
    verdict: validation?.verdict ?? null,
    changes: before === null ? [] : differencesOfRuns(before, { document, record }),
  };
}

/** Everything about a run. Its directory is not told: the window knows runs by their handles. */
export async function describeRun(door: FileDoor, run: RunHandle, stored: StoredRun, before: StoredRun | null, isUnderWay: boolean): Promise<Result<RunDetails>> {
  const history = await readHistory(door, stored.directory);
  if (!history.ok) return history;
  const part = stored.record.evaluation.validation === undefined ? null : 'validation';
  return succeed({
    summary: summarizeRun(run, stored, history.value, before, isUnderWay),
    document: stored.document,
    report: isUnderWay ? null : reportOf(nameOf(stored.directory), stored.record, part, []),
    history: history.value,
  });
}

/** What the second run was given that the first was not. */
export function differencesOfRuns(first: Pick<StoredRun, 'document' | 'record'>, second: Pick<StoredRun, 'document' | 'record'>): readonly string[] {
  const seeded = ({ document, record }: typeof first) => ({ ...document, training: { ...document.training, seed: record.seed } });
  return describeDifferences(seeded(first), seeded(second));
}

function nameOf(directory: string): string {
  return directory.split(/[\\/]/).at(-1) ?? directory;
}
