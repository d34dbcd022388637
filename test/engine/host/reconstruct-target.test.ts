import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { GraphDocument, ParameterValue } from '../../../core/graph/graph-document.ts';
import { nodeId, wireId } from '../../../core/graph/identifiers.ts';
import type { HostClient } from '../../../engine/host/client.ts';
import { startHostInProcess } from '../../../engine/host/in-process.ts';
import { messagesOf, valueOf } from '../../support/forecast-data.ts';
import { services, smallProject, temporaryFolder } from './small-project.ts';

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

const runDirectory = () => path.join(project, 'run');
const allLabels = ['frequency 1', 'frequency 2', 'offset 1', 'offset 2'];

/** The generator's numbers as a vector, from which a Dense draws the whole series. */
function drawsWaves(labels: readonly string[] = allLabels): GraphDocument {
  const node = (id: string, type: string, parameters: Readonly<Record<string, ParameterValue>> = {}) => ({ id: nodeId(id), type, label: id, parameters });
  const chain = [
    node('series', 'series', { series: 400, steps: 8, noise: 0 }),
    node('window', 'window', { window: 8, splitBy: 'series', labels }),
    node('take', 'take-step'),
    node('numbers', 'crop-features', { before: 1, after: 0 }),
    node('wide', 'dense', { units: 24, activation: 'tanh' }),
    node('repeat', 'repeat-vector', { steps: 8 }),
    node('gru', 'gru', { units: 16, returnSequences: true }),
    node('dense', 'dense', { units: 1 }),
    node('target', 'reconstruct'),
  ];
  const outputs = ['series', 'windows', ...Array.from({ length: 6 }, () => 'outputs')];
  const inputs = ['series', ...Array.from({ length: 6 }, () => 'inputs'), 'predictions'];
  return {
    ...smallProject({ training: { epochs: 60, batchSize: 32, optimizer: { kind: 'adam', learningRate: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-7, amsgrad: false } } }),
    nodes: chain,
    wires: chain.slice(1).map(({ id }, position) => ({ id: wireId(`wire-${position}`), from: { node: chain[position]!.id, port: outputs[position]! }, to: { node: id, port: inputs[position]! } })),
  };
}

test('series are drawn from the four numbers that they were made of, better than the mean series, in exports and predictions as well', async () => {
  const { prepared } = valueOf(await host.prepare({ document: drawsWaves(), projectDirectory: project }));
  const report = valueOf(await host.train({ prepared, runDirectory: runDirectory() }));
  expect(report).toMatchObject({ kind: 'reconstruct', target: 'target' });
  expect(Object.keys(report.baselines ?? {})).toEqual(['meanSeries']);
  expect(report.verdict).toMatch(/^beats the mean series by/u);
  expect(report.validation!.perHorizon).toHaveLength(8);

  const { drawings } = valueOf(await host.sampleForecasts({ runDirectory: runDirectory(), part: 'validation', count: 2 }));
  expect(drawings.map(({ truth, model, meanSeries }) => [truth.length, model.length, meanSeries.length])).toEqual([[8, 8, 8], [8, 8, 8]]);
  const { labels, filled } = valueOf(await host.predict({ runDirectory: runDirectory(), dataFile: null, origins: 'last' }));
  expect(filled).toEqual([]);
  expect(labels[0]?.header).toEqual(['series', 'step', 'value']);
  expect(labels[0]?.rows).toHaveLength(400 * 8);

  const record: unknown = JSON.parse(await readFile(path.join(runDirectory(), 'run.json'), 'utf8'));
  expect(record).toMatchObject({ labels: [{ name: 'faster wave' }, ...allLabels.map((name) => ({ name, scale: { factor: expect.any(Number) as number } }))] });
});

test('a label that the series have not is named', async () => {
  const refused = await host.prepare({ document: drawsWaves(['frequency 1', 'frequency 2', 'offset 1', 'offset 3']), projectDirectory: project });
  expect(messagesOf(refused)).toEqual([
    'window: there is no label "offset 3" that is a number; there are "frequency 1", "frequency 2", "offset 1" and "offset 2".',
  ]);
});
