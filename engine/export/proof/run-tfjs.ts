import { Worker } from 'node:worker_threads';
import type { CheckOutcome, CheckTask } from './checker.ts';

/**
 * Runs a TensorFlow.js model in JavaScript alone, on tfjs's `cpu` backend. In a thread of its own, because tfjs-node has made
 * TensorFlow the one backend of this one; what tfjs says to the console stays there.
 */
export async function runTfjs({ artefact, windows }: Pick<CheckTask, 'artefact' | 'windows'>): Promise<CheckOutcome> {
  const worker = new Worker(program, { eval: true, stdout: true, stderr: true, workerData: { artefact, from: import.meta.url, shape: windows.shape, inputs: windows.inputs } });
  try {
    return await new Promise<CheckOutcome>((resolve) => {
      worker.once('message', resolve);
      worker.once('error', (error) => resolve({ kind: 'failed', runtime, reason: error.message }));
      worker.once('exit', (code) => resolve({ kind: 'failed', runtime, reason: `its thread ended with exit code ${code}` }));
    });
  } finally {
    await worker.terminate();
  }
}

const runtime = 'TensorFlow.js';

/** What the thread runs: given as text, so that a packaged app needs no file of it. Packages are found from this module's place. */
const program = `
const { parentPort, workerData: { artefact, from, shape, inputs } } = require('node:worker_threads');
const fs = require('node:fs');
const path = require('node:path');
const load = require('node:module').createRequire(from);

async function run() {
  const tf = load('@tensorflow/tfjs-core');
  load('@tensorflow/tfjs-backend-cpu');
  await tf.setBackend('cpu');
  const { modelTopology, weightsManifest, ...rest } = JSON.parse(fs.readFileSync(path.join(artefact, 'model.json'), 'utf8'));
  const bytes = Buffer.concat(weightsManifest.flatMap(({ paths }) => paths.map((name) => fs.readFileSync(path.join(artefact, name)))));
  const weightData = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
  const artifacts = { ...rest, modelTopology, weightSpecs: weightsManifest.flatMap(({ weights }) => weights), weightData };
  const windows = tf.tensor(inputs, shape, 'float32');
  const result = rest.format === 'layers-model' ? await predictByLayers(artifacts, windows) : await predictByGraph(artifacts, windows);
  const values = Float32Array.from(await (Array.isArray(result) ? result[0] : result).data());
  return { kind: 'read', runtime: 'TensorFlow.js ' + tf.version_core + ' (cpu)', values };
}

async function predictByLayers(artifacts, windows) {
  const model = await load('@tensorflow/tfjs-layers').loadLayersModel({ load: async () => artifacts });
  return model.predict(windows);
}

async function predictByGraph(artifacts, windows) {
  const model = await load('@tensorflow/tfjs-converter').loadGraphModel({ load: async () => artifacts });
  return model.executeAsync({ [model.inputs[0].name]: windows });
}

run().catch((error) => ({ kind: 'failed', runtime: 'TensorFlow.js', reason: String(error && error.message || error) })).then((outcome) => parentPort.postMessage(outcome));
`;
