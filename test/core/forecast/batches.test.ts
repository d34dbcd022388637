import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { writeInputs } from '../../../core/forecast/batch-inputs.ts';
import { prepareBatches } from '../../../core/forecast/batch-source.ts';
import { readTruth, writeTargets } from '../../../core/forecast/batch-targets.ts';
import { fillGaps } from '../../../core/forecast/gaps.ts';
import { identityScaler } from '../../../core/forecast/scaler.ts';
import type { SeriesTable } from '../../../core/forecast/series-table.ts';
import { parts, type Part } from '../../../core/forecast/split.ts';
import { planWindows, type WindowSettings } from '../../../core/forecast/windows.ts';
import { countingUp, oneSeries, valueOf, windowSettings } from '../../support/forecast-data.ts';

function batchOf(table: SeriesTable, settings: WindowSettings, part: Part, picks: readonly number[], scaler = identityScaler(table.columns.length)) {
  const plan = valueOf(planWindows(table, settings));
  const source = prepareBatches(table, plan, scaler);
  const samples = plan.samples[part];
  const times = settings.sequenceTargets ? settings.window : 1;
  const inputs = new Float32Array(picks.length * settings.window * settings.inputColumns.length);
  const targets = new Float32Array(picks.length * times * settings.horizon * settings.targetColumns.length);
  const weights = new Float32Array(targets.length);
  writeInputs(source, samples, picks, inputs);
  writeTargets(source, samples, picks, targets, weights);
  return { inputs: [...inputs], targets: [...targets], weights: [...weights], samples };
}

const twoColumns = oneSeries({ a: countingUp(12), b: countingUp(12).map((step) => 100 + step) });

test('inputs are [batch, time, feature] and targets [batch, horizon × columns], columns in the order asked for', () => {
  const settings = windowSettings({ window: 2, horizon: 2, inputColumns: [1, 0], targetColumns: [0, 1] });
  const { inputs, targets, weights } = batchOf(twoColumns, settings, 'training', [2, 0]);
  expect(inputs).toEqual([102, 2, 103, 3, 100, 0, 101, 1]);
  expect(targets).toEqual([4, 104, 5, 105, 2, 102, 3, 103]);
  expect(weights).toEqual([1, 1, 1, 1, 1, 1, 1, 1]);
});

test('horizon weights weigh each step, at every time step of a sequence too', () => {
  const settings = windowSettings({ window: 2, horizon: 2, targetColumns: [0, 1], horizonWeights: [1, 0.25] });
  expect(batchOf(twoColumns, settings, 'training', [0]).weights).toEqual([1, 1, 0.25, 0.25]);
  const everyStep = batchOf(twoColumns, { ...settings, targetColumns: [0], sequenceTargets: true }, 'training', [0, 1]);
  expect(everyStep.weights).toEqual([1, 0.25, 1, 0.25, 1, 0.25, 1, 0.25]);
});

test('values are scaled column by column', () => {
  const scaler = { kind: 'standard', columns: [{ offset: 1, factor: 2 }, { offset: 100, factor: 10 }] } as const;
  const { inputs, targets } = batchOf(twoColumns, windowSettings({ window: 2, inputColumns: [0, 1], targetColumns: [1] }), 'training', [0], scaler);
  expect(inputs).toEqual([-0.5, 0, 0, 0.1].map(Math.fround));
  expect(targets).toEqual([Math.fround(0.2)]);
});

test('sequence targets follow every step; those in the rows of an earlier part weigh nothing', () => {
  const settings = windowSettings({ window: 3, horizon: 2, sequenceTargets: true, split: { by: 'time', trainingShare: 0.5, validationShare: 0.25 } });
  const { targets, weights } = batchOf(twoColumns, settings, 'validation', [0]);
  // Origin 5; validation begins at row 6.
  expect(targets).toEqual([4, 5, 5, 6, 6, 7]);
  expect(weights).toEqual([0, 0, 0, 1, 1, 1]);
});

test('filled targets, and steps whose input was computed from a later row, weigh nothing', () => {
  const place = { where: { kind: 'project' }, source: 'a', lines: null } as const;
  const table = valueOf(fillGaps(oneSeries({ a: [0, 1, NaN, 3, 4, 5, 6, 7] }), 'linear', place));
  const settings = windowSettings({ window: 4, horizon: 1, sequenceTargets: true, split: { by: 'time', trainingShare: 1, validationShare: 0 } });
  const { targets, weights } = batchOf(table, settings, 'training', [0]);
  expect(targets).toEqual([1, 2, 3, 4]);
  // The target of step 1 is filled; step 2 is filled from row 3, its target.
  expect(weights).toEqual([1, 0, 0, 1]);
});

test('a target that is missing is written as 0 with weight 0, never as NaN', () => {
  const table = oneSeries({ a: countingUp(6), b: [0, 1, NaN, 3, 4, 5] });
  const settings = windowSettings({ window: 2, horizon: 2, inputColumns: [0], targetColumns: [1], split: { by: 'time', trainingShare: 1, validationShare: 0 } });
  const { targets, weights } = batchOf(table, settings, 'training', [0]);
  expect([targets, weights]).toEqual([[0, 3], [0, 1]]);
});

test('an array that is too short, and samples without a part, are programmer errors', () => {
  const plan = valueOf(planWindows(twoColumns, windowSettings()));
  const source = prepareBatches(twoColumns, plan, identityScaler(2));
  expect(() => writeInputs(source, plan.samples.training, [0], new Float32Array(2))).toThrow('inputs holds 2 numbers, 3 are to be written');
  expect(() => writeTargets(source, { ...plan.samples.training, part: null }, [0], new Float32Array(1), new Float32Array(1))).toThrow(RangeError);
});

test('whatever the sizes, a sequence weighs a value in one part only, and no input row is later than the step it stands at', () => {
  const sizes = fc.record({ steps: fc.integer({ min: 12, max: 40 }), window: fc.integer({ min: 1, max: 8 }), horizon: fc.integer({ min: 1, max: 4 }), stride: fc.integer({ min: 1, max: 3 }) });
  fc.assert(
    fc.property(sizes, ({ steps, window, horizon, stride }) => {
      // Each value is its own row, so what is read tells where it came from.
      const table = oneSeries({ a: countingUp(steps) });
      const settings = windowSettings({ window, horizon, stride, sequenceTargets: true, split: { by: 'time', trainingShare: 0.5, validationShare: 0.3 } });
      if (!planWindows(table, settings).ok) return;
      const partOfRow = new Map<number, Part>();
      for (const part of parts) {
        const { count, origin } = valueOf(planWindows(table, settings)).samples[part];
        const { inputs, targets, weights, samples } = batchOf(table, settings, part, countingUp(count));
        const { truth } = readTruth(table, settings, samples);
        targets.forEach((target, place) => {
          const step = place % horizon;
          const time = Math.floor(place / horizon) % window;
          const sample = Math.floor(place / horizon / window);
          const row = inputs[sample * window + time]!;
          expect(row).toBe(origin[sample]! - window + 1 + time);
          expect(target).toBe(row + 1 + step);
          if (time === window - 1) expect([weights[place], truth[sample * horizon + step]]).toEqual([1, target]);
          if (weights[place] === 0) return;
          expect(partOfRow.get(target) ?? part).toBe(part);
          partOfRow.set(target, part);
        });
      }
    }),
    { numRuns: 60 },
  );
});
