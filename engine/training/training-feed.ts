import { seedFor, shuffledOrder } from '../../core/program/random.ts';
import type { LearningRate } from '../../core/program/schedules/learning-rate.ts';
import type { SampleFeeds } from '../../core/forecast/target-batches.ts';
import type { Samples } from '../../core/forecast/windows.ts';
import type { Entry } from '../../core/program/program.ts';
import type { NamedTensors, TensorData } from '../session.ts';
import { entryInputNames } from './entry-inputs.ts';
import { createBatchWriter, sampleWeights } from './sample-batches.ts';
import type { BatchWriter } from './sample-batches.ts';

/** What a training step is fed, as a function of where it stands in the run: nothing else is remembered between steps. */
export interface TrainingFeed {
  readonly stepsPerEpoch: number;
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
}

export interface TrainingFeedSettings {
  readonly batchSize: number;
  /** A constant rate, or how it goes on in a run of so many steps an epoch. */
  readonly learningRate: number | ((stepsPerEpoch: number) => LearningRate);
  readonly seed: number;
}

/** Batches shuffled anew each epoch by the run's seed; the last one holds what is left. */
export function createTrainingFeed(source: SampleFeeds, samples: Samples, entry: Entry, settings: TrainingFeedSettings): TrainingFeed {
  const { seed } = settings;
  const batchSize = Math.min(settings.batchSize, samples.count);
  const stepsPerEpoch = Math.ceil(samples.count / batchSize);
  const names = entryInputNames(entry);
  const weightOfSample = sampleWeights(source, samples);
  const fullBatches = createBatchWriter(source, entry, batchSize);
  const lastCount = samples.count - (stepsPerEpoch - 1) * batchSize;
  const lastBatch = lastCount === batchSize ? fullBatches : createBatchWriter(source, entry, lastCount);
  const rate: LearningRate = typeof settings.learningRate === 'number' ? constantRate(settings.learningRate) : settings.learningRate(stepsPerEpoch);
  const rateTensor = { type: 'float', shape: [], values: new Float32Array(1) } as const satisfies TensorData;
  let order: Uint32Array = new Uint32Array();
  let orderedEpoch = -1;

  function withScalars(writer: BatchWriter, picks: Uint32Array, epoch: number, step: number): NamedTensors {
    const feeds: Record<string, TensorData> = { ...writer.write(samples, picks, { seed, round: epoch, keepsEnds: false }) };
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
    rateAt: rate.at,
    batch: (epoch, stepInEpoch, step, reductions = 0) => {
      if (epoch !== orderedEpoch) {
        order = shuffledOrder(seed, epoch, samples.count);
        orderedEpoch = epoch;
      }
      const start = stepInEpoch * batchSize;
      const picks = order.subarray(start, Math.min(start + batchSize, samples.count));
      const learningRate = rate.at(step, reductions);
      rateTensor.values[0] = learningRate;
      const feeds = withScalars(stepInEpoch === stepsPerEpoch - 1 ? lastBatch : fullBatches, picks, epoch, step);
      return { feeds, weight: weightOf(picks, feeds), learningRate };
    },
  };
}

function constantRate(rate: number): LearningRate {
  return { at: () => rate };
}
