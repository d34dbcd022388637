import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ExportWriter } from '../../core/export/exportable-model.ts';
import type { ProofWindows } from '../../engine/export/proof/checker.ts';
import { largestDifference, largestDifferenceAllowed } from '../../engine/export/proof/difference.ts';
import { layersModelObstacle } from '../../core/export/layers-model.ts';
import { writeTfjs } from '../../engine/export/write-tfjs.ts';
import { formatWriters } from '../../formats/export-writers.ts';
import { exportableGraph } from '../support/exportable-graph.ts';
import { randomGraph } from '../support/random-graph.ts';
import { launchApp } from './support/app-driver.ts';
import type { AppDriver } from './support/app-driver.ts';

const graphCount = 12;
/** Where the numbers of a graph are steep: so many times what the engine itself is off by in float32. */
const roundingsAllowed = 16;

let app: AppDriver;
beforeAll(async () => {
  app = await launchApp();
  // TensorFlow.js as browsers load it.
  const bundle = path.join(fileURLToPath(new URL('../../', import.meta.url)), 'node_modules', '@tensorflow', 'tfjs', 'dist', 'tf.min.js');
  await app.page.evaluate(`${readFileSync(bundle, 'utf8')}; undefined`);
});
afterAll(() => app.kill());

test.for(Array.from({ length: graphCount }, (_, number) => number))('random graph %i says the same in Chromium', async (number) => {
  const { document, data } = randomGraph(number);
  const { exportable, windows, rounding } = exportableGraph(document, data, number + 1);
  // As a layers model as well, where its layers can say it.
  const writers = [writeTfjs, ...(layersModelObstacle(exportable.model) === null ? [formatWriters.tfjsLayers] : [])];
  for (const writer of writers) expect(await differenceInPage(await writer(exportable), windows)).toBeLessThanOrEqual(Math.max(largestDifferenceAllowed, roundingsAllowed * rounding));
});

async function differenceInPage(files: Awaited<ReturnType<ExportWriter>>, windows: ProofWindows): Promise<number> {
  if (!files.ok) throw new Error(files.diagnostics[0]?.message);
  const [model, ...shards] = files.value.map(({ bytes }) => Buffer.from(bytes));
  const task = { model: model!.toString('utf8'), weights: Buffer.concat(shards).toString('base64'), inputs: [...windows.inputs], shape: windows.shape };
  const values = await app.page.evaluate<number[]>(`(${inPage})(${JSON.stringify(task)})`);
  return largestDifference(Float32Array.from(values), windows.predictions);
}

/** Sent to the window as text. */
const inPage = `async function ({ model, weights, inputs, shape }) {
  await tf.setBackend('cpu');
  const { weightsManifest, ...artifacts } = JSON.parse(model);
  const weightData = Uint8Array.from(atob(weights), (letter) => letter.charCodeAt(0)).buffer;
  const files = { load: async () => ({ ...artifacts, weightSpecs: weightsManifest.flatMap((group) => group.weights), weightData }) };
  const windows = tf.tensor(inputs, shape, 'float32');
  const predictions = artifacts.format === 'layers-model' ? (await tf.loadLayersModel(files)).predict(windows) : await (await tf.loadGraphModel(files)).executeAsync({ inputs: windows });
  return [...(await predictions.data())];
}`;
