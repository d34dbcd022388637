import { describe, expect, it } from 'vitest';
import type { Score } from '../../../core/forecast/metrics.ts';
import type { RunReport, SampleForecast } from '../../../electron/ipc/run-messages.ts';
import { forecastChartData, forecastColumns, forecastLines, meanAbsoluteError } from '../../../renderer/evaluation/forecast-chart.ts';
import { horizonChart, scoreTable } from '../../../renderer/evaluation/score-rows.ts';
import { stopInWords, verdictView } from '../../../renderer/evaluation/verdict-view.ts';

function scoreOf(mse: number, columns: readonly string[] = ['value']): Score {
  return {
    mse,
    mae: mse / 2,
    perHorizon: [1, 2].map((step) => ({ step, mse: mse * step, mae: (mse * step) / 2 })),
    perColumn: columns.map((column, position) => ({ column, mse: mse + position, mae: mse })),
    count: 40,
  };
}

const skill = (value: number, verdict: 'beats' | 'loses' | 'no-clear-difference') => ({ skill: value, standardError: 0.01, interval: [value - 0.02, value + 0.02] as const, verdict });

const report: RunReport = {
  run: 'runs/one',
  seed: 1,
  epochs: 20,
  steps: 400,
  msPerStep: 1,
  stopped: 'completed',
  engine: { name: 'TensorFlow', version: '2', threads: 1 },
  parameters: 10,
  bestEpoch: 18,
  bestLoss: 0.1,
  validation: scoreOf(0.2),
  baselines: { naive: scoreOf(2), linear: scoreOf(0.4) },
  skill: { naive: skill(0.9, 'beats'), linear: skill(0.5, 'beats') },
  verdict: 'beats naive by 90 % (88 to 92 %), the linear model by 50 %; worst at step 2',
  warnings: [],
};

describe('the verdict', () => {
  it('is good news when every baseline is beaten', () => {
    expect(verdictView(report)).toEqual({ tone: 'good', sentence: `The model ${report.verdict}.`, advice: null });
  });
  it('says plainly that a model loses to naive', () => {
    const view = verdictView({ verdict: 'loses to naive by 12 %', skill: { naive: skill(-0.12, 'loses') } });
    expect(view).toMatchObject({ tone: 'bad', sentence: 'The model loses to naive by 12 %.' });
    expect(view.advice).toContain('Repeating the last value forecasts better');
  });
  it('is no good news while a simpler baseline is better', () => {
    const view = verdictView({ ...report, skill: { naive: skill(0.5, 'beats'), linear: skill(-0.2, 'loses') } });
    expect(view.tone).toBe('mixed');
    expect(view.advice).toContain('linear model');
  });
  it('is mixed when naive cannot be told from the model', () => {
    expect(verdictView({ verdict: 'shows no clear difference from naive', skill: { naive: skill(0, 'no-clear-difference') } }).tone).toBe('mixed');
  });
  it('is said to be missing when it is', () => expect(verdictView({}).tone).toBe('unknown'));
  it('has words for every end', () => expect([stopInWords(null), stopInWords('cancelled')]).toEqual(['Under way', 'Stopped by you']));
});

describe('the table of scores', () => {
  it('has the model first, the lowest errors marked, the skill beside each baseline', () => {
    expect(scoreTable(report, 'validation')).toEqual({
      groups: ['value'],
      hasPinball: false,
      rows: [
        { forecaster: 'model', label: 'model', cells: [{ value: 0.2, best: true }, { value: 0.2, best: true }], skill: null },
        { forecaster: 'naive', label: 'naive', cells: [{ value: 2, best: false }, { value: 2, best: false }], skill: '90 (88 to 92)' },
        { forecaster: 'linear', label: 'linear model', cells: [{ value: 0.4, best: false }, { value: 0.4, best: false }], skill: '50 (48 to 52)' },
      ],
    });
  });
  it('has all columns together before each of several', () => {
    const columns = ['high', 'low'];
    const table = scoreTable({ ...report, validation: scoreOf(1, columns), baselines: { naive: scoreOf(2, columns) } }, 'validation');
    expect(table.groups).toEqual(['all columns', 'high', 'low']);
    expect(table.rows[0]?.cells.map(({ value }) => value)).toEqual([1, 0.5, 1, 1, 2, 1]);
  });
  it('is empty for a part that was not judged', () => expect(scoreTable(report, 'test')).toEqual({ groups: [], hasPinball: false, rows: [] }));
});

it('errors per horizon step stand beside those of the baselines', () => {
  const { data, lines } = horizonChart(report, 'validation', 'mse');
  expect(lines.map(({ label }) => label)).toEqual(['model', 'naive', 'linear model']);
  expect(data).toEqual([[1, 2], [0.2, 0.4], [2, 4], [0.4, 0.8]]);
});

describe('a forecast', () => {
  const sample: SampleForecast = { series: 0, origin: '60', column: 'value', history: Array.from({ length: 50 }, (_, step) => step), truth: [50, Number.NaN], model: [51, 52], naive: [49, 49], bands: null, quantiles: null };

  it('shows the end of the history up to 0 and the horizon after it', () => {
    const [x, truth, model] = forecastChartData(sample);
    expect([x[0], x.at(-1), x.length]).toEqual([-19, 2, 22]);
    expect(truth?.slice(-3)).toEqual([49, 50, null]);
    expect(model?.slice(-3)).toEqual([undefined, 51, 52]);
  });
  it('has the edges of its bands first where it was drawn many times', () => {
    const band = (mean: number) => ({ mean, low80: mean - 1, high80: mean + 1, low95: mean - 2, high95: mean + 2 });
    const drawn = { ...sample, bands: [band(51), band(52)] };
    const [, ...columns] = forecastChartData(drawn);
    expect(columns.slice(0, 4).map((column) => column.slice(-2))).toEqual([[49, 50], [53, 54], [50, 51], [52, 53]]);
    expect(forecastLines(drawn).map(({ label, band: isUpper = false }) => [label, isUpper])).toEqual([
      ['95 %', false], ['95 %', true], ['80 %', false], ['80 %', true], ['truth', false], ['model', false], ['naive', false],
    ]);
    expect(forecastLines(sample)).toHaveLength(columns.length - 4);
  });
  it('has a band for each pair of its quantiles, the widest first; the one in the middle is the forecast', () => {
    const told = { ...sample, quantiles: [0.1, 0.25, 0.5, 0.75, 0.9].map((level) => ({ level, values: [50 + level, 51 + level] })) };
    const [, ...columns] = forecastChartData(told);
    expect(columns.slice(0, 4).map((column) => column.at(-1))).toEqual([51.1, 51.9, 51.25, 51.75]);
    expect(forecastLines(told).map(({ label, band: isUpper = false }) => [label, isUpper])).toEqual([
      ['0.1 to 0.9', false], ['0.1 to 0.9', true], ['0.25 to 0.75', false], ['0.25 to 0.75', true], ['truth', false], ['model', false], ['naive', false],
    ]);
  });
  it('is scored where the truth is known', () => {
    expect(meanAbsoluteError(sample.model, sample.truth)).toBe(1);
    expect(meanAbsoluteError([1], [Number.NaN])).toBeNull();
  });
  it('names its columns once', () => expect(forecastColumns([sample, { ...sample, column: 'other' }, sample])).toEqual(['value', 'other']));
});
