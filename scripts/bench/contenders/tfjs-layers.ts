import { readFileSync } from 'node:fs';
import path from 'node:path';
import { loadTensorFlow } from '../../../engine/tensorflow/native-runtime.ts';
import { caseFiles } from '../protocol.ts';
import { batchCount } from '../training-cases.ts';
import type { BenchLayer, TrainingCase } from '../training-cases.ts';
import { serve } from './serve.ts';

/** Stock tfjs-layers on the very same binding: what a program on @tensorflow/tfjs-node gets without a compiler of its own. */
const folder = process.argv[2] ?? '.';
const own = JSON.parse(readFileSync(path.join(folder, caseFiles.description), 'utf8')) as TrainingCase;
const { tf, version, threads } = loadTensorFlow({ threads: 1 });

function floats(name: string): Float32Array {
  const bytes = readFileSync(path.join(folder, name));
  return new Float32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4);
}

function layer(described: BenchLayer) {
  const { kind, units } = described;
  switch (kind) {
    case 'simple-rnn':
      return tf.layers.simpleRNN({ units, returnSequences: true });
    case 'lstm':
      // Keras 3 gates with the true sigmoid; tfjs would take hard_sigmoid.
      return tf.layers.lstm({ units, returnSequences: true, recurrentActivation: 'sigmoid' });
    case 'gru':
      return tf.layers.gru({ units, returnSequences: true, recurrentActivation: 'sigmoid' });
    case 'conv1d':
      return tf.layers.conv1d({ filters: units, kernelSize: described.kernelSize, dilationRate: described.dilation, padding: 'causal', activation: 'relu' });
    case 'layer-norm-rnn':
      throw new Error('tfjs-layers has no layer-normalised cell');
  }
}

const input = tf.input({ shape: [own.steps, own.features] });
let output = input;
for (const described of own.layers) output = layer(described).apply(output) as typeof input;
output = tf.layers.dense({ units: own.outputs }).apply(output) as typeof input;
const model = tf.model({ inputs: input, outputs: output });
const optimizer = tf.train.adam(own.learningRate, 0.9, 0.999, 1e-7);
model.compile({ optimizer, loss: 'meanSquaredError' });
let taken = 0;

const parameters = floats(caseFiles.parameters);
let offset = 0;
model.setWeights(model.getWeights().map(({ shape, size }) => {
  offset += size;
  return tf.tensor(parameters.slice(offset - size, offset), shape);
}));

const inputs = floats(caseFiles.inputs);
const targets = floats(caseFiles.targets);
const inputSize = own.batch * own.steps * own.features;
const targetSize = own.batch * own.steps * own.outputs;

async function trainOn(batch: number): Promise<void> {
  taken += 1;
  // Keras adds epsilon before the bias correction, tfjs after it: this makes both take the same step.
  Object.assign(optimizer, { epsilon: 1e-7 / Math.sqrt(1 - 0.999 ** taken) });
  const x = tf.tensor3d(inputs.slice(batch * inputSize, (batch + 1) * inputSize), [own.batch, own.steps, own.features]);
  const y = tf.tensor3d(targets.slice(batch * targetSize, (batch + 1) * targetSize), [own.batch, own.steps, own.outputs]);
  await model.trainOnBatch(x, y);
  tf.dispose([x, y]);
}

function lossOn(batch: number): number {
  return tf.tidy(() => {
    const x = tf.tensor3d(inputs.slice(batch * inputSize, (batch + 1) * inputSize), [own.batch, own.steps, own.features]);
    const y = tf.tensor3d(targets.slice(batch * targetSize, (batch + 1) * targetSize), [own.batch, own.steps, own.outputs]);
    return tf.losses.meanSquaredError(y, model.predict(x) as typeof x).dataSync()[0]!;
  });
}

const lossBefore = lossOn(0);
for (let batch = 0; batch < batchCount; batch += 1) await trainOn(batch);
await serve({ version: `${tf.version['tfjs-layers']} on TensorFlow ${version}`, threads, lossBefore, lossAfter: lossOn(0) }, (step) => trainOn(step % batchCount));
