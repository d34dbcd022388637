import { readFileSync } from 'node:fs';
import path from 'node:path';
import { BodyBuilder } from '../../../core/program/body-builder.ts';
import { matmul } from '../../../core/program/expressions.ts';
import { constantSize } from '../../../core/shapes/size.ts';
import { initialMovingStatistics } from '../../../core/program/initializers.ts';
import { threadsFor } from '../../../engine/training/thread-choice.ts';
import { forecastFeeds } from '../../../core/forecast/target-batches.ts';
import { createTrainingFeed } from '../../../engine/training/training-feed.ts';
import { createBatchWriter } from '../../../engine/training/sample-batches.ts';
import { loadTensorFlow } from '../../../engine/tensorflow/native-runtime.ts';
import { tensorFlowBackend } from '../../../engine/tensorflow/tensorflow-backend.ts';
import { caseModel } from '../case-model.ts';
import { caseFiles } from '../protocol.ts';
import type { Parts } from '../protocol.ts';
import { median } from '../statistics.ts';
import type { NamedTensors } from '../../../engine/session.ts';
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
const feed = createTrainingFeed(forecastFeeds(batches), samples, entry, { batchSize: own.batch, learningRate: own.learningRate, seed: 1 });
const writer = createBatchWriter(forecastFeeds(batches), entry, own.batch);
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
// What the product does in a step: a shuffled batch is put together, the step is taken, the loss is read.
const batchAt = (step: number): NamedTensors => feed.batch(Math.floor(step / batchCount), step % batchCount, step).feeds;
const train = (step: number): void => {
  const { loss } = session.run('train', batchAt(step), ['loss']);
  if (!Number.isFinite(loss!.values[0])) throw new Error('the loss is not finite');
};

function medianOf(count: number, work: (step: number) => unknown): number {
  const times = Array.from({ length: count }, (_, step) => {
    const started = performance.now();
    work(step);
    return performance.now() - started;
  });
  return median(times);
}

/** 10⁹ multiplications with additions a second of a product of matrices that fit in the cache. */
function peakOfProducts(): number {
  const size = 384;
  const shape = [constantSize(size), constantSize(size)];
  const builder = new BodyBuilder();
  const matrix = builder.input('float', shape);
  const body = builder.finish([matmul(builder, matrix, matrix)]);
  const input = { name: 'matrix', role: { kind: 'data', content: 'inputs' }, type: 'float', shape } as const;
  const product = backend.open({ variables: [], parameterLayout: [], entries: { evaluate: { inputs: [input], reads: [], body, outputs: ['product'], assigns: [] } } });
  const values = Float32Array.from({ length: size * size }, (_, index) => Math.sin(index));
  const milliseconds = Array.from({ length: 30 }, () => medianOf(1, () => product.run('evaluate', { matrix: { type: 'float', shape: [size, size], values } }, ['product'])));
  product.close();
  return size ** 3 / Math.min(...milliseconds) / 1e6;
}

const parts = (count: number): Parts => ({
  kind: 'parts',
  step: medianOf(count, train),
  batch: medianOf(count, batchAt),
  call: medianOf(count, () => session.readVariable('iterations')),
  evaluation: medianOf(count, () => session.run('evaluate', feedsOf(0), ['loss'])),
  multiplyAdds: 3 * own.batch * model.layers.reduce((sum, layer) => sum + layer.multiplyAdds, 0),
  peak: peakOfProducts(),
});
await serve({ version: backend.version, threads: backend.threads, lossBefore, lossAfter: lossOn(0), emptyMegabytes, firstStepMs }, {
  train,
  parts,
  predict: (series) => {
    const values = repeated(inputs, series * own.steps * own.features);
    return () => void session.run('predict', { inputs: { type: 'float', shape: [series, own.steps, own.features], values } }, ['predictions']);
  },
});
