import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ScheduleSettings } from '../../../core/graph/training-settings.ts';
import { learningRateOf } from '../../../core/program/schedules/learning-rate.ts';
import type { EpochPoint, TrainingProgressEvent } from '../../../engine/host/training-messages.ts';
import { EngineError } from '../../../engine/session.ts';
import { createProgressReporter } from '../../../engine/training/progress-reporter.ts';
import { createStepTimes } from '../../../engine/training/step-times.ts';
import { runTrainingLoop } from '../../../engine/training/training-loop.ts';
import type { LoopOutcome, LoopTask } from '../../../engine/training/training-loop.ts';
import { countersAtStart, readVariables } from '../../../engine/training/training-state.ts';
import type { TrainingSnapshot } from '../../../engine/training/training-state.ts';
import { fakeSession, oneWeightProgram, scalarTensor } from './fake-session.ts';
import type { FakeSession } from './fake-session.ts';

interface Trial {
  readonly lossAt?: (step: number) => number;
  /** By epoch from 1; none: the training loss counts. */
  readonly validationLosses?: readonly number[];
  readonly epochs?: number;
  readonly stepsPerEpoch?: number;
  readonly patience?: number;
  readonly schedule?: ScheduleSettings;
  readonly stopBeforeStep?: number;
  readonly from?: TrainingSnapshot;
  readonly session?: FakeSession;
  readonly millisecondsPerStep?: number;
}

interface Seen {
  readonly outcome: LoopOutcome;
  readonly session: FakeSession;
  readonly events: readonly (TrainingProgressEvent & { readonly at: number })[];
  readonly epochs: readonly EpochPoint[];
  readonly checkpoints: readonly TrainingSnapshot[];
  readonly pauses: readonly number[];
}

/** Runs the loop on a clock that only a step moves. */
async function train(trial: Trial): Promise<Seen> {
  let now = 0;
  const lossAt = trial.lossAt ?? ((step: number) => 1 / (step + 1));
  const session = trial.session ?? fakeSession(lossAt);
  const events: (TrainingProgressEvent & { at: number })[] = [];
  const epochs: EpochPoint[] = [];
  const checkpoints: TrainingSnapshot[] = [];
  const pauses: number[] = [];
  const start = { counters: trial.from?.counters ?? countersAtStart, kept: trial.from?.kept ?? readVariables(session, oneWeightProgram) };
  const { validationLosses, schedule = { kind: 'constant' } } = trial;
  const rateOf = learningRateOf(schedule, 1, { stepsPerEpoch: trial.stepsPerEpoch ?? 4, epochs: trial.epochs ?? 3 }).at;
  const task: LoopTask = {
    program: oneWeightProgram,
    session,
    feed: {
      stepsPerEpoch: trial.stepsPerEpoch ?? 4,
      order: null,
      rateAt: rateOf,
      batch: (_, __, step, reductions = 0) => {
        now += trial.millisecondsPerStep ?? 1;
        return { feeds: { step: scalarTensor(step) }, weight: 1, learningRate: rateOf(step, reductions), continues: null };
      },
    },
    epochs: trial.epochs ?? 3,
    patience: trial.patience ?? null,
    schedule,
    start,
    validate:
      validationLosses === undefined
        ? null
        : function* () {
            yield;
            return validationLosses[epochs.length + start.counters.epoch]!;
          },
    stopRequested: () => session.steps.length >= (trial.stopBeforeStep ?? Infinity),
    reporter: createProgressReporter('run', (event) => events.push({ ...event, at: now })),
    stepTimes: createStepTimes(),
    epochEnded: (point) => epochs.push(point),
    checkpoint: (snapshot) => checkpoints.push(snapshot),
    clock: {
      now: () => now,
      pause: () => {
        pauses.push(now);
        return Promise.resolve();
      },
    },
  };
  const outcome = await runTrainingLoop(task);
  return { outcome, session, events, epochs, checkpoints, pauses };
}

const weightOf = (variables: TrainingSnapshot['kept']): number => variables.get('parameters')!.values[0]!;
const keptBy = (outcome: LoopOutcome): number => weightOf('snapshot' in outcome ? outcome.snapshot.kept : outcome.kept);

