import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { HostClient } from '../../../engine/host/client.ts';
import { startHostInProcess } from '../../../engine/host/in-process.ts';
import { decodeSafetensors } from '../../../engine/runs/safetensors.ts';
import { valueOf } from '../../support/forecast-data.ts';
import { layers, services, smallProject, temporaryFolder } from './small-project.ts';

const normalization = { type: 'batch-norm', parameters: { momentum: 0.5 }, input: 'inputs', output: 'outputs' };

/** Normalised within the batch before and after a SimpleRNN; so high a learning rate that the last epoch is not the best. */
const project = (epochs: number) => smallProject({
  layers: [normalization, layers.simpleRnn(4, false), normalization, layers.dense(2)],
  training: { epochs, optimizer: { kind: 'adam', learningRate: 0.3, beta1: 0.9, beta2: 0.999, epsilon: 1e-7, amsgrad: false } },
});
const statistics = ['batch-norm-2', 'batch-norm-4'].flatMap((node) => ['moving_mean', 'moving_variance'].map((name) => `${node}/${name}`));

let folder: string;
let host: HostClient;

beforeEach(async () => {
  folder = await temporaryFolder();
  host = startHostInProcess(services());
});
afterEach(async () => {
  await host.close();
  await rm(folder, { recursive: true });
});

async function train(epochs: number, name: string) {
  const { prepared } = valueOf(await host.prepare({ document: project(epochs), projectDirectory: folder }));
  return valueOf(await host.train({ prepared, runDirectory: path.join(folder, name) }));
}

const tensorsOf = async (run: string, file: string) => decodeSafetensors(await readFile(path.join(folder, run, file))).tensors;

test('kept weights come with the moving statistics of their epoch: judged again, they have the loss that they were kept for', async () => {
  const report = await train(6, 'run');
  expect(report.bestEpoch).toBeLessThan(6);
  expect(Math.abs(report.validation!.mse / report.bestLoss! - 1)).toBeLessThan(1e-5);
  const kept = await tensorsOf('run', 'weights.safetensors');
  const last = await tensorsOf('run', 'checkpoint.safetensors');
  for (const name of statistics) {
    expect(kept.get(`moving/${name}`)).toEqual(last.get(`kept/${name}`));
    expect(kept.get(`moving/${name}`)).not.toEqual(last.get(`variable/${name}`));
  }
});

test('a run trained on equals the unbroken one bit for bit, moving statistics included', async () => {
  await train(2, 'resumed');
  await train(4, 'unbroken');
  valueOf(await host.resume({ runDirectory: path.join(folder, 'resumed'), epochs: 4 }));
  const resumed = await tensorsOf('resumed', 'checkpoint.safetensors');
  const unbroken = await tensorsOf('unbroken', 'checkpoint.safetensors');
  expect([...resumed.keys()]).toEqual(expect.arrayContaining(statistics.map((name) => `variable/${name}`)));
  expect(resumed).toEqual(unbroken);
});
