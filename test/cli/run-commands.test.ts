import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadTensorFlow } from '../../engine/tensorflow/native-runtime.ts';
import { dailyValues, readsFile, writeSmallProject } from './small-project.ts';
import { unroll, unrollJson } from './unroll-command.ts';
import type { JsonValue } from './unroll-command.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'unroll-'));
  await writeFile(path.join(folder, 'daily.csv'), dailyValues(200));
  const file = await writeSmallProject(folder, ...readsFile('daily.csv'));
  const { code, errors } = await unroll(folder, 'train', file, '--set', 'dense.units=8', '--set', 'waves.season=7', '--out', 'run');
  if (code !== 0) throw new Error(errors);
});

afterAll(() => rm(folder, { recursive: true, force: true }));

describe('unroll evaluate', () => {
  it('judges a part beside the baselines', async () => {
    const { code, json } = await unrollJson(folder, 'evaluate', 'run', '--part', 'test');
    expect(code).toBe(0);
    const errors = { mse: expect.any(Number) as number, mae: expect.any(Number) as number };
    const scores = { ...errors, perHorizon: [1, 2, 3, 4].map((step) => ({ step, ...errors })), perColumn: [{ column: 'height' }, { column: 'weekday' }] };
    expect(json).toMatchObject({ run: path.join(folder, 'run'), seed: 1, epochs: 2, stopped: 'completed', test: scores, baselines: { naive: scores, seasonalNaive: scores, linear: scores } });
    expect(json).not.toHaveProperty('validation');
  });

  it('judges the validation part unless told otherwise, as training did', async () => {
    const { json } = await unrollJson(folder, 'evaluate', 'run');
    const record = JSON.parse(await readFile(path.join(folder, 'run/run.json'), 'utf8')) as JsonValue;
    expect(json['validation']).toEqual(record['evaluation']?.['validation']?.['scores']);
  });

  it('prints each step of the horizon and each column', async () => {
    const { output } = await unroll(folder, 'evaluate', 'run');
    expect(output).toMatch(/^step +mse +naive mse +mae +naive mae\n1 /m);
    expect(output).toMatch(/^height +[\d.]+ /m);
    expect(output).toMatch(/^seasonal naive +/m);
  });

  it('refuses a folder that is no run', async () => {
    const { code, json } = await unrollJson(folder, 'evaluate', '.');
    expect([code, json]).toMatchObject([1, { diagnostics: [{ code: 'run-missing', message: `${folder} is not a run: it holds no run.json. Name the folder that the training wrote.` }] }]);
  });
});

describe('Monte Carlo dropout', () => {
  it('has nothing to draw in a model without dropout, and says what to do', async () => {
    const { code, json } = await unrollJson(folder, 'predict', 'run', '--data', 'daily.csv', '--out', 'drawn.csv', '--samples', '10');
    expect([code, json]).toMatchObject([1, {
      diagnostics: [{
        code: 'nothing-to-draw',
        message:
          `The model of ${path.join(folder, 'run')} has no dropout that is on, so every draw of a forecast would be the same. ` +
          'Insert a Dropout before the last layer, or set the dropout of a recurrent layer, above 0 (the template monte-carlo-dropout shows it), and train again.',
      }],
    }]);
  });

  it('gives mean and bands beside each forecast, and the share of true values inside them', async () => {
    await unroll(folder, 'new', 'monte-carlo-dropout');
    expect((await unroll(folder, 'train', 'monte-carlo-dropout.unroll', '--epochs', '1', '--out', 'dropout')).code).toBe(0);
    const { code } = await unroll(folder, 'predict', 'dropout', '--data', 'seattle-weather-daily.csv', '--out', 'drawn.csv', '--samples', '50');
    const [head, ...rows] = (await readFile(path.join(folder, 'drawn.csv'), 'utf8')).trimEnd().split('\n').map((line) => line.split(','));
    expect([code, head]).toEqual([0, ['origin', 'step', 'date', 'column', 'forecast', 'mean', 'low80', 'high80', 'low95', 'high95']]);
    for (const [mean, low80, high80, low95, high95] of rows.map((row) => row.slice(5).map(Number))) {
      expect([low95, low80, mean, high80, high95]).toEqual([low95, low80, mean, high80, high95].toSorted((first, second) => first! - second!));
      expect(high80).toBeGreaterThan(low80!);
    }
    expect((await unroll(folder, 'evaluate', 'dropout', '--samples', '20')).output).toMatch(/^Monte Carlo dropout, 20 draws of each forecast, [\d,]+ values:\nThe 80 % band holds \d+ %, the 95 % band \d+ % of the true values: /m);
  });
});

