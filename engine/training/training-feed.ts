import { seedFor, shuffledOrder } from '../../core/program/random.ts';
import type { LearningRate } from '../../core/program/schedules/learning-rate.ts';
import type { SampleFeeds } from '../../core/forecast/target-batches.ts';
import type { Samples } from '../../core/forecast/windows.ts';
import { readingOrder } from '../../core/forecast/window-runs.ts';
import type { ReadingOrder } from '../../core/forecast/window-runs.ts';
import type { Entry } from '../../core/program/program.ts';
import type { NamedTensors, TensorData } from '../session.ts';
import { carriesStates } from './carried-states.ts';
import { entryInputNames } from './entry-inputs.ts';
import { createBatchWriter, sampleWeights } from './sample-batches.ts';
import type { BatchWriter } from './sample-batches.ts';

/** What a training step is fed, as a function of where it stands in the run: nothing else is remembered between steps. */
export interface TrainingFeed {
  readonly stepsPerEpoch: number;
  /** How windows follow each other, where states are carried; null: they are shuffled. */
  readonly order: ReadingOrder | null;
  /** The learning rate of the run's `step`-th step, from 0, after so many reductions by plateaus. */
  readonly rateAt: (step: number, reductions: number) => number;
  /**
   * Feeds of the step `stepInEpoch` (from 0) of the epoch (from 0), the run's `step`-th (from 0), when plateaus have reduced the
   * learning rate so many times. The tensors hold until the next call.
   */
  readonly batch: (epoch: number, stepInEpoch: number, step: number, reductions?: number) => FedStep;
}

export interface FedStep {
  readonly feeds: NamedTensors;
  /** The sum of the batch's target weights. */
  readonly weight: number;
  readonly learningRate: number;
  /** Rows that go on where the same row of the step before ended; null where nothing is carried. */
  readonly continues: Uint8Array | null;
}

export interface TrainingFeedSettings {
  readonly batchSize: number;
  /** A constant rate, or how it goes on in a run of so many steps an epoch. */
  readonly learningRate: number | ((stepsPerEpoch: number) => LearningRate);
  readonly seed: number;
}

/** Batches shuffled anew each epoch by the run's seed, the last one with what is left; in one fixed order where states are carried. */
export function createTrainingFeed(source: SampleFeeds, samples: Samples, entry: Entry, settings: TrainingFeedSettings): TrainingFeed {
  const { seed } = settings;
  const batchSize = Math.min(settings.batchSize, samples.count);
  const reading = carriesStates(entry) ? readingOrder(samples, source.inputs.settings.window, batchSize) : null;
  const stepsPerEpoch = reading?.batches.length ?? Math.ceil(samples.count / batchSize);
  const names = entryInputNames(entry);
  const weightOfSample = sampleWeights(source, samples);
  const writers = new Map<number, BatchWriter>();
  const rate: LearningRate = typeof settings.learningRate === 'number' ? constantRate(settings.learningRate) : settings.learningRate(stepsPerEpoch);
  const rateTensor = { type: 'float', shape: [], values: new Float32Array(1) } as const satisfies TensorData;
  let order: Uint32Array = new Uint32Array();
  let orderedEpoch = -1;

  function writerFor(count: number): BatchWriter {
    const known = writers.get(count);
    if (known !== undefined) return known;
    const writer = createBatchWriter(source, entry, count);
    writers.set(count, writer);
    return writer;
  }

  function withScalars(picks: Uint32Array, epoch: number, step: number): NamedTensors {
    const feeds: Record<string, TensorData> = { ...writerFor(picks.length).write(samples, picks, { seed, round: epoch, keepsEnds: false }) };
    if (names.learningRate !== null) feeds[names.learningRate] = rateTensor;
    for (const { input, node } of names.seeds) feeds[input] = { type: 'integer', shape: [2], values: seedFor(seed, node, step) };
    return feeds;
  }

  function weightOf(picks: Uint32Array, feeds: NamedTensors): number {
    let weight = 0;
    if (weightOfSample === null) for (const value of feeds[names.targets[0]!.weights]!.values) weight += value;
    // By index: an iterator over numbers costs more than the sum.
    else for (let index = 0; index < picks.length; index += 1) weight += weightOfSample[picks[index]!]!;
    return weight;
  }

  return {
    stepsPerEpoch,
    order: reading,
    rateAt: rate.at,
    batch: (epoch, stepInEpoch, step, reductions = 0) => {
      if (reading === null && epoch !== orderedEpoch) {
        order = shuffledOrder(seed, epoch, samples.count);
        orderedEpoch = epoch;
      }
      const start = stepInEpoch * batchSize;
      const ordered = reading?.batches[stepInEpoch];
      const picks = ordered?.picks ?? order.subarray(start, Math.min(start + batchSize, samples.count));
      const learningRate = rate.at(step, reductions);
      rateTensor.values[0] = learningRate;
      const feeds = withScalars(picks, epoch, step);
      return { feeds, weight: weightOf(picks, feeds), learningRate, continues: ordered?.continues ?? null };
    },
  };
}

function constantRate(rate: number): LearningRate {
  return { at: () => rate };
}
