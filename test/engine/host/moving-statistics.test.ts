import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { decodeSafetensors } from '../../../engine/runs/safetensors.ts';
import { hostDriver } from './host-driver.ts';
import { layers, smallProject } from './small-project.ts';

const normalization = { type: 'batch-norm', parameters: { momentum: 0.5 }, input: 'inputs', output: 'outputs' };

/** Normalised within the batch before and after a SimpleRNN; so high a learning rate that the last epoch is not the best. */
const project = (epochs: number) => smallProject({
  layers: [normalization, layers.simpleRnn(4, false), normalization, layers.dense(2)],
  training: { epochs, optimizer: { kind: 'adam', learningRate: 0.3, beta1: 0.9, beta2: 0.999, epsilon: 1e-7, amsgrad: false } },
});
const statistics = ['batch-norm-2', 'batch-norm-4'].flatMap((node) => ['moving_mean', 'moving_variance'].map((name) => `${node}/${name}`));

const { place, trains, resumes } = hostDriver();

const tensorsOf = async (run: string, file: string) => decodeSafetensors(await readFile(path.join(place(run), file))).tensors;

test('kept weights come with the moving statistics of their epoch: judged again, they have the loss that they were kept for', async () => {
  const report = await trains(project(6), 'run');
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
  await trains(project(2), 'resumed');
  await trains(project(4), 'unbroken');
  await resumes(4, 'resumed');
  const resumed = await tensorsOf('resumed', 'checkpoint.safetensors');
  const unbroken = await tensorsOf('unbroken', 'checkpoint.safetensors');
  expect([...resumed.keys()]).toEqual(expect.arrayContaining(statistics.map((name) => `variable/${name}`)));
  expect(resumed).toEqual(unbroken);
});
