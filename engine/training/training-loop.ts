import type { ScheduleSettings } from '../../core/graph/training-settings.ts';
import type { Program } from '../../core/program/program.ts';
import { afterEpoch } from '../../core/program/schedules/plateau.ts';
import type { EpochPoint } from '../host/training-messages.ts';
import type { Session } from '../session.ts';
import { EngineError } from '../session.ts';
import { createCarriedStates } from './carried-states.ts';
import type { ProgressReporter } from './progress-reporter.ts';
import type { StepTimes } from './step-times.ts';
import type { TrainingFeed } from './training-feed.ts';
import { patienceIsOver, readModel, readVariables } from './training-state.ts';
import type { TrainingCounters, TrainingSnapshot, Variables } from './training-state.ts';

export interface LoopTask {
  readonly program: Program;
  /** Holds the variables that the run starts or goes on with. */
  readonly session: Session;
  readonly feed: TrainingFeed;
  readonly epochs: number;
  readonly patience: number | null;
  readonly schedule: ScheduleSettings;
  readonly start: Pick<TrainingSnapshot, 'counters' | 'kept' | 'carried'>;
  /** The loss by which epochs are compared; null: the training loss. */
  readonly validate: (() => Generator<undefined, number>) | null;
  readonly stopRequested: () => boolean;
  readonly reporter: ProgressReporter;
  readonly stepTimes: StepTimes;
  readonly epochEnded: (point: EpochPoint) => void;
  readonly checkpoint: (snapshot: TrainingSnapshot) => void;
  readonly clock: LoopClock;
}

export interface LoopClock {
  /** Milliseconds from any origin. */
  readonly now: () => number;
  /** Lets the event loop handle what waits: messages, files. */
  readonly pause: () => Promise<void>;
}

export type LoopOutcome =
  | { readonly stopped: 'completed' | 'early-stopping' | 'cancelled'; readonly snapshot: TrainingSnapshot }
  | {
      readonly stopped: 'not-finite';
      readonly what: 'loss' | 'gradient' | 'validation loss';
      readonly value: number;
      readonly counters: TrainingCounters;
      readonly kept: Variables;
    }
  | { readonly stopped: 'diverged'; readonly loss: number; readonly counters: TrainingCounters; readonly kept: Variables }
  | { readonly stopped: 'engine-failed'; readonly reason: string; readonly counters: TrainingCounters; readonly kept: Variables };

/** A loss that grew so much does not come back; added to 1 because scaled targets make losses of about 1. */
const hopelessGrowth = 1e6;
const millisecondsBeforePause = 8;
const millisecondsBetweenEpochCheckpoints = 1_000;
const millisecondsBetweenStepCheckpoints = 30_000;

type MutableCounters = { -readonly [Name in keyof TrainingCounters]: TrainingCounters[Name] };

/**
 * Trains until the epochs are over, patience is, somebody asks to stop, or the loss is not finite or has grown a million
 * times (saturating cells and Adam keep a hopeless loss finite for ever). One call to the engine a step; never more than a step,
 * or 8 ms of them, without letting the event loop run. The end state depends on the program, the variables, the feed and the
 * counters alone: not on time, pauses or checkpoints.
 */
