import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { ExportableModel, ExportWriter } from '../../../core/export/exportable-model.ts';
import type { ExportCard } from '../../../engine/export/export-card.ts';
import type { HostClient } from '../../../engine/host/client.ts';
import { startHostInProcess } from '../../../engine/host/in-process.ts';
import type { ExportRequest } from '../../../engine/host/model-messages.ts';
import { formatWriters } from '../../../formats/export-writers.ts';
import { needPython } from '../../support/python.ts';
import { smallProjects } from '../../formats/python/small-projects.ts';
import { layers, services, smallProject } from '../host/small-project.ts';

let folder: string;
let run: string;
let scaledRun: string;
let place: string;
let engine: HostClient;
/** What stands in for the writer of .keras files. */
let writeKeras: ExportWriter = formatWriters.keras;
/** And for that of .onnx files. */
let writeOnnx: ExportWriter = formatWriters.onnx;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'unroll-export-'));
  engine = startHostInProcess({ ...services(), loadExportWriters: () => Promise.resolve({ ...formatWriters, keras: (exportable) => writeKeras(exportable), onnx: (exportable) => writeOnnx(exportable) }) });
  run = await train('run', smallProject({ layers: [layers.lstm(3, false), layers.dense(2)], training: { epochs: 1 } }));
  scaledRun = await train('scaled', smallProject({ scale: { method: 'standard' }, layers: [layers.lstm(3, false), layers.dense(2)], training: { epochs: 1 } }));
});
beforeEach(() => {
  writeKeras = formatWriters.keras;
  writeOnnx = formatWriters.onnx;
  place = mkdtempSync(path.join(folder, 'place-'));
});
afterAll(async () => {
  await engine.close();
  rmSync(folder, { recursive: true });
});

async function train(name: string, document: ReturnType<typeof smallProject>): Promise<string> {
  const prepared = await engine.prepare({ document, projectDirectory: folder });
  if (!prepared.ok) throw new Error(prepared.diagnostics[0]?.message);
  const directory = path.join(folder, name);
  const trained = await engine.train({ prepared: prepared.value.prepared, runDirectory: directory, seed: 1 });
  if (!trained.ok) throw new Error(trained.diagnostics[0]?.message);
  return directory;
}

function exportRun(request: Partial<ExportRequest>) {
  return engine.export({ runDirectory: run, format: 'keras', scaler: 'outside', out: path.join(place, 'model'), mustBeProven: false, keepUnverified: false, ...request });
}

test.for([
  ['keras', [/^Keras 3/], 'model.keras'],
  ['onnx', [/^ONNX Runtime /], 'model.onnx'],
  ['python', [/^Keras 3/, /^NumPy /], 'model'],
  ['savedmodel', [/^TensorFlow 2/], 'model'],
  ['weights', [/^NumPy /], 'model'],
] as const)('%s is read back in Python and says the same', async ([format, runtimes, artefact], context) => {
  needPython(context);
  const exported = await exportRun({ format, mustBeProven: true });
  expect(exported).toMatchObject({ ok: true, value: { proof: { verdict: 'proven' } } });
  const card = JSON.parse(readFileSync(path.join(place, `${artefact}.card.json`), 'utf8')) as ExportCard;
  expect(runtimes.filter((runtime) => !card.proof.findings.some((finding) => finding.kind === 'compared' && runtime.test(finding.runtime)))).toEqual([]);
  expect(card.files.every(({ sha256 }) => /^[0-9a-f]{64}$/.test(sha256))).toBe(true);
  expect(card.evaluation.validation?.baselines.naive?.mse).toBeGreaterThan(0);
  expect(readFileSync(path.join(place, `${artefact}.card.md`), 'utf8')).toContain('**Verified.**');
});

test('a Python project that fills gaps cuts the very windows, with the same values hidden, on which it is compared', async (context) => {
  needPython(context);
  const runDirectory = await train('filled', { ...smallProjects(folder)['filled-column']!, training: { ...smallProject().training, epochs: 1 } });
  const exported = await exportRun({ runDirectory, format: 'python', mustBeProven: true });
  expect(exported).toMatchObject({ ok: true, value: { proof: { verdict: 'proven' } } });
});

test('a weight changed by 1e-2 in the artefact is found, and nothing is kept', async (context) => {
  needPython(context);
  writeKeras = withOneWeightChanged;
  const exported = await exportRun({});
  expect(exported).toMatchObject({ ok: false, diagnostics: [{ code: 'export-differs' }] });
  expect(readdirSync(place)).toEqual([]);
});

