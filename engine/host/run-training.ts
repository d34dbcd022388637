import { diagnose } from '../../core/diagnostics/diagnose.ts';
import type { Diagnostic } from '../../core/diagnostics/diagnostic.ts';
import { fail, succeed } from '../../core/diagnostics/result.ts';
import type { Result } from '../../core/diagnostics/result.ts';
import { learningRateOf } from '../../core/program/schedules/learning-rate.ts';
import { reportOf } from '../runs/new-record.ts';
import { createRunWriter } from '../runs/run-writer.ts';
import type { RunRecord } from '../runs/run-record.ts';
import type { RunReport } from '../runs/run-report.ts';
import type { Session } from '../session.ts';
import { entryOf } from '../training/entry-inputs.ts';
import type { Experiment } from '../training/prepare-experiment.ts';
import { createProgressReporter } from '../training/progress-reporter.ts';
import { createStepTimes } from '../training/step-times.ts';
import { createTrainingFeed } from '../training/training-feed.ts';
import { runTrainingLoop } from '../training/training-loop.ts';
import type { LoopOutcome } from '../training/training-loop.ts';
import { readModel, withAverage, writeVariables } from '../training/training-state.ts';
import type { TrainingCounters, TrainingSnapshot, Variables } from '../training/training-state.ts';
import { validationLoss } from '../training/validation-loss.ts';
import { judgeRun } from './judge-run.ts';
import { scanWarnings } from './scan-warnings.ts';
import type { Workbench } from './workbench.ts';

export interface RunTask {
  readonly directory: string;
  readonly experiment: Experiment;
  /** Holds the variables that the run starts or goes on with. */
  readonly session: Session;
  /** Of the run so far, or a new one's. */
  readonly record: RunRecord;
  readonly start: Pick<TrainingSnapshot, 'counters' | 'kept' | 'carried'>;
  readonly epochs: number;
  /** What is to be said of it beside what training finds. */
  readonly warnings?: readonly Diagnostic[];
  readonly stopRequested: () => boolean;
}

/**
 * Trains a run whose directory stands, from a start or a checkpoint, then judges the kept weights on the validation part.
 * A loss that is not finite and a failing engine are failures; the run and its best weights lie on the disk all the same.
 */
