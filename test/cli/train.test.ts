import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { nodeId } from '../../core/graph/identifiers.ts';
import { dailyValues, readsFile, writeSmallProject } from './small-project.ts';
import { answerOf, emptyFolder, startUnroll, unroll, unrollJson } from './unroll-command.ts';

const errors = { mse: expect.any(Number) as number, mae: expect.any(Number) as number };
const scores = {
  ...errors,
  perHorizon: [1, 2, 3, 4].map((step) => ({ step, ...errors })),
  perColumn: [{ column: 'value', ...errors }],
};

describe('unroll train', () => {
  it('writes a run beside the project and reports what it came to', async () => {
    const folder = await emptyFolder();
    const { code, json } = await unrollJson(folder, 'train', await writeSmallProject(folder));
    expect(code).toBe(0);
    expect(json).toMatchObject({
      run: expect.stringContaining(path.join(folder, 'runs')) as string,
      seed: 1,
      epochs: 2,
      steps: 6,
      msPerStep: expect.any(Number) as number,
      stopped: 'completed',
      engine: { name: 'TensorFlow', version: expect.stringMatching(/^\d+\.\d+/) as string },
      parameters: 44,
      validation: scores,
      baselines: { naive: scores, linear: scores },
    });
    expect(json['baselines']).not.toHaveProperty('seasonalNaive');
    expect(await readdir(json['run'] as unknown as string)).toEqual(expect.arrayContaining(['project.unroll', 'run.json', 'weights.safetensors']));
  });

  it('tells a person the verdict, and shows no progress in a pipe', async () => {
    const folder = await emptyFolder();
    const { code, output, errors: progress } = await unroll(folder, 'train', await writeSmallProject(folder));
    expect(code).toBe(0);
    expect(output).toMatch(/^2 epochs, 6 steps, [\d.]+ ms a step \(TensorFlow [\d.]+\); all epochs done; kept are the weights of epoch [12], the best one\.$/m);
    expect(output).toMatch(/^On the validation part the model (beats|loses to|shows no clear difference from) /m);
    expect(output).toMatch(/^naive +[\d.]+ +[\d.]+/m);
    expect(output).toMatch(/npx unroll evaluate runs\/\S+ --part test/);
    expect(progress).toBe('');
  });

  it('takes other parameters, by id or label, and training settings', async () => {
    const folder = await emptyFolder();
    const file = await writeSmallProject(folder, { kind: 'rename-node', node: nodeId('rnn'), label: 'My cell' });
    const { json } = await unrollJson(folder, 'train', file, '--set', 'My cell.units=8', '--set', 'training.batchSize=16', '--set', 'waves.seed=7', '--epochs', '1', '--out', 'run');
    expect(json).toMatchObject({ run: path.join(folder, 'run'), parameters: 8 + 64 + 8 + 32 + 4, epochs: 1, steps: 5 });
    expect(JSON.parse(await readFile(path.join(folder, 'run/project.unroll'), 'utf8'))).toMatchObject({
      nodes: [{ parameters: { seed: 7 } }, {}, { parameters: { units: 8 } }, {}, {}],
      training: { epochs: 1, batchSize: 16, seed: 1 },
    });
  });

  it('comes to the same weights on one processor', async () => {
    const folder = await emptyFolder();
    const file = await writeSmallProject(folder);
    await unroll(folder, 'train', file, '--out', 'all');
    const { code } = await unroll(folder, 'train', file, '--out', 'one', '--processors', '1');
    expect(code).toBe(0);
    expect(await readFile(path.join(folder, 'one/weights.safetensors'))).toEqual(await readFile(path.join(folder, 'all/weights.safetensors')));
  });

  it.each([
    ['rn.units=3', '--set names no node of the project: "rn"; the nodes are waves, window, rnn, dense and forecast. Did you mean "rnn"?'],
    ['rnn.unit=3', 'rnn has no parameter "unit"; it has units, activation, returnSequences, bidirectional, merge, goBackwards, stateful, dropout, truncateAfter, recurrentDropout, useBias, kernelInitializer, biasInitializer, kernelL1, kernelL2, biasL1, biasL2, recurrentInitializer, recurrentL1 and recurrentL2. Did you mean "units"?'],
    ['training.learning=3', 'training has no parameter "learning"; it has epochs, batchSize, seed, optimizer, schedule, clipping, weightAveraging, earlyStoppingPatience, learningRate, beta1, beta2, epsilon and amsgrad.'],
    ['units', '--set expects NODE.PARAMETER=VALUE, such as lstm-1.units=32; found "units".'],
  ])('refuses --set %s as wrong usage', async (setting, message) => {
    const folder = await emptyFolder();
    const { code, json } = await unrollJson(folder, 'train', await writeSmallProject(folder), '--set', setting);
    expect({ code, json }).toEqual({ code: 2, json: { diagnostics: [expect.objectContaining({ message, where: { kind: 'option', option: '--set' } })] } });
  });

  it.each([
    ['rnn.units=many', 'rnn: units is "many", but must be a whole number from 1 to 65,536: its default is 20.'],
    ['training.learningRate=-1', 'training.optimizer.learningRate: expected a number greater than 0, found -1.'],
  ])('refuses the value of --set %s as the project file would', async (setting, message) => {
    const folder = await emptyFolder();
    const { code, json } = await unrollJson(folder, 'train', await writeSmallProject(folder), '--set', setting);
    expect({ code, json }).toMatchObject({ code: 1, json: { diagnostics: [{ message }] } });
  });

  it('reads another file for a Series node', async () => {
    const folder = await emptyFolder();
    await mkdir(path.join(folder, 'projects'));
    await writeFile(path.join(folder, 'daily.csv'), dailyValues(200));
    const file = await writeSmallProject(path.join(folder, 'projects'), ...readsFile('other.csv'));
    const { code, json } = await unrollJson(folder, 'train', `projects/${file}`, '--data', 'waves=daily.csv', '--set', 'dense.units=8', '--out', 'run');
    expect([code, json['diagnostics']]).toEqual([0, undefined]);
    expect(json['validation']).toMatchObject({ perColumn: [{ column: 'height' }, { column: 'weekday' }] });
    expect(JSON.parse(await readFile(path.join(folder, 'run/project.unroll'), 'utf8'))).toMatchObject({ nodes: [{ parameters: { file: '../daily.csv' } }, {}, {}, {}, {}] });
  });

  it('refuses data for a node that reads none', async () => {
    const folder = await emptyFolder();
    const { code, json } = await unrollJson(folder, 'train', await writeSmallProject(folder), '--data', 'rnn=a.csv');
    expect({ code, json }).toMatchObject({ code: 2, json: { diagnostics: [{ message: '--data: rnn reads no file; only Series nodes do. The project has waves.' }] } });
  });

  it('trains once for each seed, and reports the median run and all of them', async () => {
    const folder = await emptyFolder();
    const { code, json } = await unrollJson(folder, 'train', await writeSmallProject(folder), '--seeds', '1..3', '--out', 'runs/three');
    const runs = json['runs'] as unknown as readonly { readonly seed: number; readonly validation: { readonly mse: number } }[];
    expect([code, runs.map((run) => run.seed)]).toEqual([0, [1, 2, 3]]);
    const median = runs.map((run) => run.validation.mse).sort((left, right) => left - right)[1];
    expect(json['validation']).toMatchObject({ mse: median });
    expect(await readdir(path.join(folder, 'runs/three'))).toEqual(['seed-1', 'seed-2', 'seed-3']);
  });

  it('gives the same figures for the same seed, and others for another', async () => {
    const folder = await emptyFolder();
    const file = await writeSmallProject(folder);
    const train = async (seed: string) => (await unrollJson(folder, 'train', file, '--seed', seed)).json['validation'];
    const [first, again, other] = [await train('5'), await train('5'), await train('6')];
    expect(again).toEqual(first);
    expect(other).not.toEqual(first);
  });

  it('writes to no folder that holds something', async () => {
    const folder = await emptyFolder();
    await mkdir(path.join(folder, 'full'));
    await writeFile(path.join(folder, 'full/mine.txt'), 'mine');
    const { code, json } = await unrollJson(folder, 'train', await writeSmallProject(folder), '--out', 'full');
    const full = path.join(folder, 'full');
    expect([code, json]).toMatchObject([1, { diagnostics: [{ code: 'output-not-empty', message: `${full} exists and is not empty, and nothing is overwritten. Name another one.` }] }]);
    expect(await readdir(full)).toEqual(['mine.txt']);
  });

  it('stops at a loss that is not finite or out of hand, and says where', async () => {
    const folder = await emptyFolder();
    const file = await writeSmallProject(folder);
    const { code, json } = await unrollJson(folder, 'train', file, '--set', 'training.learningRate=1e9', '--set', 'rnn.activation=linear', '--epochs', '50', '--out', 'run');
    expect([code, json]).toMatchObject([1, { diagnostics: [{ severity: 'error', where: { kind: 'run', directory: path.join(folder, 'run') } }] }]);
    expect(JSON.stringify(json)).toMatch(/so training stopped; .*Lower the learning rate \(now 1,000,000,000\)/);
    expect((await unroll(folder, 'evaluate', 'run')).output).toMatch(/kept are the weights of (the start|epoch \d+, the best one)\.$/m);
  });
});

