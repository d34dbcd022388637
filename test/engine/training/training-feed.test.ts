import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { prepareBatches } from '../../../core/forecast/batch-source.ts';
import { identityScaler } from '../../../core/forecast/scaler.ts';
import { planWindows } from '../../../core/forecast/windows.ts';
import type { Entry } from '../../../core/program/program.ts';
import { forecastFeeds } from '../../../core/forecast/target-batches.ts';
import { createTrainingFeed } from '../../../engine/training/training-feed.ts';
import { countingUp, oneSeries, valueOf, windowSettings } from '../../support/forecast-data.ts';

const entry: Entry = {
  inputs: [
    { name: 'x', role: { kind: 'data', content: 'inputs' }, type: 'float', shape: [] },
    { name: 'y', role: { kind: 'data', content: 'targets', target: 0 }, type: 'float', shape: [] },
    { name: 'w', role: { kind: 'data', content: 'weights', target: 0 }, type: 'float', shape: [] },
    { name: 'rate', role: { kind: 'learning-rate' }, type: 'float', shape: [] },
    { name: 'noise', role: { kind: 'seed', node: 'dropout-1' }, type: 'integer', shape: [] },
  ],
  reads: [],
  body: { inputs: [], values: [], instructions: [], outputs: [] },
  outputs: [],
  assigns: [],
};

/** Windows of 3 of a series that counts up: the first input of a window is its number. */
function countingFeed(windows: number, batchSize: number, seed = 1) {
  const table = oneSeries({ value: countingUp(windows + 3) });
  const settings = windowSettings({ split: { by: 'time', trainingShare: 1, validationShare: 0 } });
  const plan = valueOf(planWindows(table, settings));
  const source = prepareBatches(table, plan, identityScaler(1));
  return createTrainingFeed(forecastFeeds(source), plan.samples.training, entry, { batchSize, learningRate: 0.5, seed });
}

/** Numbers of the windows of an epoch, batch by batch. */
function epochOf(feed: ReturnType<typeof countingFeed>, epoch: number): readonly (readonly number[])[] {
  return Array.from({ length: feed.stepsPerEpoch }, (_, step) => {
    const { values, shape } = feed.batch(epoch, step, step).feeds['x']!;
    return Array.from({ length: shape[0]! }, (__, sample) => values[sample * 3]!);
  });
}

describe('batches of an epoch', () => {
  test('hold every window once, whatever their size, the last one what is left', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 50 }), fc.integer({ min: 0, max: 3 }), (windows, batchSize, epoch) => {
        const batches = epochOf(countingFeed(windows, batchSize), epoch);
        expect(batches.flat().toSorted((a, b) => a - b)).toEqual(countingUp(windows));
        expect(batches.slice(0, -1).every(({ length }) => length === batchSize)).toBe(true);
      }),
    );
  });

  test('come in another order each epoch and for each seed, and in the same order again', () => {
    const feed = countingFeed(30, 8);
    const first = epochOf(feed, 0);
    expect(epochOf(feed, 1)).not.toEqual(first);
    expect(epochOf(feed, 0)).toEqual(first);
    expect(epochOf(countingFeed(30, 8, 2), 0)).not.toEqual(first);
  });

  test('bring inputs, targets, weights, the learning rate and a seed for the step', () => {
    const feed = countingFeed(4, 4);
    const { feeds, weight } = feed.batch(0, 0, 12);
    expect(Array.from(feeds['y']!.values, (value, sample) => value - feeds['x']!.values[sample * 3]!)).toEqual([3, 3, 3, 3]);
    expect([...feeds['w']!.values]).toEqual([1, 1, 1, 1]);
    expect(weight).toBe(4);
    expect(feeds['rate']).toEqual({ type: 'float', shape: [], values: Float32Array.of(0.5) });
    const seed = [...feeds['noise']!.values];
    expect([...feed.batch(0, 0, 12).feeds['noise']!.values]).toEqual(seed);
    expect([...feed.batch(0, 0, 13).feeds['noise']!.values]).not.toEqual(seed);
  });
});
