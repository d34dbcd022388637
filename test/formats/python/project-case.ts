import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { writeInputs } from '../../../core/forecast/batch-inputs.ts';
import type { Part } from '../../../core/forecast/split.ts';
import type { ExportableModel } from '../../../core/export/exportable-model.ts';
import type { GraphDocument } from '../../../core/graph/graph-document.ts';
import { exportObstacle } from '../../../core/export/export-formats.ts';
import { callingFacts } from '../../../engine/export/exportable.ts';
import { labelsOf } from '../../../engine/runs/new-record.ts';
import { artefactPlace, placeOfFile } from '../../../engine/export/artefact-place.ts';
import { openFileDoor } from '../../../engine/files/file-door.ts';
import { prepareExperiment } from '../../../engine/training/prepare-experiment.ts';
import type { Experiment } from '../../../engine/training/prepare-experiment.ts';
import { hiddenOf } from '../../../engine/training/sample-batches.ts';
import { parseCsv } from '../../../formats/csv/parse-csv.ts';
import { writePython } from '../../../formats/python/write-python.ts';
import { untrainedModel } from '../../support/exportable-graph.ts';

/** A document on its data, exported with weights that no training has seen. */
export interface ProjectCase {
  readonly name: string;
  readonly folder: string;
  readonly experiment: Experiment;
  readonly exportable: ExportableModel;
  readonly flat: Float32Array;
}

export async function projectCase(name: string, document: GraphDocument, projectDirectory: string, out: string): Promise<ProjectCase> {
  const prepared = await prepareExperiment(document, projectDirectory, { files: openFileDoor(), readCsv: (bytes, file, choice) => parseCsv(bytes, { file, ...choice }) }, null);
  if (!prepared.ok) throw new Error(`${name}: ${prepared.diagnostics.map(({ message }) => message).join('; ')}`);
  const experiment = prepared.value;
  const { table, scaler, targetColumns } = experiment.dataset;
  const columns = table.columns.map((column) => column.name);
  const series = document.nodes.find(({ type }) => type === 'series')!.id;
  const { exportable, flat } = untrainedModel(document, { [series]: { columns, seriesCount: table.seriesCount, steps: table.steps, labels: (table.labels ?? []).map(({ name: label, numbers, classes }) => ({ name: label, isNumber: numbers !== null, classes: classes?.names ?? null })) } });
  const facts = callingFacts({ record: { columns, targetColumns, scaler, ...labelsOf(experiment) } }, experiment);
  const whole: ExportableModel = { ...exportable, facts, table: tableOf(exportable, projectDirectory) };
  const place = artefactPlace('python', path.join(out, name));
  if (exportObstacle('python', whole.model) !== null) return { name, folder: place.target, experiment, exportable: whole, flat };
  const files = await writePython(whole);
  if (!files.ok) throw new Error(files.diagnostics[0]?.message);
  for (const file of files.value) {
    const written = placeOfFile(place, file, place.folder);
    mkdirSync(path.dirname(written), { recursive: true });
    writeFileSync(written, file.bytes);
  }
  return { name, folder: place.target, experiment, exportable: whole, flat };
}

function tableOf({ model: { data: { source } } }: ExportableModel, projectDirectory: string): ExportableModel['table'] {
  if (source.kind !== 'csv') return null;
  const bytes = new Uint8Array(readFileSync(path.resolve(projectDirectory, source.file)));
  const parsed = parseCsv(bytes, { file: source.file, dateColumn: source.dateColumn, seriesColumn: source.seriesColumn });
  if (!parsed.ok) throw new Error(parsed.diagnostics[0]?.message);
  return { layout: parsed.value.layout, bytes };
}

/** What the engine feeds a model with from a part: inputs, targets and their weights, flat. */
export function partOf({ experiment: { dataset, model } }: ProjectCase, part: Part): { readonly inputs: Float32Array; readonly targets: Float32Array; readonly weights: Float32Array } {
  const samples = dataset.plan.samples[part];
  const picks = Array.from({ length: samples.count }, (_, pick) => pick);
  const feed = dataset.feeds.targets[0]!;
  const size = (shape: readonly number[]): number => shape.reduce((product, length) => product * length, samples.count);
  const inputs = new Float32Array(size([model.data.window, model.inputFeatures]));
  const [targets, weights] = [new Float32Array(size(feed.targetShape)), new Float32Array(size(feed.weightShape))];
  const hidden = hiddenOf(dataset.feeds, samples, picks);
  writeInputs(dataset.batches, samples, picks, inputs, hidden);
  feed.write(samples, picks, targets, weights, hidden);
  return { inputs, targets, weights };
}

