import path from 'node:path';
import { diagnose } from '../../core/diagnostics/diagnose.ts';
import { fail, succeed } from '../../core/diagnostics/result.ts';
import type { Result } from '../../core/diagnostics/result.ts';
import { serializeDocument } from '../../core/document/serialize-document.ts';
import { checkDocument } from '../../core/check/check-document.ts';
import { applyEdits } from '../../core/graph/apply-edit.ts';
import type { GraphDocument } from '../../core/graph/graph-document.ts';
import type { ImportedModel } from '../../core/import/imported-model.ts';
import { seriesNode } from '../../core/nodes/series.ts';
import { checkOutputPlace } from '../../engine/files/output-place.ts';
import { writeImportedRun } from '../../engine/runs/imported-run.ts';
import type { ImportedData } from '../../engine/runs/imported-run.ts';
import { readSeriesFile } from '../../engine/training/read-series.ts';
import { importKeras } from '../../formats/keras/import-keras.ts';
import { importLimits } from '../../formats/keras/import-limits.ts';
import packageFacts from '../../package.json' with { type: 'json' };
import { done, failedWith, misused } from '../outcome.ts';
import type { Outcome } from '../outcome.ts';
import { quoteForShell } from '../output/shell.ts';
import { readCsv } from '../read-csv.ts';
import { resolvePath, showPath } from '../surroundings.ts';
import type { Surroundings } from '../surroundings.ts';

export interface ImportArguments {
  readonly file: string;
  readonly out: string;
  readonly data?: string;
  readonly columns?: readonly string[];
}

/** `unroll import`: a .keras file as a project, with its weights as a run beside it. Overwrites nothing. */
export async function importModel(surroundings: Surroundings, given: ImportArguments): Promise<Outcome> {
  const { door, command } = surroundings;
  const name = path.basename(given.file);
  if (!/\.keras$/iu.test(name)) return misused(diagnose('import-name-unknown', { kind: 'option', option: 'FILE' }, { found: name }));
  const out = resolvePath(surroundings, given.out);
  const free = await checkOutputPlace(door, out);
  if (!free.ok) return failedWith(free);
  const bytes = await door.read(resolvePath(surroundings, given.file), importLimits.archiveBytes);
  if (!bytes.ok) return failedWith(bytes);
  const imported = await importKeras(name, bytes.value);
  if (!imported.ok) return failedWith(imported);
  const model = imported.value;
  const bound = await bindData(surroundings, model, given, path.dirname(out));
  if (!bound.ok) return failedWith(bound);
  const { document, data } = bound.value;

  const made = await door.makeDirectory(path.dirname(out));
  if (!made.ok) return failedWith(made);
  const projectDirectory = path.dirname(out);
  const versions = { unroll: packageFacts.version, node: process.versions.node };
  const run = await writeImportedRun(door, { model, document, data, runsDirectory: path.join(projectDirectory, 'runs'), projectDirectory, versions });
  if (!run.ok) return failedWith(run);
  const written = await door.writeAtomically(out, new TextEncoder().encode(serializeDocument(document)));
  if (!written.ok) {
    // Weights without their project are of no use.
    await door.remove(run.value);
    return failedWith(written);
  }

  const [shown, shownRun] = [showPath(surroundings, out), showPath(surroundings, run.value)];
  const notes = data === null ? model.notes : model.notes.filter(({ code }) => code !== 'import-series-open');
  const findings = checkDocument(document).diagnostics.filter(({ code, severity }) => severity === 'error' && code !== 'unknown-layer');
  const json = { project: out, run: run.value, origin: model.origin, window: model.window, features: model.features, weights: model.weights.size, notes: notes.map(({ code, severity, message }) => ({ code, severity, message })) };
  const lines = [
    `${shown}  ${document.name}: ${document.nodes.length} nodes`,
    `${shownRun}  its weights`,
    '',
    `Look at it:          ${command} describe ${quoteForShell(shown)}`,
    ...(findings.length > 0 ? [] : [`Judge it:            ${command} evaluate ${quoteForShell(shownRun)}`]),
    `Train on from it:    ${command} train ${quoteForShell(shown)} --from ${quoteForShell(shownRun)}`,
  ];
  return done(json, lines, notes);
}

/** The document with its Series reading the file that was named, and what is known of it then; null: nothing was named. */
async function bindData(surroundings: Surroundings, model: ImportedModel, given: ImportArguments, projectDirectory: string): Promise<Result<{ readonly document: GraphDocument; readonly data: ImportedData | null }>> {
  const { document } = model;
  const series = document.nodes.find(({ type }) => type === seriesNode.type);
  if (given.data === undefined || series === undefined) return succeed({ document, data: null });
  const file = resolvePath(surroundings, given.data);
  const relative = path.relative(projectDirectory, file).split(path.sep).join('/');
  const read = await readSeriesFile(file, path.basename(file), { columns: given.columns ?? null, dateColumn: null, seriesColumn: null }, { files: surroundings.door, readCsv });
  if (!read.ok) return read;
  const { table, sha256 } = read.value;
  const columns = table.columns.map(({ name }) => name);
  if (columns.length !== model.features) {
    return fail(diagnose('import-columns', { kind: 'option', option: '--columns' }, { file: path.basename(file), found: columns, features: model.features }));
  }
  const edits = [
    { kind: 'set-parameter', node: series.id, parameter: 'source', value: 'csv' },
    { kind: 'set-parameter', node: series.id, parameter: 'file', value: relative },
    { kind: 'set-parameter', node: series.id, parameter: 'columns', value: given.columns ?? null },
    { kind: 'set-data', data: { node: series.id, file: relative, sha256 } },
  ] as const;
  return succeed({ document: applyEdits(document, edits), data: { columns, targetColumns: columns, series: { count: table.seriesCount, steps: table.steps } } });
}
