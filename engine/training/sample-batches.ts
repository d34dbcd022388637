import { writeInputs, writeTargets } from '../../core/forecast/batches.ts';
import type { BatchSource } from '../../core/forecast/batches.ts';
import type { Samples } from '../../core/forecast/windows.ts';
import type { Entry } from '../../core/program/program.ts';
import type { NamedTensors, TensorData } from '../session.ts';
import { entryInputNames } from './entry-inputs.ts';

/** Batches of one size, in arrays that are used again: a call's tensors hold until the next call. */
export interface BatchWriter {
  readonly write: (samples: Samples, picks: ArrayLike<number>) => NamedTensors;
}

/** Fills the data inputs that an entry asks for with batches of exactly `size` samples. */
export function createBatchWriter(source: BatchSource, entry: Entry, size: number): BatchWriter {
  const { window, horizon, inputColumns, targetColumns, sequenceTargets } = source.settings;
  const names = entryInputNames(entry);
  const width = horizon * targetColumns.length;
  const targetShape = sequenceTargets ? [size, window, width] : [size, width];
  const inputs = floatTensor([size, window, inputColumns.length]);
  const targets = floatTensor(names.targets === null ? [0] : targetShape);
  const weights = floatTensor(names.targets === null ? [0] : targetShape);
  const feeds: Record<string, TensorData> = {};
  if (names.inputs !== null) feeds[names.inputs] = inputs;
  if (names.targets !== null) feeds[names.targets] = targets;
  if (names.weights !== null) feeds[names.weights] = weights;
  return {
    write: (samples, picks) => {
      writeInputs(source, samples, picks, inputs.values);
      if (names.targets !== null) writeTargets(source, samples, picks, targets.values, weights.values);
      return feeds;
    },
  };
}

/** Walks through samples in their order, in batches of `size` and a smaller last one. */
export function* batchesInOrder(
  source: BatchSource,
  entry: Entry,
  samples: Samples,
  size: number,
): Generator<{ readonly start: number; readonly count: number; readonly feeds: NamedTensors }> {
  let writer: BatchWriter | null = null;
  let writerSize = 0;
  for (let start = 0; start < samples.count; start += size) {
    const count = Math.min(size, samples.count - start);
    if (writer === null || writerSize !== count) {
      writer = createBatchWriter(source, entry, count);
      writerSize = count;
    }
    const picks = Uint32Array.from({ length: count }, (_, position) => start + position);
    yield { start, count, feeds: writer.write(samples, picks) };
  }
}

/** Sums of the target weights of each sample, so that a batch's weight in an epoch's mean is known without reading it back. */
export function sampleWeights(source: BatchSource, samples: Samples): Float64Array {
  const { window, horizon, targetColumns, sequenceTargets } = source.settings;
  const length = horizon * targetColumns.length * (sequenceTargets ? window : 1);
  const targets = new Float32Array(length);
  const weights = new Float32Array(length);
  return Float64Array.from({ length: samples.count }, (_, sample) => {
    writeTargets(source, samples, [sample], targets, weights);
    return weights.reduce((sum, weight) => sum + weight, 0);
  });
}

interface FloatTensor extends TensorData {
  readonly values: Float32Array;
}

function floatTensor(shape: readonly number[]): FloatTensor {
  return { type: 'float', shape, values: new Float32Array(shape.reduce((product, size) => product * size, 1)) };
}
