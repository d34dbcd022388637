import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { levelsOf, measureInWords, pinballErrors, pointForecasts, quantilesInWords, reportQuantiles, sortLevels, withErrorQuantiles } from '../../../core/forecast/quantiles.ts';
import { BodyBuilder } from '../../../core/program/body-builder.ts';
import { differentiate } from '../../../core/program/gradients/differentiate.ts';
import { weightedLoss } from '../../../core/program/losses/elementwise-loss.ts';
import type { LossPlan } from '../../../core/program/losses/loss-plan.ts';
import { evaluateBody } from '../../../core/program/reference/evaluate-body.ts';
import { numericTensor } from '../../../core/program/reference/numeric-tensor.ts';
import { constantSize } from '../../../core/shapes/size.ts';

const levels = [0.1, 0.5, 0.9];
const numbers = (values: readonly number[]): Float64Array => Float64Array.from(values);

it('a loss asks for no level, for one, or for several', () => {
  expect([levelsOf({ kind: 'mse' }), levelsOf({ kind: 'quantile', quantile: 0.9 }), levelsOf({ kind: 'quantiles', levels })]).toEqual([null, [0.9], levels]);
});

it('quantiles are put in order value by value, and the level nearest to a half stands for them', () => {
  const values = sortLevels(numbers([3, 1, 2, 4, 5, 6]), 3);
  expect([...values]).toEqual([1, 2, 3, 4, 5, 6]);
  expect([...pointForecasts({ levels, values })]).toEqual([2, 5]);
  expect([...pointForecasts({ levels: [0.8, 0.95], values: numbers([1, 2, 3, 4]) })]).toEqual([1, 3]);
});

it('sorting never makes the pinball loss larger', () => {
  const triples = fc.array(fc.tuple(fc.float({ noNaN: true, min: -5, max: 5 }), fc.float({ noNaN: true, min: -5, max: 5 }), fc.float({ noNaN: true, min: -5, max: 5 })), { minLength: 1 });
  fc.assert(fc.property(triples, fc.float({ noNaN: true, min: -5, max: 5 }), (told, truth) => {
    const truths = new Float64Array(told.length).fill(truth);
    const weights = new Float64Array(told.length).fill(1);
    const total = (values: Float64Array): number => pinballErrors({ levels, values }, truths, weights, told.length)[0]!;
    expect(total(sortLevels(numbers(told.flat()), 3))).toBeLessThanOrEqual(total(numbers(told.flat())) + 1e-9);
  }));
});

describe('a report', () => {
  // Two windows of two steps: forecasts 0, 1, 2 of every value.
  const forecasts = { levels, values: numbers([0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1, 2]) };
  const report = reportQuantiles(forecasts, numbers([1, 3, 0.5, Number.NaN]), numbers([1, 1, 1, 0]), 2, 2);

  it('has the mean pinball loss, over all and step by step', () => {
    // Truth 1: 0.1·1, 0, 0.1·1; truth 3: 0.1·3, 0.5·2, 0.9·1; truth 0.5: 0.1·0.5, 0.5·0.5, 0.1·1.5.
    const [first, second, third] = [0.2 / 3, 2.2 / 3, 0.45 / 3] as const;
    expect(report.pinball).toBeCloseTo((first + second + third) / 3, 12);
    expect(report.perHorizon.map(({ pinball }) => pinball)).toEqual([expect.closeTo((first + third) / 2, 12), expect.closeTo(second, 12)]);
  });

  it('says how many true values lie below each level and inside each band', () => {
    expect(report.levels.map(({ below }) => below)).toEqual([0, 2 / 3, 2 / 3]);
    expect(report.bands).toEqual([{ low: 0.1, high: 0.9, expected: 0.8, inside: 2 / 3 }]);
    expect(quantilesInWords(report)).toBe('The band from 0.1 to 0.9 holds 67 % of the true values, 80 % should be: too few.');
  });

  it('of one level tells the share below it', () => {
    expect(quantilesInWords(reportQuantiles({ levels: [0.9], values: numbers([2, 2]) }, numbers([1, 3]), numbers([1, 1]), 2, 2))).toBe(
      '50 % of the true values lie at or below the forecast, 90 % should.');
    expect(measureInWords([0.9])).toBe('by the pinball loss of the level 0.9');
    expect(measureInWords(levels)).toBe('by the pinball loss of the levels 0.1, 0.5 and 0.9');
  });
});

it('a baseline of one number gets the quantiles of its own errors in training, step by step', () => {
  const training = { values: numbers([0, 0, 0, 0, 0, 0]), truth: numbers([-1, 10, 0, 20, 1, 30]), weights: numbers([1, 1, 1, 1, 1, 1]) };
  expect([...withErrorQuantiles(numbers([5, 5]), training, 2, [0, 0.5, 1]).values]).toEqual([4, 5, 6, 15, 25, 35]);
});

describe('the loss of several quantiles', () => {
  const truth = [0.3, -0.2, 1.1, 0.4];
  const told = [0.1, 0.2, 0.5, -0.4, -0.1, 0.1, 1.5, 1.2, 0.2, 0.1, 0.3, 0.9];
  const weights = [1, 0.5, 1, 0];
  const evaluate = (plan: LossPlan, predictions: readonly number[], shape: readonly number[]) => {
    const forward = new BodyBuilder();
    const shapes = [shape, [2, 2], [2, 2]].map((sizes) => sizes.map(constantSize));
    const [first, second, third] = shapes.map((sizes) => forward.input('float', sizes));
    const body = forward.finish([weightedLoss(forward, first!, second!, third!, plan).loss]);
    const builder = new BodyBuilder();
    const { outputs, gradients } = differentiate(builder, body, shapes.map((sizes) => builder.input('float', sizes)), 0, [0]);
    const given = [numericTensor(shape, predictions), numericTensor([2, 2], truth), numericTensor([2, 2], weights)];
    const [loss, gradient] = evaluateBody(builder.finish([outputs[0]!, gradients[0]!]), given, { batch: 2 });
    return { loss: loss!.values[0]!, gradient: [...gradient!.values] };
  };

  it('is the mean of the losses of each, with their gradients side by side', () => {
    const all = evaluate({ kind: 'quantiles', levels }, told, [2, 6]);
    const each = levels.map((quantile, level) => evaluate({ kind: 'quantile', quantile }, truth.map((_, value) => told[3 * value + level]!), [2, 2]));
    expect(all.loss).toBeCloseTo(each.reduce((sum, { loss }) => sum + loss, 0) / 3, 12);
    truth.forEach((_, value) => {
      levels.forEach((__, level) => { expect(all.gradient[3 * value + level]).toBeCloseTo(each[level]!.gradient[value]! / 3, 12); });
    });
  });
});
