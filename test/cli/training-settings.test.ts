import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { applySettings } from '../../cli/options/set-option.ts';
import { messagesOf } from '../support/forecast-data.ts';
import { smallDocument, writeSmallProject } from './small-project.ts';
import { emptyFolder, unroll, unrollJson } from './unroll-command.ts';

const set = (...settings: readonly string[]): readonly string[] => settings.flatMap((setting) => ['--set', `training.${setting}`]);

async function trainWith(...settings: readonly string[]) {
  const folder = await emptyFolder();
  const { code, json } = await unrollJson(folder, 'train', await writeSmallProject(folder), ...set(...settings), '--out', 'run');
  return { folder, code, json };
}

describe('a training setting', () => {
  it.each([
    ['learningRate=Infinity', 'training.optimizer.learningRate: expected a number greater than 0, found Infinity.'],
    ['optimizer=adma', 'training.optimizer.kind: expected "sgd", "rmsprop", "adam" or "adamw", found "adma".'],
    ['optimizer=3', 'training.optimizer: expected an optimizer: an object whose kind is "sgd", "rmsprop", "adam" or "adamw", found 3.'],
    ['schedule=linear', 'training.schedule.kind: expected "constant", "exponential", "cosine", "cosine-restarts" or "plateau", found "linear".'],
    ['clipping=norms', 'training.clipping.kind: expected "value", "norm" or "global-norm", found "norms".'],
    ['clipping.limit=-1', 'training.clipping.limit: expected a number greater than 0, found -1.'],
    ['weightAveraging.momentum=1', 'training.weightAveraging.momentum: expected a number from 0 up to, not including, 1, found 1.'],
    ['schedule.warmup=2', 'training.schedule has no parameter "warmup"; it has none.'],
    ['epochs.warmup=2', 'training has no parameter "epochs.warmup"; it has epochs, batchSize, seed, optimizer, schedule, clipping, weightAveraging, earlyStoppingPatience, learningRate, beta1, beta2, epsilon and amsgrad.'],
    ['optimizer.beta=2', 'training.optimizer has no parameter "beta"; it has learningRate, beta1, beta2, epsilon and amsgrad. Did you mean "beta1"?'],
  ])('%s is refused', (setting, message) => {
    expect(messagesOf(applySettings(smallDocument, [`training.${setting}`]))).toEqual([message]);
  });
});

describe('unroll train --set training.…', () => {
  it('takes the optimiser, the schedule, clipping and averaging, and their members', async () => {
    const { folder, code } = await trainWith(
      'optimizer=rmsprop', 'learningRate=0.02', 'optimizer.momentum=0.5', 'schedule=cosine', 'schedule.warmupEpochs=0.5', 'clipping=norm', 'clipping.limit=0.5', 'weightAveraging.momentum=0.9',
    );
    expect(code).toBe(0);
    expect(JSON.parse(await readFile(path.join(folder, 'run/project.unroll'), 'utf8'))).toMatchObject({
      training: {
        optimizer: { kind: 'rmsprop', learningRate: 0.02, rho: 0.9, momentum: 0.5, epsilon: 1e-7, centered: false },
        schedule: { kind: 'cosine', warmupEpochs: 0.5, decayEpochs: null, finalShare: 0 },
        clipping: { kind: 'norm', limit: 0.5 },
        weightAveraging: { momentum: 0.9 },
      },
    });
    const [first, last] = (await readFile(path.join(folder, 'run/history.jsonl'), 'utf8')).trim().split('\n').map((line) => JSON.parse(line) as { readonly learningRate: number });
    expect(first!.learningRate).toBeCloseTo(0.02 * 0.5 * (1 + Math.cos((Math.PI * 0.5) / 4.5)), 6);
    expect(last!.learningRate).toBeLessThan(first!.learningRate);
  });

  it('takes away what is set to none', async () => {
    const { folder } = await trainWith('clipping=value', 'clipping=none', 'weightAveraging.momentum=0.5', 'weightAveraging=none');
    expect(JSON.parse(await readFile(path.join(folder, 'run/project.unroll'), 'utf8'))).toMatchObject({ training: { clipping: null, weightAveraging: null } });
  });

  it.each([
    [['learningRate=0'], 'training.optimizer.learningRate: expected a number greater than 0, found 0.'],
    [['optimizer=sgd', 'momentum=1.5'], 'training.optimizer.momentum: expected a number from 0 up to, not including, 1, found 1.5.'],
  ])('refuses %j', async (settings, message) => {
    const { code, json } = await trainWith(...settings);
    expect({ code, json }).toMatchObject({ code: 1, json: { diagnostics: [{ message }] } });
  });

  it('takes a batch larger than the training part, and says what it does', async () => {
    const { code, json } = await trainWith('batchSize=1000');
    expect({ code, json }).toMatchObject({
      code: 0,
      json: {
        steps: 2,
        warnings: [{
          message: 'A batch of 1,000 windows was asked for, but the training part holds 70 windows: every step takes all of them, one step an epoch. Make the batch smaller, or train for more epochs.',
        }],
      },
    });
  });

  it('stops at a learning rate of a thousand million, and keeps the best weights', async () => {
    const { folder, code, json } = await trainWith('learningRate=1e9', 'epochs=50');
    const [first] = json['diagnostics'] as unknown as readonly { readonly code: string; readonly message: string }[];
    expect([code, first?.code]).toEqual([1, 'training-diverged']);
    expect(first?.message).toMatch(
      /^The loss grew from [\d.]+ to [\d.e+]+ at step \d+ \(epoch \d+\), more than a million times, so training stopped; .*(kept|weights are those of the start)\. Lower the learning rate \(now 1,000,000,000\)\.$/u,
    );
    const judged = await unrollJson(folder, 'evaluate', 'run');
    expect([judged.code, judged.json['validation']]).toEqual([0, expect.objectContaining({ mse: expect.any(Number) as number })]);
  });
});

