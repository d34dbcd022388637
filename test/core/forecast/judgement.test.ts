import { expect, test } from 'vitest';
import { score, windowErrors } from '../../../core/forecast/metrics.ts';
import { RandomState } from '../../../core/forecast/random-state.ts';
import { skillScore } from '../../../core/forecast/skill.ts';
import { judge, verdictInWords, worstStep, type Verdict } from '../../../core/forecast/verdict.ts';
import { countingUp } from '../../support/forecast-data.ts';

test('errors are given per step and per column, without values of weight 0', () => {
  // Two windows, horizon 2, columns a and b: index = step × columns + column.
  const predictions = [1, 2, 3, 4, 0, 0, 0, 0];
  const truth = [0, 0, 0, 0, 0, 2, NaN, 0];
  const weights = [1, 1, 1, 1, 1, 1, 0, 1];
  expect(score(predictions, truth, weights, 2, ['a', 'b'])).toEqual({
    mse: 34 / 7,
    mae: 12 / 7,
    perHorizon: [{ step: 1, mse: 9 / 4, mae: 5 / 4 }, { step: 2, mse: 25 / 3, mae: 7 / 3 }],
    perColumn: [{ column: 'a', mse: 10 / 3, mae: 4 / 3 }, { column: 'b', mse: 24 / 4, mae: 8 / 4 }],
    count: 7,
  });
  expect([...windowErrors(predictions, truth, weights, 4)]).toEqual([30, 4]);
});

test('what nothing is scored of has no error', () => {
  expect(score([1], [NaN], [0], 1, ['a']).mse).toBeNaN();
});

function windowsOfOneSeries(count: number) {
  return { count, series: new Int32Array(count), origin: Int32Array.from(countingUp(count)) };
}

test('skill is 1 − error / baseline error', () => {
  const errors = Float64Array.from([1, 2, 3, 2]);
  const { skill } = skillScore(errors, errors.map((error) => 4 * error), windowsOfOneSeries(4), 1, 1);
  expect(skill).toBe(0.75);
});

test('windows of different series are independent: the spread is that of a ratio of means', () => {
  const uniform = new RandomState(1).rand(4000);
  const model = uniform.subarray(0, 2000);
  const baseline = uniform.subarray(2000).map((value) => value + 1);
  const samples = { count: 2000, series: Int32Array.from(countingUp(2000)), origin: new Int32Array(2000) };
  // Means 0.5 and 1.5, both of variance 1/12: the ratio has the variance (1/12 + 1/12/9) / 1.5² / 2000.
  const expected = Math.sqrt((1 / 12 + 1 / 108) / 2.25 / 2000);
  expect(skillScore(model, baseline, samples, 10, 1).standardError / expected).toBeCloseTo(1, 1);
});

test('forecasts of equal worth are told apart wrongly about 5 times in 100, though windows overlap', () => {
  const horizon = 7;
  const random = new RandomState(2);
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - random.rand(1)[0]!)) * Math.cos(2 * Math.PI * random.rand(1)[0]!);
  const wrong = [60, 200].map((count) => {
    let apart = 0;
    for (let trial = 0; trial < 400; trial += 1) {
      const truth = countingUp(count + horizon).map(normal);
      const first = new Float64Array(count);
      const second = new Float64Array(count);
      for (let window = 0; window < count; window += 1) {
        const shift = normal();
        for (let step = 1; step <= horizon; step += 1) {
          first[window]! += (truth[window + step]! - shift) ** 2;
          second[window]! += (truth[window + step]! + shift) ** 2;
        }
      }
      if (judge('naive', skillScore(first, second, windowsOfOneSeries(count), horizon, 1)).kind !== 'no-clear-difference') apart += 1;
    }
    return apart / 400;
  });
  for (const share of wrong) expect(share).toBeLessThan(0.08);
  expect(Math.max(...wrong)).toBeGreaterThan(0.02);
});

test('too few windows tell nothing', () => {
  const skill = skillScore(Float64Array.of(1, 1), Float64Array.of(9, 9), windowsOfOneSeries(2), 5, 1);
  expect(judge('naive', skill).kind).toBe('no-clear-difference');
  expect(verdictInWords([judge('naive', skill)], null)).toBe('shows no clear difference from naive');
});

test('a baseline without error cannot be beaten', () => {
  const skill = skillScore(Float64Array.of(1, 1, 1), new Float64Array(3), windowsOfOneSeries(3), 1, 1);
  expect(verdictInWords([judge('naive', skill)], null)).toBe('loses to naive, which makes no error');
});

function verdict(kind: Verdict['kind'], against: Verdict['against'], skill: number, low: number, high: number): Verdict {
  return { kind, against, skill, interval: [low, high] };
}

test('verdicts in words', () => {
  const linear = verdict('beats', 'linear', 0.45, 0.4, 0.5);
  expect(verdictInWords([verdict('beats', 'naive', 0.92, 0.9, 0.94), linear], 10)).toBe('beats naive by 92 % (90 to 94 %), the linear model by 45 %; worst at step 10');
  expect(verdictInWords([verdict('beats', 'naive', 0.9397, 0.9366, 0.9428)], null)).toBe('beats naive by 94.0 % (93.7 to 94.3 %)');
  expect(verdictInWords([verdict('loses', 'naive', -0.35, -0.5, -0.2), linear], null)).toBe('loses to naive by 35 % (20 to 50 %); beats the linear model by 45 %');
  expect(verdictInWords([verdict('no-clear-difference', 'naive', 0.1, -0.03, 0.2), verdict('loses', 'seasonalNaive', -0.4, -0.6, -0.2)], 3)).toBe(
    'shows no clear difference from naive (−3 to 20 %); loses to seasonal naive by 40 %; worst at step 3',
  );
});

test('the worst step is the one with the greatest squared error', () => {
  expect(worstStep({ perHorizon: [{ step: 1, mse: 1, mae: 1 }, { step: 2, mse: 3, mae: 1 }, { step: 3, mse: 2, mae: 1 }] })).toBe(2);
  expect(worstStep({ perHorizon: [{ step: 1, mse: 1, mae: 1 }] })).toBeNull();
});
