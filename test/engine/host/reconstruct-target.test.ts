import { expect, test } from 'vitest';
import type { GraphDocument } from '../../../core/graph/graph-document.ts';
import { drawnGraph } from '../../support/drawn-graph.ts';
import { hostDriver } from './host-driver.ts';
import { adamAt } from './small-project.ts';

const driver = hostDriver();
const allLabels = ['frequency 1', 'frequency 2', 'offset 1', 'offset 2'];

/** The generator's numbers as a vector, from which a Dense draws the whole series. */
function drawsWaves(labels: readonly string[] = allLabels): GraphDocument {
  return drawnGraph({
    series: ['series', { series: 400, steps: 8, noise: 0 }],
    window: ['window', { window: 8, splitBy: 'series', labels }],
    take: ['take-step'],
    numbers: ['crop-features', { before: 1, after: 0 }],
    wide: ['dense', { units: 24, activation: 'tanh' }],
    repeat: ['repeat-vector', { steps: 8 }],
    gru: ['gru', { units: 16, returnSequences: true }],
    dense: ['dense', { units: 1 }],
    target: ['reconstruct'],
  }, ['series > window > take > numbers > wide > repeat > gru > dense > target'], { epochs: 60, batchSize: 32, optimizer: adamAt(0.01) });
}

test('series are drawn from the four numbers that they were made of, better than the mean series, in exports and predictions as well', async () => {
  const report = await driver.trains(drawsWaves());
  expect(report).toMatchObject({ kind: 'reconstruct', target: 'target' });
  expect(Object.keys(report.baselines ?? {})).toEqual(['meanSeries']);
  expect(report.verdict).toMatch(/^beats the mean series by/u);
  expect(report.validation!.perHorizon).toHaveLength(8);

  const { drawings } = await driver.samples();
  expect(drawings.map(({ truth, model, meanSeries }) => [truth.length, model.length, meanSeries.length])).toEqual([[8, 8, 8], [8, 8, 8]]);
  const { labels, filled } = await driver.predicts();
  expect(filled).toEqual([]);
  expect(labels[0]?.header).toEqual(['series', 'step', 'value']);
  expect(labels[0]?.rows).toHaveLength(400 * 8);

  expect(await driver.record()).toMatchObject({ labels: [{ name: 'faster wave' }, ...allLabels.map((name) => ({ name, scale: { factor: expect.any(Number) as number } }))] });
});

test('a label that the series have not is named', async () => {
  expect(await driver.refusal(drawsWaves(['frequency 1', 'frequency 2', 'offset 1', 'offset 3']))).toEqual([
    'window: there is no label "offset 3" that is a number; there are "frequency 1", "frequency 2", "offset 1" and "offset 2".',
  ]);
});