test('it is kept where that is asked for, and its card says what it is', async (context) => {
  needPython(context);
  writeKeras = withOneWeightChanged;
  expect(await exportRun({ keepUnverified: true })).toMatchObject({ ok: true, value: { proof: { verdict: 'differs' } } });
  expect(readdirSync(place)).toEqual(['model.keras', 'model.keras.card.json', 'model.keras.card.md']);
  expect(readFileSync(path.join(place, 'model.keras.card.md'), 'utf8')).toContain('**Unverified: it does not say what the model says**');
});

test('a file that no runtime can read is refused with its reason', async (context) => {
  needPython(context);
  writeKeras = () => Promise.resolve({ ok: true, value: [{ place: '', bytes: new Uint8Array([1, 2, 3]) }] });
  expect(await exportRun({})).toMatchObject({ ok: false, diagnostics: [{ code: 'export-check-failed' }] });
  expect(readdirSync(place)).toEqual([]);
});

test.each([
  ['that is missing', '/nowhere/python'],
  ['that is broken', '/bin/false'],
])('with a Python %s the export is kept, called unproven, and told how to prove it', async (_, interpreter) => {
  const before = process.env['UNROLL_PYTHON'];
  process.env['UNROLL_PYTHON'] = interpreter;
  try {
    expect(await exportRun({})).toMatchObject({ ok: true, value: { proof: { verdict: 'unproven', findings: [{ kind: 'unavailable' }] } } });
    expect(readFileSync(path.join(place, 'model.keras.card.md'), 'utf8')).toMatch(/\*\*Not verified:\*\*[^]*UNROLL_PYTHON/);
    const refused = await exportRun({ out: path.join(place, 'other'), mustBeProven: true });
    expect(refused).toMatchObject({ ok: false, diagnostics: [{ code: 'export-unproven' }] });
    expect(await exportRun({ format: 'savedmodel', out: path.join(place, 'saved'), mustBeProven: true })).toMatchObject({ ok: true, value: { proof: { verdict: 'proven' } } });
  } finally {
    if (before === undefined) delete process.env['UNROLL_PYTHON'];
    else process.env['UNROLL_PYTHON'] = before;
  }
});

test('a folder that is no run is refused', async () => {
  expect(await exportRun({ runDirectory: place })).toMatchObject({ ok: false, diagnostics: [{ code: 'run-missing' }] });
});

test('so is a weight changed in an .onnx file', async () => {
  writeOnnx = (exportable) => formatWriters.onnx(oneWeightChanged(exportable));
  expect(await exportRun({ format: 'onnx' })).toMatchObject({ ok: false, diagnostics: [{ code: 'export-differs' }] });
  expect(readdirSync(place)).toEqual([]);
});

test('with the scaler inside, an .onnx file takes and gives numbers in the data\'s own unit', async () => {
  const exported = await exportRun({ runDirectory: scaledRun, format: 'onnx', scaler: 'inside' });
  expect(exported).toMatchObject({ ok: true, value: { isScaled: false, proof: { verdict: 'proven' } } });
  expect(readFileSync(path.join(place, 'model.onnx.card.md'), 'utf8')).toContain("Both are in the data's own unit");
});

test('the card of a TensorFlow.js export says which kind of model it is', async () => {
  expect(await exportRun({ format: 'tfjs', mustBeProven: true })).toMatchObject({ ok: true, value: { proof: { verdict: 'proven' } } });
  expect(JSON.parse(readFileSync(path.join(place, 'model', 'model.json'), 'utf8'))).toMatchObject({ format: 'layers-model' });
  expect(readFileSync(path.join(place, 'model.card.md'), 'utf8')).toContain('It is a layers model: `tf.loadLayersModel` reads it');
});

test('a format that leaves scaling to its caller says which do it by themselves', async () => {
  const refused = await exportRun({ scaler: 'inside' });
  expect(refused).toMatchObject({ ok: false, diagnostics: [{ code: 'export-scaler-outside' }] });
  expect(refused.ok ? '' : refused.diagnostics[0]?.message).toContain('can leave as ONNX');
});

/** The last bias of the model, one hundredth higher. */
const withOneWeightChanged: ExportWriter = (exportable) => formatWriters.keras(oneWeightChanged(exportable));

function oneWeightChanged(exportable: ExportableModel): ExportableModel {
  const last = [...exportable.weights].findLast(([name]) => name.endsWith('/bias'))!;
  const [name, { shape, values }] = last;
  const changed = values.map((value, index) => (index === 0 ? value + 1e-2 : value));
  return { ...exportable, weights: new Map([...exportable.weights, [name, { shape, values: changed }]]) };
}
