import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { goodWeights, hdf5With, group, kerasFile, layer } from '../formats/import/small-keras-file.ts';
import { dailyValues, writeSmallProject } from './small-project.ts';
import { unroll, unrollJson } from './unroll-command.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'unroll-'));
  await writeFile(path.join(folder, 'daily.csv'), dailyValues(200));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

/** Reads windows of four rows with two columns: LSTM(3) and Dense(2), and before them, where it is asked for, a layer that Unroll has not. */
async function writeForeign(name: string, unknown = false): Promise<void> {
  const weights = await hdf5With((file) => {
    const dataset = (place: string, shape: readonly number[]) =>
      group(file, path.posix.dirname(place)).create_dataset({ name: path.posix.basename(place), data: new Float32Array(shape.reduce((product, size) => product * size, 1)).fill(0.1), shape: [...shape], dtype: '<f4' });
    [[2, 12], [3, 12], [12]].forEach((shape, index) => dataset(`layers/lstm/cell/vars/${index}`, shape));
    [[3, 2], [2]].forEach((shape, index) => dataset(`layers/dense/vars/${index}`, shape));
  });
  const sequence = [
    layer('InputLayer', { batch_shape: [null, 4, 2], name: 'input' }),
    ...(unknown ? [layer('UnitNormalization', { name: 'norm', axis: -1 })] : []),
    layer('LSTM', { units: 3, name: 'lstm' }, [], { build_config: { input_shape: [null, 4, 2] } }),
    layer('Dense', { units: 2, name: 'dense' }),
  ];
  await writeFile(path.join(folder, name), kerasFile({ weights, config: { class_name: 'Sequential', config: { name: 'foreign', layers: sequence } } }));
}

