import { readFileSync } from 'node:fs';
import path from 'node:path';
import { loadTensorFlow } from '../../../engine/tensorflow/native-runtime.ts';
import { caseFiles } from '../protocol.ts';
import { batchCount } from '../training-cases.ts';
import type { BenchLayer, TrainingCase } from '../training-cases.ts';
import { repeated } from './repeated.ts';
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
  const returnSequences = !('returnSequences' in described) || described.returnSequences !== false;
  switch (described.kind) {
    case 'simple-rnn':
      return tf.layers.simpleRNN({ units: described.units, returnSequences });
    case 'lstm':
      // Keras 3 gates with the true sigmoid; tfjs would take hard_sigmoid.
      return tf.layers.lstm({ units: described.units, returnSequences, recurrentActivation: 'sigmoid' });
    case 'gru':
      return tf.layers.gru({ units: described.units, returnSequences, recurrentActivation: 'sigmoid' });
    case 'conv1d': {
      const { units, kernelSize, stride, dilation, padding, activation } = described;
      return tf.layers.conv1d({ filters: units, kernelSize, strides: stride, dilationRate: dilation, padding, activation });
    }
    case 'batch-norm':
      return tf.layers.batchNormalization();
    case 'dense':
      return tf.layers.dense({ units: described.units, activation: described.activation });
    case 'repeat-vector':
      return tf.layers.repeatVector({ n: described.steps });
    case 'flatten':
      return tf.layers.flatten();
    case 'bidirectional-lstm':
    case 'layer-norm-rnn':
    case 'described-cell':
      throw new Error(`tfjs-layers does not train the layer ${described.kind} here`);
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
const trainable = new Set(model.trainableWeights.map(({ originalName }) => originalName));
model.setWeights(model.weights.map((weight) => {
  // The moving statistics of batch normalisation start as they are.
  if (!trainable.has(weight.originalName)) return weight.read();
  const size = weight.shape.reduce<number>((product, axis) => product * (axis ?? 1), 1);
  offset += size;
  return tf.tensor(parameters.slice(offset - size, offset), weight.shape as number[]);
}));

const inputs = floats(caseFiles.inputs);
const targets = floats(caseFiles.targets);
const inputSize = own.batch * own.steps * own.features;
const targetShape = own.everyStep ? [own.batch, own.steps, own.outputs] : [own.batch, own.outputs];
const targetSize = targetShape.reduce((product, size) => product * size, 1);

async function trainOn(batch: number): Promise<void> {
  taken += 1;
  // Keras adds epsilon before the bias correction, tfjs after it: this makes both take the same step.
  Object.assign(optimizer, { epsilon: 1e-7 / Math.sqrt(1 - 0.999 ** taken) });
  const x = tf.tensor3d(inputs.slice(batch * inputSize, (batch + 1) * inputSize), [own.batch, own.steps, own.features]);
  const y = tf.tensor(targets.slice(batch * targetSize, (batch + 1) * targetSize), targetShape);
  await model.trainOnBatch(x, y);
  tf.dispose([x, y]);
}

function lossOn(batch: number): number {
  return tf.tidy(() => {
    const x = tf.tensor3d(inputs.slice(batch * inputSize, (batch + 1) * inputSize), [own.batch, own.steps, own.features]);
    const y = tf.tensor(targets.slice(batch * targetSize, (batch + 1) * targetSize), targetShape);
    return tf.losses.meanSquaredError(y, model.predict(x) as typeof x).dataSync()[0]!;
  });
}

const lossBefore = lossOn(0);
for (let batch = 0; batch < batchCount; batch += 1) await trainOn(batch);
await serve({ version: `${tf.version['tfjs-layers']} on TensorFlow ${version}`, threads, lossBefore, lossAfter: lossOn(0) }, {
  train: (step) => trainOn(step % batchCount),
  predict: (series) => {
    const x = tf.tensor3d(repeated(inputs, series * own.steps * own.features), [series, own.steps, own.features]);
    return () => void tf.tidy(() => (model.predict(x) as typeof x).dataSync());
  },
});
