import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { buildModel } from '../../../core/compile/build-model.ts';
import { compileProgram } from '../../../core/compile/compile-program.ts';
import { openFileDoor } from '../../../engine/files/file-door.ts';
import type { EpochPoint } from '../../../engine/host/training-messages.ts';
import { decodeCheckpoint, encodeCheckpoint } from '../../../engine/runs/checkpoint-file.ts';
import { historyLine, readHistory } from '../../../engine/runs/history.ts';
import { createRunDirectory, openRun, runName } from '../../../engine/runs/run-directory.ts';
import { parseRunRecord, serializeRunRecord } from '../../../engine/runs/run-record.ts';
import type { RunRecord } from '../../../engine/runs/run-record.ts';
import { decodeSafetensors } from '../../../engine/runs/safetensors.ts';
import { decodeWeights, encodeWeights } from '../../../engine/runs/weights-file.ts';
import { constantShape } from '../../../engine/runs/variable-shape.ts';
import { countersAtStart } from '../../../engine/training/training-state.ts';
import type { TrainingSnapshot, Variables } from '../../../engine/training/training-state.ts';
import { messagesOf, valueOf } from '../../support/forecast-data.ts';
import { smallProject, temporaryFolder } from '../host/small-project.ts';

let folder: string;
beforeEach(async () => {
  folder = await temporaryFolder();
});
afterEach(() => rm(folder, { recursive: true }));

const files = openFileDoor();
const document = smallProject();
const program = compileProgram(valueOf(buildModel(document)), document.training);

const score = { mse: 1.5, mae: 1, perHorizon: [{ step: 1, mse: 1.5, mae: 1 }], perColumn: [{ column: 'value', mse: 1.5, mae: 1 }], count: 3 };
const record: RunRecord = {
  format: 'unroll-run',
  version: 1,
  id: 'one',
  project: 'Small',
  projectDirectory: '../..',
  seed: 7,
  started: '2026-11-23T14:30:00.000Z',
  finished: null,
  epochs: 2,
  steps: 12,
  stepsPerEpoch: 6,
  msPerStep: 0.25,
  stopped: 'interrupted',
  bestEpoch: 1,
  bestLoss: 0.1 + 0.2,
  engine: { name: 'TensorFlow', version: '2.21.0', threads: 1 },
  parameters: 70,
  columns: ['value'],
  series: { count: 60, steps: 14 },
  targetColumns: ['value'],
  scaler: { kind: 'standard', columns: [{ offset: 1 / 3, factor: 2 }] },
  data: [],
  evaluation: {
    validation: {
      windows: 3,
      scores: score,
      baselines: { naive: score },
      skill: { naive: { skill: 0.5, standardError: 0.1, interval: [0.3, 0.7], verdict: 'beats' } },
      verdict: 'beats naive by 50 %',
    },
  },
  versions: { unroll: '0.1.0' },
};

describe('the record of a run', () => {
  test('is read back as it was written, numbers bit for bit', () => {
    expect(parseRunRecord(serializeRunRecord(record), 'run.json')).toEqual({ ok: true, value: record });
  });

  test('a score of nothing comes back as NaN', () => {
    const empty = { ...record, evaluation: { test: { ...record.evaluation.validation!, scores: { ...score, mse: Number.NaN } } } };
    expect(valueOf(parseRunRecord(serializeRunRecord(empty), 'run.json')).evaluation.test?.scores.mse).toBeNaN();
  });

  test('a bad value is named with its path', () => {
    const bad = JSON.stringify({ ...record, engine: { ...record.engine, threads: 'two' } });
    expect(messagesOf(parseRunRecord(bad, 'run.json'))).toEqual([
      'run.json is not a run record of this version, at engine.threads: Invalid input: expected number, received string. Train again.',
    ]);
    expect(messagesOf(parseRunRecord(serializeRunRecord(record).slice(0, 50), 'run.json'))).toEqual([
      'run.json is not a run record of this version, at the start: it is not JSON, or was cut off. Train again.',
    ]);
  });
});