describe('a training that goes wrong on the way', () => {
  it('keeps the weights of its best epoch, says why it ended, and can be judged', async () => {
    // The rate rises from 0 to where plain gradient descent comes apart: the first epochs are sound.
    const { folder, code, json } = await trainWith('optimizer=sgd', 'learningRate=1000', 'schedule=cosine', 'schedule.warmupEpochs=10000', 'epochs=500');
    const [first] = json['diagnostics'] as unknown as readonly { readonly code: string; readonly message: string }[];
    expect([code, first?.code]).toEqual([1, 'training-diverged']);
    expect(first?.message).toMatch(/ so training stopped; the weights of epoch \d+ are kept\. Lower the learning rate \(now 1,000\)\.$/u);
    const record = JSON.parse(await readFile(path.join(folder, 'run/run.json'), 'utf8')) as { readonly bestEpoch: number; readonly bestLoss: number };
    const best = (await readFile(path.join(folder, 'run/history.jsonl'), 'utf8')).trim().split('\n').map((line) => JSON.parse(line) as { readonly epoch: number; readonly validationLoss: number })
      .reduce((least, point) => (point.validationLoss < least.validationLoss ? point : least));
    expect([record.bestEpoch, record.bestLoss]).toEqual([best.epoch, best.validationLoss]);
    expect((await unrollJson(folder, 'evaluate', 'run')).json['validation']).toMatchObject({ mse: expect.any(Number) as number });
  });

  it('stops at a loss that is not finite, with the step', async () => {
    const { code, json } = await trainWith('optimizer=sgd', 'learningRate=1e30');
    expect({ code, json }).toMatchObject({
      code: 1,
      json: {
        diagnostics: [{
          code: 'loss-not-finite',
          message:
            'The loss became infinite at step 2 (epoch 1), so training stopped; no epoch had ended, so the weights are those of the start. ' +
            "Lower the learning rate (now 1e+30), or clip the gradient's norm.",
        }],
      },
    });
  });
});

describe('unroll find-rate', () => {
  it('suggests a learning rate, draws the loss over the rates, and writes nothing', async () => {
    const folder = await emptyFolder();
    const file = await writeSmallProject(folder);
    const { code, output } = await unroll(folder, 'find-rate', file, '--set', 'rnn.units=8');
    expect(code).toBe(0);
    expect(output).toMatch(/^Loss, smoothed, over the learning rate:\n/);
    expect(output).toMatch(/^Suggested learning rate: [\d.e-]+ \(the project has 0\.01\)\.$/m);
    expect(output).toMatch(/^Train with it: {2}npx unroll train small\.unroll --set 'rnn\.units=8' --set training\.learningRate=[\d.e-]+$/m);
    expect(await readdir(folder)).toEqual([file]);
  });

  it('finds the same again, and says in JSON what it tried', async () => {
    const folder = await emptyFolder();
    const file = await writeSmallProject(folder);
    const [first, again] = [await unrollJson(folder, 'find-rate', file), await unrollJson(folder, 'find-rate', file)];
    expect(first.json).toMatchObject({ tried: expect.any(Array) as unknown[], suggested: expect.any(Number) as number, current: 0.01, seed: 1, batchSize: 32 });
    expect(again).toEqual(first);
  });
});