describe('Ctrl+C', () => {
  it('stops within a step, keeps the run, and says how to resume it', async () => {
    const folder = await emptyFolder();
    const child = startUnroll(folder, 'train', await writeSmallProject(folder), '--epochs', '1000000', '--out', 'run');
    const answer = answerOf(child);
    await untilThere(path.join(folder, 'run/checkpoint.safetensors'));
    child.kill('SIGINT');
    const { code, output } = await answer;
    expect(code).toBe(130);
    expect(output).toContain('stopped by you');
    expect(output).toContain('Go on with it:  npx unroll train --resume run');

    const { epochs } = JSON.parse(await readFile(path.join(folder, 'run/run.json'), 'utf8')) as { epochs: number };
    const resumed = await unrollJson(folder, 'train', '--resume', 'run', '--epochs', String(epochs + 2));
    expect([resumed.code, resumed.json]).toMatchObject([0, { epochs: epochs + 2, steps: (epochs + 2) * 3, stopped: 'completed' }]);
  });
});

describe('unroll train --resume', () => {
  it('ends at the weights of the unbroken training', async () => {
    const folder = await emptyFolder();
    const file = await writeSmallProject(folder);
    await unroll(folder, 'train', file, '--epochs', '4', '--out', 'unbroken');
    await unroll(folder, 'train', file, '--epochs', '2', '--out', 'broken');
    expect((await unrollJson(folder, 'train', '--resume', 'broken', '--epochs', '4')).json).toMatchObject({ epochs: 4, steps: 12 });
    const weights = (run: string) => readFile(path.join(folder, run, 'weights.safetensors'));
    expect((await weights('broken')).equals(await weights('unbroken'))).toBe(true);
  });

  it('says that the project has changed since, where it has', async () => {
    const folder = await emptyFolder();
    const file = await writeSmallProject(folder);
    await unroll(folder, 'train', file, '--out', 'run');
    expect((await unroll(folder, 'train', file, '--resume', 'run', '--epochs', '3')).errors).toBe('');
    await writeSmallProject(folder, { kind: 'set-parameter', node: nodeId('rnn'), parameter: 'units', value: 5 });
    const { errors: remarks } = await unroll(folder, 'train', file, '--resume', 'run', '--epochs', '4');
    expect(remarks).toContain('small.unroll has changed since');
  });

  it('refuses a folder that is no run', async () => {
    const folder = await emptyFolder();
    const { code, json } = await unrollJson(folder, 'train', '--resume', 'nothing');
    expect([code, json]).toMatchObject([1, { diagnostics: [{ code: 'run-missing' }] }]);
  });
});

async function untilThere(file: string): Promise<void> {
  for (;;) {
    try {
      await readFile(file);
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