describe('the directory of a run', () => {
  const noon = new Date(2026, 10, 23, 14, 30, 5);

  test('has a name that sorts by time and that a person can read', () => {
    expect(runName(noon, 1)).toBe('2026-11-23-143005-seed-1');
    expect(runName(noon, 1, 2)).toBe('2026-11-23-143005-seed-1-2');
  });

  test('is new beside the project, even within the same second', async () => {
    const create = () => createRunDirectory(files, null, folder, noon, 1);
    expect(valueOf(await create())).toBe(path.join(folder, 'runs/2026-11-23-143005-seed-1'));
    expect(valueOf(await create())).toBe(path.join(folder, 'runs/2026-11-23-143005-seed-1-2'));
    expect(await readdir(path.join(folder, 'runs'))).toHaveLength(2);
  });

  test('may be an empty one, not one that holds something, not a file', async () => {
    await mkdir(path.join(folder, 'empty'));
    expect(valueOf(await createRunDirectory(files, path.join(folder, 'empty'), folder, noon, 1))).toBe(path.join(folder, 'empty'));
    await writeFile(path.join(folder, 'file'), '');
    const refused = await createRunDirectory(files, folder, folder, noon, 1);
    expect(messagesOf(refused)).toEqual([`${folder} is not empty: a run is written to a new or an empty folder. Name another one.`]);
    expect(messagesOf(await createRunDirectory(files, path.join(folder, 'file'), folder, noon, 1))).toEqual([
      `${path.join(folder, 'file')} could not be listed: a file stands where a folder was expected. Choose another name.`,
    ]);
  });

  test('without a record is no run', async () => {
    expect(messagesOf(await openRun(files, folder))).toEqual([`${folder} is not a run: it holds no run.json. Name the folder that the training wrote.`]);
  });
});

describe('the history of a run', () => {
  test('is a line an epoch; a last line that was cut off is passed over', async () => {
    const point = (epoch: number): EpochPoint => ({ epoch, step: epoch * 6, trainingLoss: 1 / 3, validationLoss: null, best: true, learningRate: 0.01, seconds: 0.1 });
    await writeFile(path.join(folder, 'history.jsonl'), historyLine(point(1)) + historyLine(point(2)) + historyLine(point(3)).slice(0, -9));
    expect(await readHistory(files, folder)).toEqual({ ok: true, value: [point(1), point(2)] });
  });

  test('is empty before the first epoch has ended', async () => {
    expect(await readHistory(files, folder)).toEqual({ ok: true, value: [] });
  });
});

/** Variables with values that no rounding leaves alone. */
function someVariables(roles?: readonly string[]): Variables {
  return new Map(
    program.variables
      .filter(({ role }) => roles === undefined || roles.includes(role))
      .map((variable) => {
        const shape = constantShape(variable);
        const length = shape.reduce((product, size) => product * size, 1);
        return [variable.name, { type: 'float', shape, values: Float32Array.from({ length }, (_, index) => Math.sin(index + variable.name.length)) }] as const;
      }),
  );
}

describe('checkpoints and weights', () => {
  const kept = someVariables(['trainable']);
  const snapshot: TrainingSnapshot = {
    counters: { ...countersAtStart, epoch: 3, stepInEpoch: 2, step: 20, lossSum: 0.1 + 0.2, weightSum: 16, bestLoss: 1 / 3, bestEpoch: 2, firstLoss: 0.7 },
    variables: someVariables(),
    kept,
  };

  test('a checkpoint gives everything back bit for bit', () => {
    expect(valueOf(decodeCheckpoint(program, decodeSafetensors(encodeCheckpoint(snapshot)), 'c'))).toEqual(snapshot);
    const early = { ...snapshot, counters: countersAtStart };
    expect(valueOf(decodeCheckpoint(program, decodeSafetensors(encodeCheckpoint(early)), 'c')).counters.bestLoss).toBe(Infinity);
  });

  test('weights are stored by layer and come back as the flat vector', () => {
    const file = decodeSafetensors(encodeWeights(program, kept, new Map([['seed', '7']])));
    expect([...file.tensors].map(([name, { shape }]) => [name, shape]).slice(0, 2)).toEqual([
      ['simple-rnn-2/kernel', [1, 4]],
      ['simple-rnn-2/recurrent_kernel', [4, 4]],
    ]);
    expect(valueOf(decodeWeights(program, file, 'w'))).toEqual(kept);
  });

  test('weights of another graph are refused by name and shape', () => {
    const file = decodeSafetensors(encodeWeights(program, kept, new Map()));
    const tensors = new Map(file.tensors);
    tensors.set('simple-rnn-2/kernel', { shape: [2, 2], values: new Float32Array(4) });
    expect(messagesOf(decodeWeights(program, { ...file, tensors }, 'w.safetensors'))).toEqual([
      'w.safetensors does not belong to the run\'s project: "simple-rnn-2/kernel" was expected as float (1, 4), found float (2, 2). Bring both back from one copy, or train again.',
    ]);
    tensors.delete('simple-rnn-2/kernel');
    expect(messagesOf(decodeWeights(program, { ...file, tensors }, 'w.safetensors'))[0]).toContain('found nothing');
  });

  test('a checkpoint without counters is refused', () => {
    const file = decodeSafetensors(encodeCheckpoint(snapshot));
    expect(messagesOf(decodeCheckpoint(program, { ...file, metadata: new Map() }, 'c'))).toEqual([
      'c is damaged: its counters are missing or not usable. Bring it back from a copy, or train again.',
    ]);
  });
});