describe('unroll predict', () => {
  it('forecasts what follows the last row', async () => {
    const { code, json } = await unrollJson(folder, 'predict', 'run', '--data', 'daily.csv', '--out', 'last.csv');
    expect([code, json]).toMatchObject([0, { origins: 1, rows: 8, out: path.join(folder, 'last.csv') }]);
    const rows = (await readFile(path.join(folder, 'last.csv'), 'utf8')).trimEnd().split('\n').map((line) => line.split(','));
    expect(rows[0]).toEqual(['origin', 'step', 'date', 'column', 'forecast']);
    expect(rows.slice(1).map((row) => row.slice(0, 4))).toEqual(
      [1, 2, 3, 4].flatMap((step) => ['height', 'weekday'].map((column) => ['2020-07-18', String(step), `2020-07-${18 + step}`, column])),
    );
    expect(rows.slice(1).every((row) => Number.isFinite(Number(row[4])) && row[4] !== '')).toBe(true);
  });

  it('forecasts from every row with a whole window before it', async () => {
    const { json } = await unrollJson(folder, 'predict', 'run', '--data', 'daily.csv', '--out', 'all.csv', '--origins', 'all');
    expect(json).toMatchObject({ origins: 181, rows: 181 * 8 });
  });

  it('overwrites nothing', async () => {
    await writeFile(path.join(folder, 'mine.csv'), 'mine');
    const { code, json } = await unrollJson(folder, 'predict', 'run', '--data', 'daily.csv', '--out', 'mine.csv');
    expect([code, json]).toMatchObject([1, { diagnostics: [{ code: 'output-not-empty' }] }]);
    expect(await readFile(path.join(folder, 'mine.csv'), 'utf8')).toBe('mine');
  });

  it.each([
    ['without a column', 'date,height\n2020-01-01,1\n', 'prediction-column-missing'],
    ['that are too short', dailyValues(5), 'prediction-too-short'],
  ])('refuses data %s', async (name, content, code) => {
    const file = `${name.replaceAll(' ', '-')}.csv`;
    await writeFile(path.join(folder, file), content);
    const answer = await unrollJson(folder, 'predict', 'run', '--data', file, '--out', 'none.csv');
    expect(answer).toMatchObject({ code: 1, json: { diagnostics: [{ code }] } });
  });
});

describe('unroll export', () => {
  it('writes a SavedModel that forecasts what the run forecasts', async () => {
    const { code, json } = await unrollJson(folder, 'export', 'run', '--format', 'savedmodel', '--out', 'taken/model');
    expect([code, json]).toMatchObject([0, { format: 'savedmodel', out: path.join(folder, 'taken/model'), inputs: ['batch', 20, 2], outputs: ['batch', 8] }]);
    const { scaling } = JSON.parse(await readFile(path.join(folder, 'taken/model/assets.extra/unroll.json'), 'utf8')) as {
      scaling: readonly { readonly offset: number; readonly factor: number }[];
    };
    const rows = dailyValues(200).trimEnd().split('\n').slice(-20).map((line) => line.split(',').slice(1).map(Number));
    const scaled = rows.map((row) => row.map((value, column) => (value - scaling[column]!.offset) / scaling[column]!.factor));

    const { tf } = loadTensorFlow();
    const model = await tf.node.loadSavedModel(path.join(folder, 'taken/model'));
    const { predictions } = model.predict({ inputs: tf.tensor3d([scaled]) }) as unknown as { readonly predictions: { readonly dataSync: () => Float32Array } };
    const forecasts = Array.from(predictions.dataSync(), (value, position) => value * scaling[position % 2]!.factor + scaling[position % 2]!.offset);

    await unroll(folder, 'predict', 'run', '--data', 'daily.csv', '--out', 'again.csv');
    const expected = (await readFile(path.join(folder, 'again.csv'), 'utf8')).trimEnd().split('\n').slice(1).map((line) => Number(line.split(',')[4]));
    expect(forecasts).toHaveLength(8);
    forecasts.forEach((forecast, position) => expect(forecast).toBeCloseTo(expected[position]!, 5));
  }, 180_000);

  it('overwrites nothing', async () => {
    const { code, json } = await unrollJson(folder, 'export', 'run', '--format', 'savedmodel', '--out', 'run');
    expect([code, json]).toMatchObject([1, { diagnostics: [{ code: 'output-not-empty' }] }]);
  });
});
