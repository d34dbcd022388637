import { expect, test } from 'vitest';
import { hostDriver } from './host-driver.ts';
import { layers, smallProject } from './small-project.ts';

const driver = hostDriver();

async function draw(draws: number) {
  return (await driver.predicts({ draws })).rows.map((row) => ({ forecast: row.forecast, ...row.bands! }));
}

test('draws of a forecast differ within one call, are the same again, and their mean settles', async () => {
  await driver.trains(smallProject({ training: { epochs: 20, optimizer: { kind: 'sgd', learningRate: 0.1, momentum: 0.9, nesterov: false } } }));
  const few = await draw(200);
  expect(few).toHaveLength(60 * 2);
  for (const { low95, low80, mean, high80, high95 } of few) {
    expect(low95).toBeLessThan(low80);
    expect(low80).toBeLessThan(mean);
    expect(mean).toBeLessThan(high80);
    expect(high80).toBeLessThan(high95);
  }
  expect(await draw(200)).toEqual(few);
  const many = await draw(2_000);
  // A mean of 200 draws errs by a fourteenth of their deviation, which is a 2.56th of the 80 % band: four times that is rare.
  const far = few.filter(({ mean, low80, high80 }, row) => Math.abs(mean - many[row]!.mean) > (4 * (high80 - low80)) / 2.56 / Math.sqrt(200));
  expect(far.length).toBeLessThan(few.length / 20);
});

test.each(['dropout', 'recurrentDropout'])('the %s of a recurrent layer is drawn for each row too', async (parameter) => {
  const cell = layers.lstm(5, false);
  await driver.trains(smallProject({ layers: [{ ...cell, parameters: { ...cell.parameters, [parameter]: 0.4 } }, layers.dense(2)] }));
  for (const { low80, high80 } of await draw(50)) expect(low80).toBeLessThan(high80);
});

test('an evaluation with draws says how many true values the bands hold; sample forecasts bring them', async () => {
  await driver.trains(smallProject());
  const report = await driver.evaluates('validation', 50);
  expect(report.coverage).toMatchObject({ values: 24, windows: 12, draws: 50 });
  const { share80, share95 } = report.coverage!;
  expect(share80).toBeGreaterThan(0);
  expect(share95).toBeGreaterThanOrEqual(share80);
  const { samples, coverage } = await driver.samples({ count: 3, draws: 50 });
  expect(samples.map(({ bands }) => bands?.length)).toEqual([2, 2, 2]);
  expect(coverage).toEqual(report.coverage);
  expect((await driver.evaluates()).coverage).toBeUndefined();
});

test('a model without dropout has nothing to draw, and says what to do', async () => {
  await driver.trains(smallProject({ layers: [layers.simpleRnn(4, false), layers.dropout(0), layers.dense(2)] }));
  const message =
    `The model of ${driver.place('run')} has no dropout that is on, so every draw of a forecast would be the same. Insert a Dropout before the last layer, or set the dropout of a recurrent layer, above 0 (the template monte-carlo-dropout shows it), and train again.`;
  expect(await driver.predictionRefusal({ draws: 10 })).toEqual([message]);
  expect(await driver.evaluationRefusal(10)).toEqual([message]);
  const { samples, coverage } = await driver.samples({ count: 1, draws: 10 });
  expect([samples[0]?.bands, coverage]).toEqual([null, null]);
});
