import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { templateList } from '../../../core/document/template-list.ts';
import { exportFormatNames, exportObstacle } from '../../../core/export/export-formats.ts';
import type { ExportFormatName } from '../../../core/export/export-formats.ts';
import { layersModelObstacle } from '../../../core/export/layers-model.ts';
import type { ExportWriter, ScalerPlace } from '../../../core/export/exportable-model.ts';
import { catalog } from '../../../core/nodes/catalog.ts';
import { artefactPlace, placeOfFile } from '../../../engine/export/artefact-place.ts';
import type { CheckOutcome, ProofWindows } from '../../../engine/export/proof/checker.ts';
import { checkers } from '../../../engine/export/proof/checkers.ts';
import { largestDifference, largestDifferenceAllowed } from '../../../engine/export/proof/difference.ts';
import { inUnitOfData, unscaled } from '../../../engine/export/proof/proof-windows.ts';
import { readInPython } from '../../../engine/export/proof/read-in-python.ts';
import { runOnnx } from '../../../engine/export/proof/run-onnx.ts';
import { runSavedModelInNode } from '../../../engine/export/proof/run-saved-model.ts';
import { runTfjs } from '../../../engine/export/proof/run-tfjs.ts';
import { writeSavedModel } from '../../../engine/export/write-saved-model.ts';
import { writeTfjs } from '../../../engine/export/write-tfjs.ts';
import { writeWeights } from '../../../engine/export/write-weights.ts';
import { formatWriters } from '../../../formats/export-writers.ts';
import { exportableGraph } from '../../support/exportable-graph.ts';
import type { ExportableGraph } from '../../support/exportable-graph.ts';
import { needPython } from '../../support/python.ts';
import { randomGraph } from '../../support/random-graph.ts';
import { templateWithData } from '../../support/template.ts';

const graphCount = Number(process.env['EXPORT_GRAPHS'] ?? 60);
const writers: Readonly<Record<ExportFormatName, ExportWriter>> = { ...formatWriters, savedmodel: writeSavedModel, tfjs: writeTfjs, weights: writeWeights };
/** Read by a program outside this process. */
const inPython: readonly ExportFormatName[] = ['keras', 'onnx', 'python', 'weights'];
/** Where the numbers of a graph are steep: so many times what the engine itself is off by in float32. */
const roundingsAllowed = 16;

let folder: string;
const graphs = new Map<string, ExportableGraph>();

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'unroll-exports-'));
  for (let number = 0; number < graphCount; number += 1) {
    const { document, data } = randomGraph(number);
    graphs.set(`random-graph-${number}`, exportableGraph(document, data, number + 1));
  }
  for (const { id } of templateList) {
    const { document, data } = await templateWithData(id);
    graphs.set(id, exportableGraph(document, data));
  }
}, Math.max(300_000, graphCount * 5_000));
afterAll(() => rmSync(folder, { recursive: true }));

/** Writes every graph that the format can say; the artefact's place by graph. */
async function writeAll(format: ExportFormatName, scaler: ScalerPlace = 'outside', writer = writers[format], chosen: Iterable<readonly [string, ExportableGraph]> = graphs): Promise<ReadonlyMap<string, string>> {
  const written = new Map<string, string>();
  for (const [name, { exportable }] of chosen) {
    if (exportObstacle(format, exportable.model) !== null) continue;
    const files = await writer({ ...exportable, facts: { ...exportable.facts, scaler } });
    if (!files.ok) throw new Error(`${name}: ${files.diagnostics[0]?.message}`);
    const place = artefactPlace(format, path.join(folder, `${format}-${scaler}-${writer.name}`, name));
    for (const file of files.value) {
      const target = placeOfFile(place, file, place.folder);
      mkdirSync(path.dirname(target), { recursive: true });
      writeFileSync(target, file.bytes);
    }
    written.set(name, place.target);
  }
  return written;
}

