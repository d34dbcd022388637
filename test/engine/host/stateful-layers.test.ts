import { expect, test } from 'vitest';
import type { GraphDocument } from '../../../core/graph/graph-document.ts';
import { resetVariables } from '../../../engine/host/reset-variables.ts';
import { forecastSamples } from '../../../engine/training/forecast-samples.ts';
import { prepareExperiment } from '../../../engine/training/prepare-experiment.ts';
import { validationLoss } from '../../../engine/training/validation-loss.ts';
import { needPython } from '../../support/python.ts';
import { valueOf } from '../../support/forecast-data.ts';
import { hostDriver } from './host-driver.ts';
import { layers, services, smallProject } from './small-project.ts';
import type { Wishes } from './small-project.ts';

const driver = hostDriver();

const stateful = (units: number, returnSequences: boolean, isStateful = true) => {
  const cell = layers.lstm(units, returnSequences);
  return { ...cell, parameters: { ...cell.parameters, stateful: isStateful } };
};

function documentOf(window: number, isStateful: boolean, wishes: Wishes = {}): GraphDocument {
  return smallProject({
    series: { series: 20, steps: 22 }, window: { window, stride: window },
    layers: [stateful(4, true, isStateful), stateful(3, false, isStateful), layers.dense(2)], training: { epochs: 2 }, ...wishes,
  });
}

const backend = valueOf(await services().loadBackend({ threads: 1, oneDnn: false }));

function resultOf<Value>(work: Generator<undefined, Value>): Value {
  for (let part = work.next(); ; part = work.next()) if (part.done === true) return part.value;
}

/** Forecasts and loss of the validation windows that end at this row, with the weights of a start. */
async function judged(document: GraphDocument, origin: number) {
  const { files, readCsv } = services();
  const experiment = valueOf(await prepareExperiment(document, '/', { files, readCsv }, null));
  const { program, model, dataset: { feeds, scaler, judged: plan } } = experiment;
  const all = plan.samples.validation;
  const chosen = Array.from({ length: all.count }, (_, pick) => pick).filter((pick) => all.origin[pick] === origin);
  const samples = { part: all.part, count: chosen.length, series: Int32Array.from(chosen, (pick) => all.series[pick]!), origin: Int32Array.from(chosen, (pick) => all.origin[pick]!) };
  const session = backend.open(program);
  resetVariables(session, experiment, 3);
  const forecasts = resultOf(forecastSamples(session, program, { feeds, scaler, samples, settings: plan.settings, target: 0, horizon: 2 }));
  const loss = resultOf(validationLoss(session, program, model.targets, feeds, samples));
  session.close();
  return { forecasts: [...forecasts], loss };
}

test('a window whose states are carried is read as one that reaches back to the beginning of its series', async () => {
  const short = await judged(documentOf(5, true), 19);
  const long = await judged(documentOf(20, false), 19);
  expect(short.forecasts).toHaveLength(8);
  short.forecasts.forEach((value, index) => { expect(value).toBeCloseTo(long.forecasts[index]!, 5); });
  expect(short.loss).toBeCloseTo(long.loss, 5);
  expect((await judged(documentOf(5, false), 19)).forecasts[0]).not.toBeCloseTo(long.forecasts[0]!, 3);
});

test('a run with stateful layers is trained, judged and predicted with: every origin is warmed up by what precedes it', async () => {
  const report = await driver.trains(documentOf(5, true));
  expect(report.stopped).toBe('completed');
  // 14 series of 4 windows, 8 rows a batch: 8 series to their ends, then the other 6.
  expect(report.steps).toBe(2 * 8);
  const all = (await driver.predicts({ origins: 'all' })).rows;
  const last = (await driver.predicts()).rows;
  const ofLast = all.filter(({ origin }) => origin === last[0]!.origin);
  expect(ofLast.map(({ series, step }) => [series, step])).toEqual(last.map(({ series, step }) => [series, step]));
  ofLast.forEach(({ forecast }, row) => { expect(forecast).toBeCloseTo(last[row]!.forecast, 5); });
  expect(all).toHaveLength(20 * 18 * 2);
});

test('a learning rate is found for stateful layers too, and a batch with more rows than series says how far states are carried', async () => {
  const document = documentOf(5, true, { series: { series: 4, steps: 62 }, window: { window: 5, stride: 5, trainingShare: 0.5, validationShare: 0.25 } });
  const found = await driver.findsRate(document);
  expect(found.tried.length).toBeGreaterThan(10);
  const report = await driver.trains(document);
  expect(report.warnings.map(({ message }) => message)).toEqual([
    'States are carried along 8 stretches of about 3 windows, because a batch has 8 rows and there are 2 runs of windows that follow each other. A smaller batch carries them further, a batch of 1 all the way.',
  ]);
});

test('it leaves as Keras with stateful=True and as a plain SavedModel, and both are proven', async (context) => {
  needPython(context);
  await driver.trains(documentOf(5, true));
  expect(await driver.exports('keras')).toMatchObject({ facts: { inputs: [1, 5, 1], states: 'carried' }, proof: { verdict: 'proven', windows: 'all 8 windows of the test part, one after another with their states carried' } });
  expect(await driver.exports('savedmodel')).toMatchObject({ facts: { inputs: ['batch', 5, 1], states: 'anew' }, proof: { verdict: 'proven' } });
}, 120_000);
