import { writeInputs } from '../../core/forecast/batch-inputs.ts';
import { hideValues, judgedRound } from '../../core/forecast/hidden-values.ts';
import type { HiddenValues, HidingRound } from '../../core/forecast/hidden-values.ts';
import type { SampleFeeds, TargetBatches } from '../../core/forecast/target-batches.ts';
import { inputWidth } from '../../core/forecast/windows.ts';
import type { Samples } from '../../core/forecast/windows.ts';
import type { Entry } from '../../core/program/program.ts';
import type { NamedTensors, TensorData } from '../session.ts';
import { windowObstacles } from '../../core/forecast/window-obstacles.ts';
import { warmedBatches } from '../../core/forecast/window-runs.ts';
import { carriesStates, createCarriedStates } from './carried-states.ts';
import { entryInputNames } from './entry-inputs.ts';

/** Batches of one size, in arrays that are used again: a call's tensors hold until the next call. */
export interface BatchWriter {
  /** `round`: which draw of hidden values, where any are hidden; that of judging where it is left out. */
  readonly write: (samples: Samples, picks: ArrayLike<number>, round?: HidingRound) => NamedTensors;
}

/** Fills the data inputs that an entry asks for with batches of exactly `size` samples. */
export function createBatchWriter(source: SampleFeeds, entry: Entry, size: number): BatchWriter {
  const { settings } = source.inputs;
  const names = entryInputNames(entry);
  const inputs = floatTensor([size, settings.window, inputWidth(settings)]);
  const targets = names.targets.map((_, index) => {
    const own = batchesOf(source, index);
    return { own, targets: floatTensor([size, ...own.targetShape]), weights: floatTensor([size, ...own.weightShape]) };
  });
  const feeds: Record<string, TensorData> = {};
  if (names.inputs !== null) feeds[names.inputs] = inputs;
  names.targets.forEach((named, index) => {
    feeds[named.targets] = targets[index]!.targets;
    feeds[named.weights] = targets[index]!.weights;
  });
  return {
    write: (samples, picks, round = judgedRound) => {
      const hidden = hiddenOf(source, samples, picks, round);
      if (names.inputs !== null) writeInputs(source.inputs, samples, picks, inputs.values, hidden);
      for (const { own, targets: values, weights } of targets) own.write(samples, picks, values.values, weights.values, hidden);
      return feeds;
    },
  };
}

/** Which values of the samples at the positions `picks` a draw hides, that of judging where it is left out; null where none are hidden. */
export function hiddenOf({ hides, inputs: { table, settings } }: SampleFeeds, samples: Samples, picks: ArrayLike<number>, round: HidingRound = judgedRound): HiddenValues | null {
  return hides ? hideValues(table, settings, samples, picks, round) : null;
}

function batchesOf({ targets }: SampleFeeds, index: number): TargetBatches {
  const found = targets[index];
  if (found === undefined) throw new RangeError(`the entry has more targets than the ${targets.length} that are fed`);
  return found;
}

/** Samples that one call reads. */
export interface SampleBatch {
  readonly count: number;
  readonly feeds: NamedTensors;
  /** The position of each row among the samples; −1: a window that is read for the states it leaves alone, with weights of 0. */
  readonly positions: Int32Array;
  /** To be asked of the call besides, and handed to `keep` with its results, before the next batch is taken. */
  readonly states: readonly string[];
  readonly keep: (outputs: NamedTensors) => void;
}

/** Walks through samples in batches of at most `size` rows: in their order, or so that every stateful layer knows what precedes each. */
export function batchesInOrder(source: SampleFeeds, entry: Entry, samples: Samples, size: number): Generator<SampleBatch> {
  return carriesStates(entry) ? batchesWithStates(source, entry, samples, size) : plainBatches(source, entry, samples, size);
}

function* batchesWithStates(source: SampleFeeds, entry: Entry, samples: Samples, size: number): Generator<SampleBatch> {
  const { table, settings } = source.inputs;
  const obstacleOf = windowObstacles(table, settings, null);
  const carried = createCarriedStates(entry);
  const { targets } = entryInputNames(entry);
  let writer: { readonly size: number; readonly batches: BatchWriter } | null = null;
  for (const batch of warmedBatches(samples, settings.window, size, (series, origin) => obstacleOf(series, origin) !== 'missing-input')) {
    const { count } = batch.samples;
    if (writer === null || writer.size !== count) writer = { size: count, batches: createBatchWriter(source, entry, count) };
    const feeds = writer.batches.write(batch.samples, batch.picks);
    for (const { weights } of targets) clearRows(feeds[weights]!, batch.positions);
    yield { count, feeds: { ...feeds, ...carried.feeds(batch.continues) }, positions: batch.positions, states: carried.outputs, keep: carried.keep };
  }
}

function clearRows({ values }: TensorData, positions: Int32Array): void {
  const length = values.length / positions.length;
  positions.forEach((position, row) => {
    if (position < 0) values.fill(0, row * length, (row + 1) * length);
  });
}

function nothingToKeep(): void {
  // Without stateful layers a call leaves nothing for the next.
}

function* plainBatches(source: SampleFeeds, entry: Entry, samples: Samples, size: number): Generator<SampleBatch> {
  let writer: BatchWriter | null = null;
  let writerSize = 0;
  for (let start = 0; start < samples.count; start += size) {
    const count = Math.min(size, samples.count - start);
    if (writer === null || writerSize !== count) {
      writer = createBatchWriter(source, entry, count);
      writerSize = count;
    }
    const picks = Uint32Array.from({ length: count }, (_, position) => start + position);
    yield { count, feeds: writer.write(samples, picks), positions: Int32Array.from(picks), states: [], keep: nothingToKeep };
  }
}

/**
 * Sums of the target weights of each sample, so that a batch's weight in an epoch's mean is known without reading it back. Where
 * several targets share a model, every sample counts alike: their losses are means of their own. null: they are another in every
 * epoch, and stand in the batch.
 */
export function sampleWeights({ targets }: SampleFeeds, samples: Samples): Float64Array | null {
  const [only, second] = targets;
  if (second === undefined && only?.weightsVary === true) return null;
  if (only === undefined || second !== undefined) return new Float64Array(samples.count).fill(1);
  const values = new Float32Array(sizeOf(only.targetShape));
  const weights = new Float32Array(sizeOf(only.weightShape));
  return Float64Array.from({ length: samples.count }, (_, sample) => {
    only.write(samples, [sample], values, weights);
    return weights.reduce((sum, weight) => sum + weight, 0);
  });
}

interface FloatTensor extends TensorData {
  readonly values: Float32Array;
}

function floatTensor(shape: readonly number[]): FloatTensor {
  return { type: 'float', shape, values: new Float32Array(sizeOf(shape)) };
}

function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}
