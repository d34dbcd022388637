import { expect, test } from 'vitest';
import type { RunReport } from '../../../engine/runs/run-report.ts';
import { hostDriver } from './host-driver.ts';
import { layers, smallProject } from './small-project.ts';
import type { Wishes } from './small-project.ts';

const driver = hostDriver();
const levels = [0.1, 0.5, 0.9];
const quantiles: Wishes = {
  series: { series: 200, noise: 0.4 }, layers: [layers.simpleRnn(8, false), layers.dense(6)], forecast: { loss: 'quantile', quantiles: levels },
  training: { epochs: 15, batchSize: 16 },
};

function trained(wishes: Wishes = {}): Promise<RunReport> {
  return driver.trains(smallProject({ ...quantiles, ...wishes }));
}

test('a forecast of several quantiles is judged by pinball loss beside baselines with the quantiles of their errors, and its bands are counted', async () => {
  const report = await trained();
  const told = report.validation!.quantiles!;
  expect(report.verdict).toMatch(/naive.*; worst at step [12]; by the pinball loss of the levels 0\.1, 0\.5 and 0\.9$/u);
  expect(Object.keys(report.baselines!)).toEqual(['naive', 'linear']);
  expect(report.skill!.naive!.skill).toBeCloseTo(1 - told.pinball / report.baselines!.naive!.quantiles!.pinball, 10);
  expect(told.levels.map(({ level }) => level)).toEqual(levels);
  expect(told.bands).toMatchObject([{ low: 0.1, high: 0.9, expected: 0.8 }]);
  expect(told.bands[0]!.inside).toBeGreaterThan(0.6);
  // The quantiles of naive's own errors hold about what they should.
  expect(report.baselines!.naive!.quantiles!.bands[0]!.inside).toBeGreaterThan(0.7);
});

test('the judgement comes back from the disk, and predictions and samples tell every level, in order', async () => {
  const report = await trained();
  expect((await driver.evaluates()).validation).toEqual(report.validation);
  const { rows } = await driver.predicts();
  for (const { quantiles: own, forecast } of rows) {
    const values = own!.map(({ value }) => value);
    expect(values).toEqual(values.toSorted((first, second) => first - second));
    expect(forecast).toBe(values[1]);
  }
  const { samples, coverage, quantiles: counted } = await driver.samples({ count: 3, draws: 20 });
  expect(samples.map(({ quantiles: own }) => [own!.map(({ level }) => level), own![1]!.values])).toEqual(samples.map(({ model }) => [levels, model]));
  expect([coverage, counted!.bands[0]!.inside]).toEqual([null, report.validation!.quantiles!.bands[0]!.inside]);
});

test('a single level is judged by its own loss: a forecast that is meant to be high is not blamed for it', async () => {
  const high = await trained({ layers: [layers.simpleRnn(8, false), layers.dense(2)], forecast: { loss: 'quantile', quantile: 0.9 } });
  expect(high.verdict).toMatch(/; by the pinball loss of the level 0\.9$/u);
  expect(high.validation!.quantiles!.levels[0]!.below).toBeGreaterThan(0.75);
});

test.each([
  ['levels that do not rise', { quantiles: [0.9, 0.1, 0.1] }, 'forecast 4 has'],
  ['iterated', { quantiles: levels, iterateTo: 4 }, 'forecasts several quantiles and iterates to 4 steps, but only one number can be fed back as the value that follows'],
  ['too narrow a layer before', { quantiles: [0.1, 0.9] }, 'wants 4 values per series (horizon 2 × 1 column × 2 quantiles) but receives (batch, 6 feature)'],
])('refused: %s', async (_, forecast, message) => {
  expect((await driver.refusal(smallProject({ ...quantiles, forecast: { loss: 'quantile', ...forecast } }))).join('\n')).toContain(message);
});
