import { appendFile, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { MessageChannel } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { GraphDocument, GraphNode, Wire } from '../../../core/graph/graph-document.ts';
import { nodeId, wireId } from '../../../core/graph/identifiers.ts';
import { parseDocument } from '../../../core/document/parse-document.ts';
import { openFileDoor } from '../../../engine/files/file-door.ts';
import { nodeFileOperations } from '../../../engine/files/file-operations.ts';
import { connectHost } from '../../../engine/host/client.ts';
import type { HostClient } from '../../../engine/host/client.ts';
import { startHostInProcess } from '../../../engine/host/in-process.ts';
import type { HostEvent } from '../../../engine/host/messages.ts';
import type { TrainingProgressEvent } from '../../../engine/host/training-messages.ts';
import { loadTensorFlow } from '../../../engine/tensorflow/native-runtime.ts';
import { defaultSpellingSettings } from '../../../engine/tensorflow/scan-spelling.ts';
import { tensorFlowBackend } from '../../../engine/tensorflow/tensorflow-backend.ts';
import { decodeSafetensors } from '../../../engine/runs/safetensors.ts';
import type { RunReport } from '../../../engine/runs/run-report.ts';
import { diagnosticsOf, messagesOf, valueOf } from '../../support/forecast-data.ts';
import { layers, services, smallProject, temporaryFolder } from './small-project.ts';

let project: string;
let host: HostClient;
let events: HostEvent[];

beforeEach(async () => {
  project = await temporaryFolder();
  use(startHostInProcess(services()));
});
afterEach(async () => {
  await host.close();
  await rm(project, { recursive: true });
});

function use(client: HostClient): void {
  host = client;
  events = [];
  host.subscribe((event) => events.push(event));
}

async function train(document: GraphDocument, name: string): Promise<RunReport> {
  const { prepared } = valueOf(await host.prepare({ document, projectDirectory: project }));
  return valueOf(await host.train({ prepared, runDirectory: path.join(project, name) }));
}

/** Asks to stop when the run has trained this many steps (or a few more: messages take their time). */
function stopAfter(step: number): void {
  const end = host.subscribe((event) => {
    if (event.kind === 'training-progress' && event.step >= step) {
      end();
      void host.cancel();
    }
  });
}

const fileOf = (run: string, name: string): Promise<Buffer> => readFile(path.join(project, run, name));

async function history(run: string): Promise<readonly Record<string, unknown>[]> {
  const lines = (await fileOf(run, 'history.jsonl')).toString().trim().split('\n');
  return lines.map((line) => ({ ...(JSON.parse(line) as Record<string, unknown>), seconds: 0 }));
}

describe('a run', () => {
  test('of one step is iterated where the target asks for it: judged, sampled and predicted over the whole horizon', async () => {
    const document = smallProject({
      series: { steps: 17 },
      layers: [layers.simpleRnn(4, false), layers.dense(1)],
      forecast: { horizon: 1, iterateTo: 5 },
    });
    const report = await train(document, 'iterated');
    expect(report.validation?.perHorizon.map(({ step }) => step)).toEqual([1, 2, 3, 4, 5]);
    expect(report.baselines?.naive?.count).toBe(report.validation?.count);
    expect(report.verdict).toMatch(/naive.*; worst at step \d$/u);
    const runDirectory = path.join(project, 'iterated');
    const { samples } = valueOf(await host.sampleForecasts({ runDirectory, part: 'validation', count: 2 }));
    expect(samples.map(({ model, truth, naive }) => [model.length, truth.length, naive.length])).toEqual([[5, 5, 5], [5, 5, 5]]);
    const { rows } = valueOf(await host.predict({ runDirectory, dataFile: null, origins: 'last' }));
    expect(rows.slice(0, 5).map(({ step }) => step)).toEqual([1, 2, 3, 4, 5]);
    expect(rows).toHaveLength(60 * 5);
  });

  test('leaves the document, the record, the history, the weights and a checkpoint', async () => {
    const report = await train(smallProject(), 'one');
    expect((await readdir(path.join(project, 'one'))).sort()).toEqual([
      'checkpoint.safetensors',
      'history.jsonl',
      'project.unroll',
      'run.json',
      'weights.safetensors',
    ]);
    expect(report).toMatchObject({ seed: 7, epochs: 4, steps: 24, stopped: 'completed', parameters: 70 });
    expect(report.msPerStep).toBeGreaterThan(0);
    expect(report.engine).toEqual({ name: 'TensorFlow', version: '2.21.0', threads: 1, scans: expect.stringMatching(/^scan kernel, /u) as string });
    expect(report.validation?.perHorizon.map(({ step }) => step)).toEqual([1, 2]);
    expect(report.validation?.count).toBe(24);
    expect(Object.keys(report.baselines ?? {})).toEqual(['naive', 'linear']);
    expect(report.verdict).toMatch(/naive/u);
    const document = valueOf(parseDocument((await fileOf('one', 'project.unroll')).toString())).document;
    expect(document).toEqual(smallProject());
    expect(await history('one')).toHaveLength(4);
    expect(JSON.parse((await fileOf('one', 'run.json')).toString())).toMatchObject({
      id: 'one',
      projectDirectory: '..',
      stopped: 'completed',
      stepsPerEpoch: 6,
      evaluation: { validation: { scores: report.validation } },
    });
  });

  test('says what it does, and every loss once', async () => {
    await train(smallProject(), 'one');
    expect(events.map((event) => (event.kind === 'phase' ? event.phase : event.kind)).filter((name, index, all) => name !== all[index - 1])).toEqual([
      'reading data',
      'loading TensorFlow',
      'compiling',
      'training',
      'training-started',
      'training-progress',
      'evaluating',
    ]);
    const progress = events.filter((event): event is TrainingProgressEvent => event.kind === 'training-progress');
    expect(progress.flatMap(({ losses }) => losses)).toHaveLength(24);
    expect(progress.flatMap(({ epochsFinished }) => epochsFinished)).toHaveLength(4);
  });

  test('with the same seed gives bitwise the same weights twice, with another seed others', async () => {
    await train(smallProject(), 'one');
    await train(smallProject(), 'two');
    await train(smallProject({ training: { seed: 8 } }), 'three');
    expect(await fileOf('one', 'weights.safetensors')).toEqual(await fileOf('two', 'weights.safetensors'));
    expect(await fileOf('one', 'weights.safetensors')).not.toEqual(await fileOf('three', 'weights.safetensors'));
    expect(await history('one')).toEqual(await history('two'));
  });

  test('may lie in a folder named by time and seed', async () => {
    const { prepared } = valueOf(await host.prepare({ document: smallProject(), projectDirectory: project }));
    const first = valueOf(await host.train({ prepared, runDirectory: null, seed: 3 }));
    const second = valueOf(await host.train({ prepared, runDirectory: null, seed: 3 }));
    expect(path.dirname(first.run)).toBe(path.join(project, 'runs'));
    expect(path.basename(first.run)).toMatch(/^\d{4}-\d\d-\d\d-\d{6}-seed-3$/u);
    expect(second.run).not.toBe(first.run);
    expect(second.validation).toEqual(first.validation);
  });

  test('is not written over another one', async () => {
    await train(smallProject(), 'one');
    const { prepared } = valueOf(await host.prepare({ document: smallProject(), projectDirectory: project }));
    const directory = path.join(project, 'one');
    expect(messagesOf(await host.train({ prepared, runDirectory: directory }))).toEqual([
      `${directory} is not empty: a run is written to a new or an empty folder. Name another one.`,
    ]);
  });

  test('takes a batch larger than its training windows', async () => {
    expect((await train(smallProject({ training: { batchSize: 1000 } }), 'one')).steps).toBe(4);
  });

  test('without a validation part keeps the lowest training loss, and says so', async () => {
    const report = await train(smallProject({ window: { validationShare: 0 } }), 'one');
    expect(report.validation).toBeUndefined();
    expect(report.bestLoss).toBeGreaterThan(0);
    expect(report.warnings.map(({ code }) => code)).toContain('no-validation-windows');
  });
});

describe('resuming', () => {
  const long = smallProject({ training: { epochs: 60, earlyStoppingPatience: 40 } });

  test('from the middle of an epoch ends with bitwise the weights, optimiser and history of the unbroken run', async () => {
    await train(long, 'unbroken');
    const { prepared } = valueOf(await host.prepare({ document: long, projectDirectory: project }));
    stopAfter(1);
    const stopped = valueOf(await host.train({ prepared, runDirectory: path.join(project, 'broken') }));
    expect(stopped.stopped).toBe('cancelled');
    expect(stopped.steps).toBeLessThan(360);
    stopAfter(stopped.steps + 1);
    valueOf(await host.resume({ runDirectory: path.join(project, 'broken') }));
    // Another process would open a new session: its variables must all come from the checkpoint.
    await host.close();
    use(startHostInProcess(services()));
    const last = await host.resume({ runDirectory: path.join(project, 'broken') });
    if (last.ok) expect(last.value.epochs).toBe(60);
    else expect(last.diagnostics[0]?.code).toBe('nothing-to-resume');
    expect(await fileOf('broken', 'weights.safetensors')).toEqual(await fileOf('unbroken', 'weights.safetensors'));
    expect(await history('broken')).toEqual(await history('unbroken'));
    const state = async (run: string) => decodeSafetensors(await fileOf(run, 'checkpoint.safetensors')).tensors;
    expect([...(await state('broken')).keys()]).toContain('variable/parameters');
    expect(await state('broken')).toEqual(await state('unbroken'));
  });

  test('a finished run for more epochs equals a longer run', async () => {
    await train(smallProject({ training: { epochs: 2 } }), 'short');
    await train(smallProject({ training: { epochs: 5 } }), 'long');
    const report = valueOf(await host.resume({ runDirectory: path.join(project, 'short'), epochs: 5 }));
    expect(report).toMatchObject({ epochs: 5, steps: 30, stopped: 'completed' });
    expect(await fileOf('short', 'weights.safetensors')).toEqual(await fileOf('long', 'weights.safetensors'));
    expect(await fileOf('short', 'project.unroll')).toEqual(await fileOf('long', 'project.unroll'));
  });

  test('a run killed before its first checkpoint starts again, and a history ahead of the checkpoint is cut back', async () => {
    await train(smallProject(), 'whole');
    await train(smallProject(), 'killed');
    const record = JSON.parse((await fileOf('killed', 'run.json')).toString()) as object;
    await writeFile(path.join(project, 'killed/run.json'), JSON.stringify({ ...record, steps: 0, epochs: 0, stopped: 'interrupted', finished: null }));
    await rm(path.join(project, 'killed/checkpoint.safetensors'));
    await appendFile(path.join(project, 'killed/history.jsonl'), '{"epoch":5,"st');
    await writeFile(path.join(project, 'killed/.checkpoint.safetensors.123-4.tmp'), 'half');
    valueOf(await host.resume({ runDirectory: path.join(project, 'killed') }));
    expect(await fileOf('killed', 'weights.safetensors')).toEqual(await fileOf('whole', 'weights.safetensors'));
    expect(await history('killed')).toEqual(await history('whole'));
    expect((await readdir(path.join(project, 'killed'))).filter((name) => name.startsWith('.'))).toEqual([]);
  });

  test('without the scan kernel says so, and why', async () => {
    const { warnings } = await train(smallProject({ training: { epochs: 1 } }), 'on the kernel');
    expect(warnings.map(({ code }) => code)).not.toContain('scans-without-kernel');
    await host.close();
    const value = tensorFlowBackend(loadTensorFlow({ threads: 1 }), defaultSpellingSettings);
    use(startHostInProcess({ ...services(), loadBackend: () => Promise.resolve({ ok: true, value }) }));
    const plain = await train(smallProject({ training: { epochs: 1 } }), 'without');
    expect(plain.engine.scans).toBe('ordinary operations');
    expect(plain.warnings.map(({ message }) => message)).toContain(
      "Recurrent layers run on TensorFlow's own operations here, several times slower and no different: ordinary operations were asked for.",
    );
  });

  test('on another instruction set or number of threads says that the last bits may differ', async () => {
    const { engine } = await train(smallProject({ training: { epochs: 2 } }), 'moved');
    expect(engine.scans).toMatch(/^scan kernel, /u);
    const file = path.join(project, 'moved/run.json');
    const record = JSON.parse((await fileOf('moved', 'run.json')).toString()) as object;
    await writeFile(file, JSON.stringify({ ...record, engine: { ...engine, threads: 7, scans: 'scan kernel, MMX' } }));
    const { warnings } = valueOf(await host.resume({ runDirectory: path.join(project, 'moved'), epochs: 3 }));
    expect(warnings.map(({ message }) => message)).toContain(
      `${path.join(project, 'moved')} was trained on TensorFlow ${engine.version}, 7 threads, scan kernel, MMX and goes on with TensorFlow ${engine.version}, ${
        engine.threads === 1 ? 'one thread' : `${engine.threads} threads`}, ${engine.scans}: the last bits of its weights may differ from those of a run that was never stopped.`,
    );
    const again = valueOf(await host.resume({ runDirectory: path.join(project, 'moved'), epochs: 4 }));
    expect(again.warnings.map(({ code }) => code)).not.toContain('resumed-elsewhere');
  });

  test('says when there is nothing to resume', async () => {
    await train(smallProject(), 'one');
    const directory = path.join(project, 'one');
    expect(messagesOf(await host.resume({ runDirectory: directory }))).toEqual([
      `${directory} has nothing to resume: its 4 epochs are trained. To train on, ask for more epochs.`,
    ]);
  });

  test('says when the folder is no run', async () => {
    expect(messagesOf(await host.resume({ runDirectory: project }))).toEqual([
      `${project} is not a run: it holds no run.json. Name the folder that the training wrote.`,
    ]);
  });

  test('refuses a checkpoint that was cut off', async () => {
    await train(smallProject(), 'one');
    const file = path.join(project, 'one/checkpoint.safetensors');
    await writeFile(file, (await readFile(file)).subarray(0, -10));
    const [message] = messagesOf(await host.resume({ runDirectory: path.join(project, 'one'), epochs: 9 }));
    expect(message).toMatch(/checkpoint\.safetensors is damaged: its tensors take \d+ bytes, the file holds \d+\. Bring it back from a copy, or train again\.$/u);
  });
});

describe('a training that goes wrong', () => {
  const steep = (kind: 'adam' | 'sgd') =>
    smallProject({
      training: {
        optimizer:
          kind === 'sgd'
            ? { kind, learningRate: 1e30, momentum: 0, nesterov: false }
            : { kind, learningRate: 1e9, beta1: 0.9, beta2: 0.999, epsilon: 1e-7, amsgrad: false },
      },
    });

  test('an infinite loss stops within the batch, names the step, and leaves a run whose weights can be judged', async () => {
    const { prepared } = valueOf(await host.prepare({ document: steep('sgd'), projectDirectory: project }));
    const failed = await host.train({ prepared, runDirectory: path.join(project, 'one') });
    expect(messagesOf(failed)).toEqual([
      'The loss became infinite at step 2 (epoch 1), so training stopped; no epoch had ended, so the weights are those of the start. ' +
        "Lower the learning rate (now 1e+30), or clip the gradient's norm.",
    ]);
    expect(diagnosticsOf(failed)[0]?.where).toEqual({ kind: 'run', directory: path.join(project, 'one'), step: 2 });
    const judged = valueOf(await host.evaluate({ runDirectory: path.join(project, 'one'), part: 'test' }));
    expect(judged).toMatchObject({ stopped: 'not-finite', epochs: 0, steps: 2, bestEpoch: 0 });
    expect(judged.test?.mse).toBeLessThan(10);
  });

  test('a learning rate of 1e9 with Adam keeps the loss finite and hopeless: it stops too', async () => {
    const { prepared } = valueOf(await host.prepare({ document: steep('adam'), projectDirectory: project }));
    const [message] = messagesOf(await host.train({ prepared, runDirectory: path.join(project, 'one') }));
    expect(message).toMatch(
      /^The loss grew from \d\.\d+ to \d\.\de\+\d+ at step 2 \(epoch 1\), more than a million times, so training stopped; no epoch had ended, so the weights are those of the start\. Lower the learning rate \(now 1,000,000,000\)\.$/u,
    );
  });

  test('a graph that is wrong is refused before anything is loaded', async () => {
    const failed = await host.prepare({ document: smallProject({ layers: [layers.simpleRnn(4, true), layers.dense(2)] }), projectDirectory: project });
    expect(diagnosticsOf(failed).length).toBeGreaterThan(0);
    expect(events.map((event) => event.kind === 'phase' && event.phase)).toEqual(['reading data']);
  });

  test('a full disk is warned of while training goes on, and named when the weights cannot be saved', async () => {
    await host.close();
    const full = openFileDoor({
      ...nodeFileOperations,
      rename: (from, to) =>
        to.endsWith('.safetensors')
          ? Promise.reject(Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' }))
          : nodeFileOperations.rename(from, to),
    });
    use(startHostInProcess(services(full)));
    const { prepared } = valueOf(await host.prepare({ document: smallProject(), projectDirectory: project }));
    const failed = await host.train({ prepared, runDirectory: path.join(project, 'one') });
    const weights = path.join(project, 'one', 'weights.safetensors');
    const reason = `${weights} could not be written: the disk is full. Free some space and try again; what the file held before is untouched.`;
    expect(messagesOf(failed)).toEqual([reason]);
    const warnings = events.flatMap((event) => (event.kind === 'warning' ? [event.diagnostic.message] : []));
    expect(warnings).toEqual([`Training goes on, but its state could not be saved: ${reason}`]);
    expect(events.filter((event) => event.kind === 'training-progress').flatMap(({ losses }) => losses)).toHaveLength(24);
  });
});

describe('judging and forecasting', () => {
  const rising = (rows: number, name = 'level') =>
    `date,${name}\n${Array.from({ length: rows }, (_, row) => `${new Date(Date.UTC(2024, 0, 1 + row)).toISOString().slice(0, 10)},${100 + row}`).join('\n')}\n`;
  const csvProject = (wishes: Parameters<typeof smallProject>[0] = {}) =>
    smallProject({
      ...wishes,
      series: { source: 'csv', file: 'level.csv', ...wishes.series },
      window: { window: 4, splitBy: 'time', ...wishes.window },
    });

  beforeEach(() => writeFile(path.join(project, 'level.csv'), rising(60)));

  test('evaluate gives for a part what training gave for it, and remembers it in the record', async () => {
    const trained = await train(smallProject(), 'one');
    const again = valueOf(await host.evaluate({ runDirectory: trained.run, part: 'validation' }));
    expect(again.validation).toEqual(trained.validation);
    expect(again.baselines).toEqual(trained.baselines);
    const tested = valueOf(await host.evaluate({ runDirectory: trained.run, part: 'test' }));
    expect(tested.validation).toBeUndefined();
    expect(tested.test?.count).toBe(12);
    const record = JSON.parse((await fileOf('one', 'run.json')).toString()) as { evaluation: object };
    expect(Object.keys(record.evaluation).sort()).toEqual(['test', 'validation']);
  });

  test('changed data are warned of, never refused', async () => {
    const { run } = await train(csvProject(), 'one');
    expect(valueOf(await host.evaluate({ runDirectory: run, part: 'test' })).warnings.map(({ code }) => code)).not.toContain('data-changed');
    await writeFile(path.join(project, 'level.csv'), rising(70));
    const changed = valueOf(await host.evaluate({ runDirectory: run, part: 'test' }));
    expect(changed.warnings.map(({ message }) => message)).toContain(
      'series 0: the data changed: evaluate again or retrain. level.csv no longer holds what it held when it was last used.',
    );
  });

  test("forecasts the steps after a file's last window, dated on, in the data's unit", async () => {
    const { run } = await train(csvProject(), 'one');
    await writeFile(path.join(project, 'new.csv'), rising(10));
    const { rows } = valueOf(await host.predict({ runDirectory: run, dataFile: path.join(project, 'new.csv'), origins: 'last' }));
    expect(rows.map(({ origin, step, date, column }) => [origin, step, date, column])).toEqual([
      ['2024-01-10', 1, '2024-01-11', 'level'],
      ['2024-01-10', 2, '2024-01-12', 'level'],
    ]);
    const all = valueOf(await host.predict({ runDirectory: run, dataFile: path.join(project, 'new.csv'), origins: 'all' }));
    expect(all.rows).toHaveLength(2 * 7);
    // Another batch size may round otherwise.
    all.rows.slice(-2).forEach((row, index) => expect(row).toEqual({ ...rows[index], forecast: expect.closeTo(rows[index]!.forecast, 4) as number }));
  });

  test('the scaling of a forecast is the one of the run', async () => {
    const scaled = csvProject();
    const scale: GraphNode = { id: nodeId('scale'), type: 'scale', label: 'Scale', parameters: {} };
    const [first, ...wires] = scaled.wires as [Wire, ...Wire[]];
    const document: GraphDocument = {
      ...scaled,
      nodes: [...scaled.nodes, scale],
      wires: [
        { ...first, to: { node: scale.id, port: 'series' } },
        { ...first, id: wireId('wire-scale'), from: { node: scale.id, port: 'series' } },
        ...wires,
      ],
      training: { ...scaled.training, epochs: 40 },
    };
    const { run, validation } = await train(document, 'one');
    expect(validation!.mae).toBeLessThan(30);
    const forecast = async (): Promise<readonly number[]> =>
      valueOf(await host.predict({ runDirectory: run, dataFile: path.join(project, 'level.csv'), origins: 'all' })).rows.slice(0, 4).map((row) => row.forecast);
    const before = await forecast();
    await writeFile(path.join(project, 'level.csv'), rising(60) + rising(200).split('\n').slice(61).join('\n'));
    expect(await forecast()).toEqual(before);
  });

  test('a file without a trained column, too short a file, and none at all', async () => {
    const { run } = await train(csvProject(), 'one');
    const file = path.join(project, 'new.csv');
    const asked = async (content: string) => {
      await writeFile(file, content);
      return messagesOf(await host.predict({ runDirectory: run, dataFile: file, origins: 'last' }));
    };
    expect(await asked(rising(10, 'height'))).toEqual([
      'new.csv has no column "level", which the run was trained on; its numeric columns are "height". Rename or add the column.',
    ]);
    expect(await asked(rising(3))).toEqual(['new.csv holds 3 rows; a forecast of this run reads the last 4. Bring at least 4 rows.']);
    await rm(file);
    expect(messagesOf(await host.predict({ runDirectory: run, dataFile: file, origins: 'last' }))).toEqual([
      `${file} does not exist. Check the name and the folder.`,
    ]);
  });

  test('a run forecasts without the data it was trained on', async () => {
    const { run } = await train(csvProject(), 'one');
    await writeFile(path.join(project, 'new.csv'), rising(10));
    await rm(path.join(project, 'level.csv'));
    expect(valueOf(await host.predict({ runDirectory: run, dataFile: path.join(project, 'new.csv'), origins: 'last' })).rows).toHaveLength(2);
    expect(messagesOf(await host.evaluate({ runDirectory: run, part: 'test' }))).toEqual([
      `${path.join(project, 'level.csv')} does not exist. Check the name and the folder.`,
    ]);
  });

  test('sample forecasts stand beside truth and naive', async () => {
    const { run } = await train(smallProject(), 'one');
    const { samples } = valueOf(await host.sampleForecasts({ runDirectory: run, part: 'validation', count: 3 }));
    expect(samples.map(({ series }) => series)).toEqual([42, 48, 53]);
    for (const { history, truth, model, naive } of samples) {
      expect([history.length, truth.length, model.length]).toEqual([12, 2, 2]);
      expect(naive).toEqual([history.at(-1), history.at(-1)]);
    }
  });

  test('weights are given by layer', async () => {
    const { run } = await train(smallProject(), 'one');
    const { weights } = valueOf(await host.weights({ runDirectory: run }));
    expect(weights.map(({ node, weight, shape }) => `${node}/${weight} (${shape.join(', ')})`)).toEqual([
      'simple-rnn-2/kernel (1, 4)',
      'simple-rnn-2/recurrent_kernel (4, 4)',
      'simple-rnn-2/bias (4)',
      'simple-rnn-4/kernel (4, 4)',
      'simple-rnn-4/recurrent_kernel (4, 4)',
      'simple-rnn-4/bias (4)',
      'dense-5/kernel (4, 2)',
      'dense-5/bias (2)',
    ]);
  });

  test('a sequence-to-sequence model is judged at the last time step', async () => {
    const document = smallProject({ forecast: { everyStep: true }, layers: [layers.lstm(3, true), layers.dense(2)] });
    const { validation } = await train(document, 'one');
    expect(validation?.count).toBe(12 * 2);
  });
});

describe('the port', () => {
  test('cancel says whether there was anything to cancel', async () => {
    expect(await host.cancel()).toEqual({ ok: true, value: { wasTraining: false } });
  });

  test('a search for a learning rate ends where it is cancelled, and says that nothing was changed', async () => {
    const end = host.subscribe((event) => {
      if (event.kind !== 'phase' || event.phase !== 'trying learning rates') return;
      end();
      void host.cancel();
    });
    const search = await host.findRate({ document: smallProject(), projectDirectory: project });
    expect(messagesOf(search)).toEqual(['The search for a learning rate was stopped; nothing was changed.']);
    expect(await readdir(project)).toEqual([]);
  });

  test('a stale preparation is a programming error', async () => {
    await expect(host.train({ prepared: 5, runDirectory: null })).rejects.toThrow('preparation 5 is gone; the last one is none');
  });

  test('a host that dies rejects what waits', async () => {
    const { port1, port2 } = new MessageChannel();
    const orphan = connectHost(port2);
    const waiting = orphan.cancel();
    port1.close();
    await expect(waiting).rejects.toThrow('The engine ended before it answered.');
    await expect(orphan.cancel()).rejects.toThrow('The engine has ended.');
  });

  test("a message inside an event's data is understood as well", async () => {
    const listeners: ((message: unknown) => void)[] = [];
    const electron = connectHost({
      postMessage: (message) => {
        const { id } = message as { id: number };
        setImmediate(() => listeners.forEach((listen) => listen({ data: { type: 'response', id, result: { ok: true, value: { wasTraining: true } } } })));
      },
      on: (event, listener) => void (event === 'message' && listeners.push(listener)),
      close: () => undefined,
    });
    expect(await electron.cancel()).toEqual({ ok: true, value: { wasTraining: true } });
  });
});
