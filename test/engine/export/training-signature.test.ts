import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { largestDifference } from '../../../engine/export/proof/difference.ts';
import { programVariables, writeSavedModel } from '../../../engine/export/write-saved-model.ts';
import { layers, smallProject } from '../host/small-project.ts';
import { sampleTensor } from '../../support/numeric-gradient.ts';
import { exportableGraph } from '../../support/exportable-graph.ts';
import { needPython, runPython } from '../../support/python.ts';
import { testBackend } from '../../support/run-on-tensorflow.ts';

const steps = 5;
const batch = 8;

const program = `
import json, sys, tensorflow as tf
place, fed = sys.argv[1], json.load(open(sys.argv[2]))
model = tf.saved_model.load(place)
train, serve = model.signatures["train"], model.signatures["serving_default"]
feed = {name: tf.constant(value["values"], dtype=value["type"], shape=value["shape"]) for name, value in fed.items()}
losses = [float(train(**feed)["loss"]) for _ in range(${steps})]
print(json.dumps({"losses": losses, "predictions": serve(inputs=feed["inputs"])["predictions"].numpy().reshape(-1).tolist()}))
`;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'unroll-training-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

test('the signature `train` trains in TensorFlow as the engine does, and predictions follow', async (context) => {
  const python = needPython(context);
  const { exportable } = exportableGraph(smallProject({ layers: [layers.lstm(3, false), layers.dense(2)] }), {});
  const entry = exportable.program.entries.train!;
  const feeds = Object.fromEntries(entry.inputs.map(({ name, role, shape }, index) => {
    const sizes = shape.map((size) => (size.kind === 'constant' ? size.value : batch));
    const values = role.kind === 'learning-rate' ? [0.01] : role.kind === 'data' && role.content === 'weights' ? new Float32Array(batch * 2).fill(1) : sampleTensor(sizes, index + 3).values;
    return [name, { type: 'float', shape: sizes, values: Float32Array.from(values) }] as const;
  }));

  const files = await writeSavedModel(exportable);
  if (!files.ok) throw new Error(files.diagnostics[0]?.message);
  for (const { place, bytes } of files.value) {
    mkdirSync(path.dirname(folder + place), { recursive: true });
    writeFileSync(folder + place, bytes);
  }
  const fed = Object.entries(feeds).map(([name, { shape, values }]) => [name.replaceAll(/\W/g, '_'), { type: 'float32', shape, values: [...values] }]);
  writeFileSync(path.join(folder, 'fed.json'), JSON.stringify(Object.fromEntries(fed)));
  const said = JSON.parse(await runPython(python, ['-c', program, folder, path.join(folder, 'fed.json')])) as { losses: number[]; predictions: number[] };

  const session = testBackend().open(exportable.program);
  for (const [name, data] of Object.entries(programVariables(exportable.program, exportable.weights))) session.writeVariable(name, data);
  const losses = Array.from({ length: steps }, () => session.run('train', feeds, ['loss'])['loss']!.values[0]!);
  const predictions = session.run('predict', { inputs: feeds['inputs']! }, ['predictions'])['predictions']!.values;
  session.close();

  expect(largestDifference(Float32Array.from(said.losses), Float32Array.from(losses))).toBeLessThan(1e-5);
  expect(largestDifference(Float32Array.from(said.predictions), Float32Array.from(predictions))).toBeLessThan(1e-5);
  expect(losses.at(-1)).toBeLessThan(losses[0]!);
});
