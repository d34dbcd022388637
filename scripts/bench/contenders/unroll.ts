import { readFileSync } from 'node:fs';
import path from 'node:path';
import { initialMovingStatistics } from '../../../core/program/initializers.ts';
import { threadsFor } from '../../../engine/training/thread-choice.ts';
import { createTrainingFeed } from '../../../engine/training/training-feed.ts';
import { createBatchWriter } from '../../../engine/training/sample-batches.ts';
import { loadTensorFlow } from '../../../engine/tensorflow/native-runtime.ts';
import { tensorFlowBackend } from '../../../engine/tensorflow/tensorflow-backend.ts';
import { caseModel } from '../case-model.ts';
import { caseFiles } from '../protocol.ts';
import { batchCount } from '../training-cases.ts';
import type { TrainingCase } from '../training-cases.ts';
import { repeated } from './repeated.ts';
import { serve } from './serve.ts';

const folder = process.argv[2] ?? '.';
const own = JSON.parse(readFileSync(path.join(folder, caseFiles.description), 'utf8')) as TrainingCase;
const { model, program, batches, samples } = caseModel(own);
const { threads, oneDnn } = threadsFor(model);
const runtime = loadTensorFlow({ oneDnn, ...(threads === null ? {} : { threads }) });
const emptyMegabytes = process.memoryUsage().rss / 2 ** 20;
const backend = tensorFlowBackend(runtime);
const session = backend.open(program);
const entry = program.entries.train!;
const bytes = readFileSync(path.join(folder, caseFiles.parameters));
const parameters = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4);
const feed = createTrainingFeed(batches, samples, entry, { batchSize: own.batch, learningRate: own.learningRate, seed: 1 });
const writer = createBatchWriter(batches, entry, own.batch);
const rate = { type: 'float', shape: [], values: Float32Array.of(own.learningRate) } as const;

const seeds = Object.fromEntries(entry.inputs.flatMap(({ name, role }) => (role.kind === 'seed' ? [[name, { type: 'integer', shape: [2], values: Int32Array.of(1, 2) }] as const] : [])));
const feedsOf = (batch: number) => ({
  ...seeds,
  ...writer.write(samples, Uint32Array.from({ length: own.batch }, (_, index) => batch * own.batch + index)),
  'learning rate': rate,
});
const lossOn = (batch: number): number => session.run('evaluate', feedsOf(batch), ['loss'])['loss']!.values[0]!;

session.writeVariable('parameters', { type: 'float', shape: [parameters.length], values: parameters });
for (const [name, values] of initialMovingStatistics(model)) session.writeVariable(name, { type: 'float', shape: [values.length], values });
const lossBefore = lossOn(0);
let firstStepMs = 0;
const began = performance.now();
for (let batch = 0; batch < batchCount; batch += 1) {
  session.run('train', feedsOf(batch), ['loss']);
  if (batch === 0) firstStepMs = performance.now() - began;
}
const inputBytes = readFileSync(path.join(folder, caseFiles.inputs));
const inputs = new Float32Array(inputBytes.buffer, inputBytes.byteOffset, inputBytes.byteLength / 4);
await serve({ version: backend.version, threads: backend.threads, lossBefore, lossAfter: lossOn(0), emptyMegabytes, firstStepMs }, {
  // What the product does in a step: a shuffled batch is put together, the step is taken, the loss is read.
  train: (step) => {
    const { feeds } = feed.batch(Math.floor(step / batchCount), step % batchCount, step);
    const { loss } = session.run('train', feeds, ['loss']);
    if (!Number.isFinite(loss!.values[0])) throw new Error('the loss is not finite');
  },
  predict: (series) => {
    const values = repeated(inputs, series * own.steps * own.features);
    return () => void session.run('predict', { inputs: { type: 'float', shape: [series, own.steps, own.features], values } }, ['predictions']);
  },
});
