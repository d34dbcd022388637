import { seedFor, shuffledOrder } from '../../core/program/random.ts';
import type { BatchSource } from '../../core/forecast/batches.ts';
import type { Samples } from '../../core/forecast/windows.ts';
import type { Entry } from '../../core/program/program.ts';
import type { NamedTensors, TensorData } from '../session.ts';
import { entryInputNames } from './entry-inputs.ts';
import { createBatchWriter, sampleWeights } from './sample-batches.ts';
import type { BatchWriter } from './sample-batches.ts';

/** What a training step is fed, as a function of where it stands in the run: nothing else is remembered between steps. */
export interface TrainingFeed {
  readonly stepsPerEpoch: number;
  /**
   * Feeds of the step `stepInEpoch` (from 0) of the epoch (from 0), the run's `step`-th (from 0), and the sum of its target
   * weights. The tensors hold until the next call.
   */
  readonly batch: (epoch: number, stepInEpoch: number, step: number) => { readonly feeds: NamedTensors; readonly weight: number };
}

export interface TrainingFeedSettings {
  readonly batchSize: number;
  readonly learningRate: number;
  readonly seed: number;
}

/** Batches shuffled anew each epoch by the run's seed; the last one holds what is left. */
export function createTrainingFeed(source: BatchSource, samples: Samples, entry: Entry, settings: TrainingFeedSettings): TrainingFeed {
  const { seed, learningRate } = settings;
  const batchSize = Math.min(settings.batchSize, samples.count);
  const stepsPerEpoch = Math.ceil(samples.count / batchSize);
  const names = entryInputNames(entry);
  const weightOfSample = sampleWeights(source, samples);
  const fullBatches = createBatchWriter(source, entry, batchSize);
  const lastCount = samples.count - (stepsPerEpoch - 1) * batchSize;
  const lastBatch = lastCount === batchSize ? fullBatches : createBatchWriter(source, entry, lastCount);
  const rate: TensorData = { type: 'float', shape: [], values: Float32Array.of(learningRate) };
  let order: Uint32Array = new Uint32Array();
  let orderedEpoch = -1;

  function withScalars(writer: BatchWriter, picks: Uint32Array, step: number): NamedTensors {
    const feeds: Record<string, TensorData> = { ...writer.write(samples, picks) };
    if (names.learningRate !== null) feeds[names.learningRate] = rate;
    for (const { input, node } of names.seeds) feeds[input] = { type: 'integer', shape: [2], values: seedFor(seed, node, step) };
    return feeds;
  }

  return {
    stepsPerEpoch,
    batch: (epoch, stepInEpoch, step) => {
      if (epoch !== orderedEpoch) {
        order = shuffledOrder(seed, epoch, samples.count);
        orderedEpoch = epoch;
      }
      const start = stepInEpoch * batchSize;
      const picks = order.subarray(start, Math.min(start + batchSize, samples.count));
      let weight = 0;
      for (const pick of picks) weight += weightOfSample[pick]!;
      return { feeds: withScalars(stepInEpoch === stepsPerEpoch - 1 ? lastBatch : fullBatches, picks, step), weight };
    },
  };
}