export async function runTrainingLoop(task: LoopTask): Promise<LoopOutcome> {
  const { clock, feed, reporter, session, stepTimes } = task;
  const counters: MutableCounters = { ...task.start.counters };
  let kept = task.start.kept;
  const carried = createCarriedStates(task.program.entries.train, task.start.carried);
  const wanted = ['loss', 'gradientNorm', ...carried.outputs];
  let lastPause = clock.now();
  let lastCheckpoint = -Infinity;
  let epochStarted = clock.now() - counters.secondsInEpoch * 1000;

  const snapshot = (): TrainingSnapshot => ({
    counters: { ...counters, secondsInEpoch: (clock.now() - epochStarted) / 1000 },
    variables: readVariables(session, task.program),
    kept,
    ...(carried.outputs.length > 0 && { carried: carried.now() }),
  });
  const saveIfOlderThan = (milliseconds: number): void => {
    if (clock.now() - lastCheckpoint < milliseconds) return;
    lastCheckpoint = clock.now();
    task.checkpoint(snapshot());
  };
  const breathe = async (): Promise<void> => {
    reporter.tick(clock.now(), counters, stepTimes.recentMedian);
    if (clock.now() - lastPause < millisecondsBeforePause) return;
    await clock.pause();
    lastPause = clock.now();
  };
  const notFinite = (what: 'loss' | 'gradient' | 'validation loss', value: number): LoopOutcome => ({
    stopped: 'not-finite',
    what,
    value,
    counters: { ...counters },
    kept,
  });

  async function trainEpoch(): Promise<LoopOutcome | null> {
    while (counters.stepInEpoch < feed.stepsPerEpoch) {
      if (task.stopRequested()) return { stopped: 'cancelled', snapshot: snapshot() };
      const began = clock.now();
      const { feeds, weight, learningRate, continues } = feed.batch(counters.epoch, counters.stepInEpoch, counters.step, counters.plateau.reductions);
      const outputs = session.run('train', continues === null ? feeds : { ...feeds, ...carried.feeds(continues) }, wanted);
      if (continues !== null) carried.keep(outputs);
      const loss = outputs['loss']!.values[0]!;
      const gradientNorm = outputs['gradientNorm']!.values[0]!;
      stepTimes.add(clock.now() - began);
      counters.stepInEpoch += 1;
      counters.step += 1;
      if (!Number.isFinite(loss)) return notFinite('loss', loss);
      if (!Number.isFinite(gradientNorm)) return notFinite('gradient', gradientNorm);
      counters.firstLoss ??= loss;
      if (loss > hopelessGrowth * (1 + counters.firstLoss)) return { stopped: 'diverged', loss, counters: { ...counters }, kept };
      counters.lossSum += loss * weight;
      counters.weightSum += weight;
      reporter.step(loss, gradientNorm, learningRate);
      if (counters.stepInEpoch < feed.stepsPerEpoch) saveIfOlderThan(millisecondsBetweenStepCheckpoints);
      await breathe();
    }
    return null;
  }

  async function judgeEpoch(): Promise<LoopOutcome | null> {
    const trainingLoss = counters.lossSum / counters.weightSum;
    let validationLoss: number | null = null;
    if (task.validate !== null) {
      const work = task.validate();
      for (let part = work.next(); ; part = work.next()) {
        if (part.done === true) {
          validationLoss = part.value;
          break;
        }
        if (task.stopRequested()) {
          work.return(Number.NaN);
          return { stopped: 'cancelled', snapshot: snapshot() };
        }
        await breathe();
      }
      if (!Number.isFinite(validationLoss)) return notFinite('validation loss', validationLoss);
    }
    const loss = validationLoss ?? trainingLoss;
    const best = loss < counters.bestLoss;
    counters.epoch += 1;
    if (best) {
      kept = readModel(session, task.program);
      counters.bestLoss = loss;
      counters.bestEpoch = counters.epoch;
    }
    const seconds = (clock.now() - epochStarted) / 1000;
    const learningRate = feed.rateAt(counters.step - 1, counters.plateau.reductions);
    const point: EpochPoint = { epoch: counters.epoch, step: counters.step, trainingLoss, validationLoss, best, learningRate, seconds };
    counters.plateau = afterEpoch(counters.plateau, task.schedule, counters.epoch, best);
    counters.stepInEpoch = 0;
    counters.lossSum = 0;
    counters.weightSum = 0;
    epochStarted = clock.now();
    reporter.epoch(point);
    task.epochEnded(point);
    saveIfOlderThan(millisecondsBetweenEpochCheckpoints);
    return null;
  }

  async function train(): Promise<LoopOutcome> {
    lastCheckpoint = clock.now() - millisecondsBetweenEpochCheckpoints;
    while (counters.epoch < task.epochs) {
      if (patienceIsOver(counters, task.patience)) return { stopped: 'early-stopping', snapshot: snapshot() };
      const ended = (await trainEpoch()) ?? (await judgeEpoch());
      if (ended !== null) return ended;
    }
    return { stopped: 'completed', snapshot: snapshot() };
  }

  try {
    return await train();
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    return { stopped: 'engine-failed', reason: error.message, counters: { ...counters }, kept };
  } finally {
    reporter.flush(clock.now(), counters, stepTimes.recentMedian);
  }
}

/** The real clock: pauses until the event loop has gone round once. */
export const realClock: LoopClock = {
  now: () => performance.now(),
  pause: () => new Promise((resolve) => void setImmediate(resolve)),
};