describe('unroll import', () => {
  it("makes a project of a Keras model that is judged, forecasts and is trained on from at once, given its data", async () => {
    await writeForeign('foreign.keras');
    const { code, json } = await unrollJson(folder, 'import', 'foreign.keras', '--out', 'foreign.unroll', '--data', 'daily.csv');
    expect([code, json]).toMatchObject([0, { project: path.join(folder, 'foreign.unroll'), run: path.join(folder, 'runs/imported'), origin: { program: 'Keras', version: '3.15.0' }, window: 4, features: 2, weights: 5 }]);
    expect(await unrollJson(folder, 'evaluate', 'runs/imported')).toMatchObject({ code: 0, json: { stopped: 'imported', epochs: 0, validation: { mse: expect.any(Number) as number } } });
    expect((await unroll(folder, 'predict', 'runs/imported', '--data', 'daily.csv', '--out', 'forecast.csv')).code).toBe(0);
    expect(await readFile(path.join(folder, 'forecast.csv'), 'utf8')).toMatch(/^origin,step,date,column,forecast\n2020-07-18,1,2020-07-19,height,/);

    const before = await unrollJson(folder, 'evaluate', 'runs/imported');
    const trained = await unrollJson(folder, 'train', 'foreign.unroll', '--from', 'runs/imported', '--epochs', '1', '--set', 'training.learningRate=1e-12', '--out', 'runs/on');
    expect(trained.code).toBe(0);
    const mse = (json: unknown): number => (json as { validation: { mse: number } }).validation.mse;
    expect(mse(trained.json)).toBeCloseTo(mse(before.json), 4);
    const resumed = await unrollJson(folder, 'train', '--resume', 'runs/imported', '--epochs', '1');
    expect(resumed).toMatchObject({ code: 0, json: { stopped: 'completed', epochs: 1 } });
  });

  it.each(['8k', '12k'])('leaves nothing behind where the disk fills up: %s', async (size) => {
    await writeForeign('large.keras');
    const disk = path.join(folder, `disk-${size}`);
    await mkdir(disk);
    const isMounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', disk]).status === 0;
    expect(isMounted || process.env['CI'] === undefined).toBe(true);
    if (!isMounted) return;
    try {
      const { code, errors } = await unroll(folder, 'import', 'large.keras', '--out', path.join(disk, 'large.unroll'));
      expect([code, errors]).toEqual([1, expect.stringMatching(/could not be written: the disk is full\. Free some space and try again/u)]);
      const left = await readdir(disk, { recursive: true, withFileTypes: true });
      expect(left.filter((entry) => entry.isFile()).map(({ name }) => name)).toEqual([]);
    } finally {
      spawnSync('umount', ['-l', disk]);
    }
  });

  it('says what is left to choose where nothing is known of the data, and which columns fit', async () => {
    await writeForeign('bare.keras');
    const { code, errors } = await unroll(folder, 'import', 'bare.keras', '--out', 'bare.unroll');
    expect(code).toBe(0);
    expect(errors).toContain("A Keras model says nothing of its data: choose Series 1's file. The model reads windows of 4 time steps with 2 columns, scaled as it was trained.");
    const narrow = await unrollJson(folder, 'import', 'bare.keras', '--out', 'narrow.unroll', '--data', 'daily.csv', '--columns', 'height');
    expect(narrow).toMatchObject({ code: 1, json: { diagnostics: [{ code: 'import-columns', message: 'The model reads 2 columns and daily.csv has "height": choose 2 of them, in the order in which the model reads them, with --columns.' }] } });
  });

  it('keeps the weights beside a layer that it does not have, and says where training stops', async () => {
    await writeForeign('norm.keras', true);
    const { code, errors } = await unroll(folder, 'import', 'norm.keras', '--out', 'norm.unroll', '--data', 'daily.csv');
    expect(code).toBe(0);
    expect(errors).toContain('Unroll cannot compute norm (UnitNormalization: Unroll has no such layer)');
    const trained = await unrollJson(folder, 'train', 'norm.unroll');
    expect(trained).toMatchObject({ code: 1, json: { diagnostics: [{ code: 'unknown-layer', message: 'norm is the layer UnitNormalization of Keras 3.15.0 that Unroll cannot compute: Unroll has no such layer. To train, judge or export the model, put layers in its place that make (batch, 4 time, 2 feature) of (batch, 4 time, columns feature), or take it out.' }] } });
  });

  it('brings an export of its own back as the project that it was', async () => {
    const file = await writeSmallProject(folder);
    expect((await unroll(folder, 'train', file, '--out', 'own')).code).toBe(0);
    expect((await unroll(folder, 'export', 'own', '--format', 'keras', '--out', 'own.keras')).code).toBe(0);
    const { code, json } = await unrollJson(folder, 'import', 'own.keras', '--out', 'back/own.unroll');
    expect([code, json]).toMatchObject([0, { notes: [] }]);
    expect(await readFile(path.join(folder, 'back/own.unroll'), 'utf8')).toBe(await readFile(path.join(folder, file), 'utf8'));
    const [then, now] = [await unrollJson(folder, 'evaluate', 'own'), await unrollJson(folder, 'evaluate', 'back/runs/imported')];
    expect(now.json['validation']).toEqual(then.json['validation']);
  });

  it('refuses what is no model, and overwrites nothing', async () => {
    await writeFile(path.join(folder, 'note.keras'), 'not a model');
    expect(await unrollJson(folder, 'import', 'note.keras', '--out', 'note.unroll')).toMatchObject({ code: 1, json: { diagnostics: [{ code: 'import-not-archive' }] } });
    expect(await unrollJson(folder, 'import', 'daily.csv', '--out', 'note.unroll')).toMatchObject({ code: 2, json: { diagnostics: [{ code: 'import-name-unknown' }] } });
    await writeFile(path.join(folder, 'small.keras'), kerasFile({ weights: await goodWeights() }));
    await writeFile(path.join(folder, 'taken.unroll'), 'mine');
    expect(await unrollJson(folder, 'import', 'small.keras', '--out', 'taken.unroll')).toMatchObject({ code: 1, json: { diagnostics: [{ code: 'output-not-empty' }] } });
  });
});