describe('the training loop', () => {
  test('trains every step of every epoch once, in order', async () => {
    const { session, epochs, outcome } = await train({ epochs: 3, stepsPerEpoch: 4 });
    expect(session.steps).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
    expect(epochs.map(({ epoch, step }) => [epoch, step])).toEqual([[1, 4], [2, 8], [3, 12]]);
    expect(outcome.stopped).toBe('completed');
  });

  test("an epoch's training loss is the mean over its batches", async () => {
    const { epochs } = await train({ lossAt: (step) => [1, 2, 4, 8][step]!, epochs: 2, stepsPerEpoch: 2 });
    expect(epochs.map(({ trainingLoss }) => trainingLoss)).toEqual([1.5, 6]);
  });

  test('keeps the weights of the lowest validation loss', async () => {
    const { outcome, epochs } = await train({ validationLosses: [0.5, 0.2, 0.3] });
    expect(epochs.map(({ best }) => best)).toEqual([true, true, false]);
    expect(keptBy(outcome)).toBe(7);
    expect('snapshot' in outcome && outcome.snapshot.counters).toMatchObject({ bestEpoch: 2, bestLoss: 0.2, epoch: 3 });
  });

  test('an equal loss is not a better one', async () => {
    const { epochs } = await train({ validationLosses: [0.5, 0.5, 0.5] });
    expect(epochs.map(({ best }) => best)).toEqual([true, false, false]);
  });

  test('without a validation part keeps the weights of the lowest training loss', async () => {
    const { outcome } = await train({ lossAt: (step) => (step < 4 ? 1 : step < 8 ? 0.5 : 2) });
    expect(keptBy(outcome)).toBe(7);
  });

  test('stops early after `patience` epochs without a better loss', async () => {
    const { outcome, epochs } = await train({ epochs: 10, patience: 2, validationLosses: [0.5, 0.2, 0.3, 0.4, 0.1] });
    expect(outcome.stopped).toBe('early-stopping');
    expect(epochs).toHaveLength(4);
    expect(keptBy(outcome)).toBe(7);
  });

  test('the last epoch ends a run as completed, whatever the patience', async () => {
    const { outcome } = await train({ epochs: 3, patience: 2, validationLosses: [0.1, 0.2, 0.3] });
    expect(outcome.stopped).toBe('completed');
  });

  test('a request to stop ends it before the next step', async () => {
    const { outcome, session } = await train({ stopBeforeStep: 6 });
    expect(session.steps).toEqual([0, 1, 2, 3, 4, 5]);
    expect(outcome).toMatchObject({ stopped: 'cancelled', snapshot: { counters: { epoch: 1, stepInEpoch: 2, step: 6 } } });
  });

  test('a request to stop during validation leaves the epoch open', async () => {
    const { outcome } = await train({ validationLosses: [1, 1, 1], stopBeforeStep: 4 });
    expect(outcome).toMatchObject({ stopped: 'cancelled', snapshot: { counters: { epoch: 0, stepInEpoch: 4, step: 4 } } });
  });

  test.each([[Number.NaN], [Infinity], [-Infinity]])('a loss of %d stops within that batch, names the step and keeps the best weights', async (loss) => {
    const { outcome, session, checkpoints } = await train({ lossAt: (step) => (step === 9 ? loss : 1 / (step + 1)) });
    expect(outcome).toMatchObject({ stopped: 'not-finite', what: 'loss', value: loss, counters: { step: 10, epoch: 2 } });
    expect(session.steps.at(-1)).toBe(9);
    expect(keptBy(outcome)).toBe(7);
    expect(checkpoints.every(({ counters }) => counters.step < 10)).toBe(true);
  });

  test('a validation loss that is not finite stops too', async () => {
    const { outcome } = await train({ validationLosses: [0.5, Number.NaN, 0.1] });
    expect(outcome).toMatchObject({ stopped: 'not-finite', what: 'validation loss', counters: { step: 8 } });
    expect(keptBy(outcome)).toBe(3);
  });

  test('a loss that has grown a million times stops, a thousand times does not', async () => {
    const hopeless = await train({ lossAt: (step) => (step === 2 ? 3e6 : 1) });
    expect(hopeless.outcome).toMatchObject({ stopped: 'diverged', loss: 3e6, counters: { step: 3, firstLoss: 1 } });
    expect((await train({ lossAt: (step) => (step === 2 ? 3e3 : 1) })).outcome.stopped).toBe('completed');
  });

  test('an engine that fails ends the run with the best weights; any other exception is thrown on', async () => {
    const failing = (error: Error) => (step: number) => {
      if (step === 5) throw error;
      return 1;
    };
    const { outcome } = await train({ lossAt: failing(new EngineError('train', 'out of memory')) });
    expect(outcome).toMatchObject({ stopped: 'engine-failed', reason: 'train: out of memory', counters: { step: 5 } });
    expect(keptBy(outcome)).toBe(3);
    await expect(train({ lossAt: failing(new TypeError('a bug')) })).rejects.toThrow('a bug');
  });

  test('sends at most 20 events in any second, and every loss once', async () => {
    const { events, session } = await train({ epochs: 40, stepsPerEpoch: 100, millisecondsPerStep: 1 });
    for (const { at } of events) expect(events.filter((event) => event.at >= at && event.at < at + 1000).length).toBeLessThanOrEqual(20);
    expect(events.length).toBeGreaterThan(40);
    expect(events.flatMap(({ losses }) => losses)).toEqual(session.steps.map((step) => Math.fround(1 / (step + 1))));
    expect(events.flatMap(({ epochsFinished }) => epochsFinished.map(({ epoch }) => epoch))).toEqual(Array.from({ length: 40 }, (_, index) => index + 1));
    expect(events.at(-1)).toMatchObject({ step: 4000 });
  });

  test('never works more than 8 ms, or a longer step, without a pause', async () => {
    const { pauses } = await train({ epochs: 5, stepsPerEpoch: 50, millisecondsPerStep: 3 });
    const gaps = pauses.map((at, index) => at - (pauses[index - 1] ?? 0));
    expect(Math.max(...gaps)).toBeLessThanOrEqual(9);
  });

  test("checkpoints at epochs' ends once a second at most, and every 30 seconds within an epoch", async () => {
    const short = await train({ epochs: 20, stepsPerEpoch: 100, millisecondsPerStep: 1 });
    expect(short.checkpoints.map(({ counters }) => counters.epoch)).toEqual([1, 11]);
    const long = await train({ epochs: 1, stepsPerEpoch: 100, millisecondsPerStep: 1000 });
    expect(long.checkpoints.map(({ counters }) => counters.step)).toEqual([29, 59, 89, 100]);
  });

  test('stopped anywhere and gone on with, it ends where the unbroken run ends', async () => {
    const validationLosses = [0.5, 0.2, 0.4, 0.3, 0.25, 0.1];
    const unbroken = await train({ epochs: 6, patience: 3, validationLosses });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 }), async (stretches) => {
        const session = fakeSession((step) => 1 / (step + 1));
        const epochs: EpochPoint[] = [];
        let from: TrainingSnapshot | undefined;
        let stop = 0;
        for (const stretch of [...stretches, Infinity]) {
          stop += stretch;
          const trial = { epochs: 6, patience: 3, validationLosses, session, stopBeforeStep: stop };
          const part: Seen = await train(from === undefined ? trial : { ...trial, from });
          epochs.push(...part.epochs);
          if (!('snapshot' in part.outcome)) throw new Error(part.outcome.stopped);
          from = part.outcome.snapshot;
          if (part.outcome.stopped !== 'cancelled') break;
        }
        const untimed = (points: readonly EpochPoint[]) => points.map((point) => ({ ...point, seconds: 0 }));
        expect(session.steps).toEqual(unbroken.session.steps);
        expect(untimed(epochs)).toEqual(untimed(unbroken.epochs));
        expect(weightOf(from!.kept)).toBe(keptBy(unbroken.outcome));
        expect({ ...from!.counters, secondsInEpoch: 0 }).toEqual(
          'snapshot' in unbroken.outcome && { ...unbroken.outcome.snapshot.counters, secondsInEpoch: 0 },
        );
      }),
      { numRuns: 50 },
    );
  });
});