/** What is wrong with what a runtime made of a graph's artefact, in words; empty where all is well. */
function faultsOf(format: ExportFormatName, name: string, outcome: CheckOutcome, windows: ProofWindows = graphs.get(name)!.windows): readonly string[] {
  if (outcome.kind === 'well-formed') return [];
  if (outcome.kind !== 'read') return [`${format} ${name}: ${outcome.reason}`];
  const { exportable, rounding } = graphs.get(name)!;
  const expected = checkers[format][0]!.expected({ artefact: '', exportable, windows });
  if (outcome.values.length !== expected.length) return [`${format} ${name}: ${outcome.values.length} numbers, not ${expected.length}`];
  const difference = largestDifference(outcome.values, expected);
  return difference <= Math.max(largestDifferenceAllowed, roundingsAllowed * rounding) ? [] : [`${format} ${name}: differs by ${difference}, rounding ${rounding}`];
}

it('the graphs hold every layer of the catalogue', () => {
  const held = new Set([...graphs.values()].flatMap(({ exportable }) => exportable.model.layers.map(({ type }) => type)));
  const layers = [...catalog.values()].filter(({ role }) => role === 'layer').map(({ type }) => type);
  expect(layers.filter((type) => !held.has(type))).toEqual([]);
});

it('every graph says the same in Python, in every format that can say it', async (context) => {
  const python = needPython(context);
  const jobs: { readonly format: ExportFormatName; readonly name: string; readonly artefact: string }[] = [];
  for (const format of inPython) {
    const written = await writeAll(format);
    // Some targets, masks and several quantiles have no place in some formats.
    expect(written.size).toBeGreaterThan(graphCount / 3);
    for (const [name, artefact] of written) jobs.push({ format, name, artefact });
  }
  const outcomes = await readInPython(jobs.map(({ format, name, artefact }) => ({ reader: format, task: { artefact, windows: graphs.get(name)!.windows } })), python);
  expect(jobs.flatMap(({ format, name }, index) => faultsOf(format, name, outcomes[index]!))).toEqual([]);
}, Math.max(600_000, graphCount * 10_000));

it('every graph says the same as a SavedModel in Node', async () => {
  const faults: string[] = [];
  for (const [name, artefact] of await writeAll('savedmodel')) {
    const { exportable, windows } = graphs.get(name)!;
    faults.push(...faultsOf('savedmodel', name, await runSavedModelInNode({ artefact, exportable, windows })));
  }
  expect(faults).toEqual([]);
});

it.for(['outside', 'inside'] as const)('every graph says the same in ONNX Runtime, its scaler %s', async (scaler) => {
  const faults: string[] = [];
  for (const [name, artefact] of await writeAll('onnx', scaler)) {
    const { exportable: { facts }, windows } = graphs.get(name)!;
    const inside = { ...windows, inputs: inUnitOfData(windows, facts).raw.inputs, predictions: unscaled(windows.predictions, facts) };
    faults.push(...faultsOf('onnx', name, await runOnnx({ artefact, windows: scaler === 'inside' ? inside : windows }), scaler === 'inside' ? inside : windows));
  }
  expect(faults).toEqual([]);
});

it('every graph says the same in TensorFlow.js on the cpu backend', async () => {
  const faults: string[] = [];
  for (const [name, artefact] of await writeAll('tfjs')) faults.push(...faultsOf('tfjs', name, await runTfjs({ artefact, windows: graphs.get(name)!.windows })));
  expect(faults).toEqual([]);
}, 300_000);

it('as a layers model of TensorFlow.js as well, where its layers can say it', async () => {
  const sayable = [...graphs].filter(([, { exportable }]) => layersModelObstacle(exportable.model) === null);
  expect(sayable.length).toBeGreaterThan(graphCount / 12);
  const faults: string[] = [];
  for (const [name, artefact] of await writeAll('tfjs', 'outside', formatWriters.tfjsLayers, sayable)) faults.push(...faultsOf('tfjs', name, await runTfjs({ artefact, windows: graphs.get(name)!.windows })));
  expect(faults).toEqual([]);
}, 300_000);

it('every format but that is read in Python', () => {
  expect(exportFormatNames.filter((format) => !inPython.includes(format))).toEqual(['savedmodel', 'tfjs']);
});
