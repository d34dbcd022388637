import { rm } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { GraphDocument } from '../../../core/graph/graph-document.ts';
import type { HostClient } from '../../../engine/host/client.ts';
import { startHostInProcess } from '../../../engine/host/in-process.ts';
import { messagesOf, valueOf } from '../../support/forecast-data.ts';
import { layers, services, smallProject, temporaryFolder } from './small-project.ts';

let project: string;
let host: HostClient;

beforeEach(async () => {
  project = await temporaryFolder();
  host = startHostInProcess(services());
});
afterEach(async () => {
  await host.close();
  await rm(project, { recursive: true });
});

async function train(document: GraphDocument): Promise<string> {
  const { prepared } = valueOf(await host.prepare({ document, projectDirectory: project }));
  return valueOf(await host.train({ prepared, runDirectory: path.join(project, 'run') })).run;
}

async function draw(runDirectory: string, draws: number) {
  return valueOf(await host.predict({ runDirectory, dataFile: null, origins: 'last', draws })).rows.map((row) => ({ forecast: row.forecast, ...row.bands! }));
}

test('draws of a forecast differ within one call, are the same again, and their mean settles', async () => {
  const run = await train(smallProject({ training: { epochs: 20, optimizer: { kind: 'sgd', learningRate: 0.1, momentum: 0.9, nesterov: false } } }));
  const few = await draw(run, 200);
  expect(few).toHaveLength(60 * 2);
  for (const { low95, low80, mean, high80, high95 } of few) {
    expect(low95).toBeLessThan(low80);
    expect(low80).toBeLessThan(mean);
    expect(mean).toBeLessThan(high80);
    expect(high80).toBeLessThan(high95);
  }
  expect(await draw(run, 200)).toEqual(few);
  const many = await draw(run, 2_000);
  // A mean of 200 draws errs by a fourteenth of their deviation, which is a 2.56th of the 80 % band: four times that is rare.
  const far = few.filter(({ mean, low80, high80 }, row) => Math.abs(mean - many[row]!.mean) > (4 * (high80 - low80)) / 2.56 / Math.sqrt(200));
  expect(far.length).toBeLessThan(few.length / 20);
});

test.each(['dropout', 'recurrentDropout'])('the %s of a recurrent layer is drawn for each row too', async (parameter) => {
  const cell = layers.lstm(5, false);
  const run = await train(smallProject({ layers: [{ ...cell, parameters: { ...cell.parameters, [parameter]: 0.4 } }, layers.dense(2)] }));
  for (const { low80, high80 } of await draw(run, 50)) expect(low80).toBeLessThan(high80);
});

test('an evaluation with draws says how many true values the bands hold; sample forecasts bring them', async () => {
  const run = await train(smallProject());
  const report = valueOf(await host.evaluate({ runDirectory: run, part: 'validation', draws: 50 }));
  expect(report.coverage).toMatchObject({ values: 24, windows: 12, draws: 50 });
  const { share80, share95 } = report.coverage!;
  expect(share80).toBeGreaterThan(0);
  expect(share95).toBeGreaterThanOrEqual(share80);
  const { samples, coverage } = valueOf(await host.sampleForecasts({ runDirectory: run, part: 'validation', count: 3, draws: 50 }));
  expect(samples.map(({ bands }) => bands?.length)).toEqual([2, 2, 2]);
  expect(coverage).toEqual(report.coverage);
  expect(valueOf(await host.evaluate({ runDirectory: run, part: 'validation' })).coverage).toBeUndefined();
});

test('a model without dropout has nothing to draw, and says what to do', async () => {
  const run = await train(smallProject({ layers: [layers.simpleRnn(4, false), layers.dropout(0), layers.dense(2)] }));
  const message =
    `The model of ${run} has no dropout that is on, so every draw of a forecast would be the same. Insert a Dropout before the last layer, or set the dropout of a recurrent layer, above 0 (the template monte-carlo-dropout shows it), and train again.`;
  expect(messagesOf(await host.predict({ runDirectory: run, dataFile: null, origins: 'last', draws: 10 }))).toEqual([message]);
  expect(messagesOf(await host.evaluate({ runDirectory: run, part: 'validation', draws: 10 }))).toEqual([message]);
  const { samples, coverage } = valueOf(await host.sampleForecasts({ runDirectory: run, part: 'validation', count: 1, draws: 10 }));
  expect([samples[0]?.bands, coverage]).toEqual([null, null]);
});