export async function runTraining(workbench: Workbench, task: RunTask): Promise<Result<RunReport>> {
  const { directory, experiment, session, stopRequested } = task;
  const { program, dataset, document } = experiment;
  const { clock } = workbench;
  const { training, validation } = dataset.plan.samples;
  const { batchSize, optimizer, schedule, earlyStoppingPatience } = document.training;
  const { seed } = task.record;
  const { learningRate } = optimizer;
  const feed = createTrainingFeed(dataset.feeds, training, entryOf(program, 'train'), {
    batchSize,
    learningRate: (stepsPerEpoch) => learningRateOf(schedule, learningRate, { stepsPerEpoch, epochs: task.epochs }),
    seed,
  });
  const stepTimes = createStepTimes();
  const warnings: Diagnostic[] = [...experiment.diagnostics, ...(task.warnings ?? [])];
  const backend = await workbench.backendFor(experiment);
  if (backend.ok) warnings.push(...scanWarnings(entryOf(program, 'train'), backend.value));
  if (batchSize > training.count) {
    warnings.push(diagnose('batch-larger-than-data', { kind: 'value', path: ['training', 'batchSize'] }, { batchSize, windows: training.count }));
  }
  if (feed.order !== null && feed.order.stretches > feed.order.runs) {
    const { runs, stretches, batches } = feed.order;
    warnings.push(diagnose('stateful-pieces', { kind: 'value', path: ['training', 'batchSize'] }, { series: runs, stretches, batchSize: Math.min(batchSize, training.count), windows: batches.length }));
  }
  if (validation.count === 0) warnings.push(diagnose('no-validation-windows', { kind: 'node', node: experiment.model.data.windowNode }, {}));

  const recordAt = (counters: TrainingCounters): RunRecord => ({
    ...task.record,
    stepsPerEpoch: feed.stepsPerEpoch,
    epochs: counters.epoch,
    steps: counters.step,
    msPerStep: stepTimes.median() ?? task.record.msPerStep,
    bestEpoch: counters.bestEpoch,
    bestLoss: Number.isFinite(counters.bestLoss) ? counters.bestLoss : null,
    finished: null,
    stopped: 'interrupted',
  });
  const writer = createRunWriter({
    files: workbench.services.files,
    directory,
    program,
    recordAt,
    warn: (diagnostic) => {
      warnings.push(diagnostic);
      workbench.send({ kind: 'warning', diagnostic });
    },
  });

  workbench.phase('training');
  workbench.send({
    kind: 'training-started',
    run: directory,
    seed,
    epochs: task.epochs,
    stepsPerEpoch: feed.stepsPerEpoch,
    parameters: task.record.parameters,
    finishedEpochs: task.start.counters.epoch,
    finishedSteps: task.start.counters.step,
  });
  const outcome = await runTrainingLoop({
    program,
    session,
    feed,
    epochs: task.epochs,
    patience: earlyStoppingPatience,
    schedule,
    start: task.start,
    validate: validation.count === 0 ? null : () => withAverage(session, program, validationLoss(session, program, experiment.model.targets, dataset.feeds, validation)),
    stopRequested,
    reporter: createProgressReporter(directory, workbench.send),
    stepTimes,
    epochEnded: writer.epochEnded,
    checkpoint: writer.checkpoint,
    clock,
  });

  const counters = 'snapshot' in outcome ? outcome.snapshot.counters : outcome.counters;
  const kept = keptWeights(outcome, session, experiment);
  const record: RunRecord = { ...recordAt(counters), finished: new Date().toISOString(), stopped: outcome.stopped };
  const finished = await writer.finish('snapshot' in outcome ? outcome.snapshot : null, kept, record);
  if (!finished.ok) return fail(...finished.diagnostics, ...failureOf(outcome, directory, learningRate));
  const failures = failureOf(outcome, directory, learningRate);
  if (failures.length > 0) return fail(...failures);

  writeVariables(session, kept);
  if (validation.count === 0) return succeed(reportOf(directory, record, null, warnings));
  const judged = await judgeRun(workbench, { directory, experiment, session, record, part: 'validation' });
  return judged.ok ? succeed(reportOf(directory, judged.value.record, 'validation', [...warnings, ...judged.value.diagnostics])) : judged;
}

/** The best epoch's weights; before an epoch has ended, those of now, where they are sound. */
function keptWeights(outcome: LoopOutcome, session: Session, { program }: Experiment): Variables {
  if (!('snapshot' in outcome)) return outcome.kept;
  const { counters, kept } = outcome.snapshot;
  return counters.bestEpoch > 0 ? kept : readModel(session, program);
}

function failureOf(outcome: LoopOutcome, directory: string, learningRate: number): readonly Diagnostic[] {
  switch (outcome.stopped) {
    case 'completed':
    case 'early-stopping':
    case 'cancelled':
      return [];
    case 'not-finite': {
      const { step, epoch } = outcome.counters;
      const value = Number.isNaN(outcome.value) ? 'NaN' : 'infinite';
      const facts = { what: outcome.what, value, step, epoch: epoch + 1, learningRate, kept: whatIsKept(outcome.counters) };
      return [diagnose('loss-not-finite', { kind: 'run', directory, step }, facts)];
    }
    case 'diverged': {
      const { step, epoch, firstLoss } = outcome.counters;
      const facts = { from: inWords(firstLoss ?? 0), to: inWords(outcome.loss), step, epoch: epoch + 1, learningRate, kept: whatIsKept(outcome.counters) };
      return [diagnose('training-diverged', { kind: 'run', directory, step }, facts)];
    }
    case 'engine-failed': {
      const step = outcome.counters.step + 1;
      return [diagnose('engine-failed', { kind: 'run', directory, step }, { step, reason: outcome.reason })];
    }
  }
}

function whatIsKept({ bestEpoch }: TrainingCounters): string {
  return bestEpoch === 0 ? 'no epoch had ended, so the weights are those of the start' : `the weights of epoch ${bestEpoch} are kept`;
}

function inWords(loss: number): string {
  return loss >= 1e6 ? loss.toExponential(1) : String(Number(loss.toPrecision(3)));
}
