import { expect, test } from 'vitest';
import { naive } from '../../../core/forecast/baselines.ts';
import { readTruth } from '../../../core/forecast/batch-targets.ts';
import { fitLinear, predictLinear } from '../../../core/forecast/linear-baseline.ts';
import { score, type Score } from '../../../core/forecast/metrics.ts';
import { generateWaves } from '../../../core/forecast/wave-generator.ts';
import { planWindows } from '../../../core/forecast/windows.ts';
import { valueOf, windowSettings } from '../../support/forecast-data.ts';

/** The textbook's task: 10,000 series of 50 steps and a horizon, seed 42, validation on series 7,000 to 8,999. */
function textbookBaselines(horizon: number): { readonly naiveScore: Score; readonly linearScore: Score } {
  const table = generateWaves({ seed: 42, series: 10_000, steps: 50 + horizon });
  const settings = windowSettings({ window: 50, horizon, split: { by: 'series', trainingShare: 0.7, validationShare: 0.2 } });
  const plan = valueOf(planWindows(table, settings));
  const { validation } = plan.samples;
  expect([validation.count, validation.series[0], validation.series.at(-1)]).toEqual([2000, 7000, 8999]);
  const { truth, weights } = readTruth(table, settings, validation);
  const scored = (predictions: Float64Array): Score => score(predictions, truth, weights, horizon, ['value']);
  const linear = valueOf(fitLinear(table, plan));
  expect(linear.fit.method).toBe('cholesky');
  return { naiveScore: scored(naive(table, settings, validation)), linearScore: scored(predictLinear(linear, table, validation)) };
}

test('one step ahead the naive error is the textbook 0.020211367, and least squares gives 0.002931', () => {
  const { naiveScore, linearScore } = textbookBaselines(1);
  expect(Math.fround(naiveScore.mse)).toBe(Math.fround(0.020211367));
  expect(Math.abs(linearScore.mse / 0.002931 - 1)).toBeLessThan(0.001);
});

test('ten steps ahead the naive error is the textbook 0.25697407, and least squares gives 0.015488', () => {
  const { naiveScore, linearScore } = textbookBaselines(10);
  // The textbook's mean was accumulated in float32: its last digit is that arithmetic's.
  expect(Math.abs(naiveScore.mse / 0.25697407 - 1)).toBeLessThan(1e-7);
  expect(Math.abs(linearScore.mse / 0.015488 - 1)).toBeLessThan(0.001);
  expect(naiveScore.perHorizon.map(({ step }) => step)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
});

test('values are float32 and without noise a sum of two sines', () => {
  const { values } = generateWaves({ seed: 1, series: 3, steps: 20, noise: 0 });
  expect(values.every((value) => Math.fround(value) === value)).toBe(true);
  expect(values.every((value) => Math.abs(value) <= 0.7)).toBe(true);
});

test('sizes that are no whole numbers are refused', () => {
  expect(() => generateWaves({ seed: 1, series: 0, steps: 5 })).toThrow(RangeError);
  expect(() => generateWaves({ seed: 1, series: 2, steps: 2.5 })).toThrow(RangeError);
});
