import { Matrix, solve } from 'ml-matrix';
import { expect, test } from 'vitest';
import { naive, seasonalNaive } from '../../../core/forecast/baselines.ts';
import { leastSquares } from '../../../core/forecast/least-squares.ts';
import { fitLinear, predictLinear } from '../../../core/forecast/linear-baseline.ts';
import { RandomState } from '../../../core/forecast/random-state.ts';
import { seasonalRow } from '../../../core/forecast/window-obstacles.ts';
import { planWindows } from '../../../core/forecast/windows.ts';
import { countingUp, diagnosticsOf, oneSeries, valueOf, windowSettings } from '../../support/forecast-data.ts';

const all = { by: 'time', trainingShare: 1, validationShare: 0 } as const;

test('naive repeats the last value of the target columns', () => {
  const table = oneSeries({ a: countingUp(6), b: countingUp(6).map((step) => 10 * step) });
  const settings = windowSettings({ window: 2, horizon: 2, inputColumns: [0], targetColumns: [1, 0], split: all });
  const { training } = valueOf(planWindows(table, settings)).samples;
  expect([...naive(table, settings, training)]).toEqual([10, 1, 10, 1, 20, 2, 20, 2, 30, 3, 30, 3]);
});

test('seasonal naive reads whole seasons back, before the window too, never past the origin', () => {
  const table = oneSeries({ a: countingUp(10) });
  const settings = windowSettings({ window: 2, horizon: 5, split: all });
  const withSeason = { part: 'test', count: 1, series: Int32Array.of(0), origin: Int32Array.of(2) } as const;
  expect([...seasonalNaive(table, settings, withSeason, 3)]).toEqual([0, 1, 2, 0, 1]);
  expect(seasonalRow(8, 7, 3)).toBe(5);
  expect(seasonalRow(11, 7, 3)).toBe(5);
});

test('the linear baseline finds an exact linear rule over several columns, in their own units', () => {
  const noise = new RandomState(3).rand(400);
  const x = [...noise.subarray(0, 200)].map((value) => 1000 * value);
  const z = [...noise.subarray(200)].map((value) => 0.001 * value);
  const y = x.map((_, row) => (row < 2 ? 0 : 2 * x[row - 1]! - 5e5 * z[row - 2]! + 7));
  const table = oneSeries({ x, z, y });
  const settings = windowSettings({ window: 2, inputColumns: [0, 1], targetColumns: [2] });
  const plan = valueOf(planWindows(table, settings));
  const { test: samples } = plan.samples;
  const predictions = predictLinear(valueOf(fitLinear(table, plan)), table, samples);
  samples.origin.forEach((origin, sample) => expect(predictions[sample]).toBeCloseTo(y[origin + 1]!, 6));
});

function randomProblem(count: number, features: number, outputs: number, seed: number) {
  const random = new RandomState(seed);
  const rows = random.rand(count * features).map((value) => value + 50);
  const targets = random.rand(count * outputs);
  const weights = random.rand(count * outputs).map((value) => (value < 0.1 ? 0 : 1));
  const readRow = (row: number, into: Float64Array, offset: number, spacing: number): void => {
    for (let feature = 0; feature < features; feature += 1) into[offset + feature * spacing] = rows[row * features + feature]!;
  };
  return { rows, problem: { count, features, outputs, readRow, targets, weights } };
}

test('normal equations with left-out rows agree with a QR solution of each output by itself', () => {
  const { rows, problem } = randomProblem(300, 7, 3, 5);
  const fit = leastSquares(problem);
  for (let output = 0; output < 3; output += 1) {
    const kept = countingUp(300).filter((row) => problem.weights[row * 3 + output] === 1);
    const design = new Matrix(kept.map((row) => [1, ...rows.subarray(row * 7, row * 7 + 7)]));
    const expected = solve(design, Matrix.columnVector(kept.map((row) => problem.targets[row * 3 + output]!))).to1DArray();
    const found = [fit.intercepts[output]!, ...fit.coefficients.subarray(output * 7, output * 7 + 7)];
    found.forEach((value, position) => expect(value).toBeCloseTo(expected[position]!, 8));
  }
  expect(fit.method).toBe('cholesky');
});

test('repeated and constant features share the weight evenly: the minimum-norm solution', () => {
  const { rows, problem } = randomProblem(100, 1, 1, 9);
  const readRow = (row: number, into: Float64Array, offset: number, spacing: number): void => {
    into[offset] = rows[row]!;
    into[offset + spacing] = rows[row]!;
    into[offset + 2 * spacing] = 4;
  };
  const targets = rows.map((value) => 3 * value + 1);
  const fit = leastSquares({ ...problem, features: 3, readRow, targets, weights: new Float64Array(100).fill(1) });
  expect(fit.method).toBe('minimum-norm');
  [1.5, 1.5, 0].forEach((expected, feature) => expect(fit.coefficients[feature]).toBeCloseTo(expected, 6));
  expect(fit.intercepts[0]).toBeCloseTo(1, 3);
});

test('with more features than rows the training rows are met', () => {
  const { rows, problem } = randomProblem(10, 30, 1, 11);
  const fit = leastSquares({ ...problem, weights: new Float64Array(10).fill(1) });
  expect(fit.method).toBe('minimum-norm');
  for (let row = 0; row < 10; row += 1) {
    const fitted = fit.coefficients.reduce((sum, coefficient, feature) => sum + coefficient * rows[row * 30 + feature]!, fit.intercepts[0]!);
    expect(fitted).toBeCloseTo(problem.targets[row]!, 5);
  }
});

test('a window too large for the closed form leaves the linear baseline out, with a warning', () => {
  const table = oneSeries({ a: countingUp(2500) });
  const plan = valueOf(planWindows(table, windowSettings({ window: 2001, split: all })));
  expect(diagnosticsOf(fitLinear(table, plan)).map(({ severity, message }) => [severity, message])).toEqual([
    ['warning', 'The linear baseline is left out: its window holds 2,001 numbers, at most 2,000 are solved in closed form. Shorten the window to have it.'],
  ]);
});
