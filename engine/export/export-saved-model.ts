import path from 'node:path';
import { diagnose } from '../../core/diagnostics/diagnose.ts';
import { fail, succeed } from '../../core/diagnostics/result.ts';
import type { Result } from '../../core/diagnostics/result.ts';
import { seriesNode } from '../../core/nodes/series.ts';
import type { FileDoor } from '../files/file-door.ts';
import { checkOutputPlace } from '../files/output-place.ts';
import { openRun, runFiles } from '../runs/run-directory.ts';
import type { StoredRun } from '../runs/run-directory.ts';
import { readTensorFile } from '../runs/tensor-file.ts';
import { decodeWeights } from '../runs/weights-file.ts';
import type { NamedTensors } from '../session.ts';
import { writeSavedModel } from '../tensorflow/saved-model-folder.ts';
import { compileDocument } from '../training/prepare-experiment.ts';
import type { CompiledDocument } from '../training/prepare-experiment.ts';

/** Loaders of SavedModels leave this folder alone. */
export const callingFactsFile = 'assets.extra/unroll.json';

/** What a caller of the model must know: sizes, columns in their order, and how each is scaled. */
export interface CallingFacts {
  readonly inputs: readonly (number | 'batch')[];
  readonly outputs: readonly (number | 'batch')[];
  readonly columns: readonly string[];
  readonly targetColumns: readonly string[];
  readonly horizon: number;
  /** scaled = (value − offset) / factor, a row a column. */
  readonly scaling: readonly { readonly column: string; readonly offset: number; readonly factor: number }[];
}

export interface ExportedModel {
  readonly run: StoredRun;
  readonly facts: CallingFacts;
}

/**
 * Writes a run's model with its kept weights as a SavedModel folder, and what its caller must know beside it. Needs neither
 * the data nor TensorFlow. `target` must not exist or be empty.
 */
export async function exportSavedModel(door: FileDoor, runDirectory: string, target: string): Promise<Result<ExportedModel>> {
  const free = await checkOutputPlace(door, target);
  if (!free.ok) return free;
  const run = await openRun(door, runDirectory);
  if (!run.ok) return run;
  const compiled = compileDocument(run.value.document, rememberedFacts(run.value));
  if (!compiled.ok) return compiled;
  const weights = await readKept(door, run.value, compiled.value);
  if (!weights.ok) return weights;

  const made = await door.makeDirectory(path.dirname(target));
  if (!made.ok) return made;
  const written = await writeSavedModel(compiled.value.program, weights.value, target, run.value.record.engine.version);
  if (!written.ok) return written;
  const facts = callingFacts(run.value, compiled.value);
  const described = await writeFacts(door, target, facts);
  return described.ok ? succeed({ run: run.value, facts }) : described;
}

function callingFacts({ record }: StoredRun, { model }: CompiledDocument): CallingFacts {
  const { horizon, everyStep } = model.target;
  const width = horizon * model.targetColumns;
  return {
    inputs: ['batch', model.data.window, model.inputFeatures],
    outputs: everyStep ? ['batch', model.data.window, width] : ['batch', width],
    columns: record.columns,
    targetColumns: record.targetColumns,
    horizon,
    scaling: record.columns.map((column, position) => ({ column, ...record.scaler.columns[position]! })),
  };
}

async function writeFacts(door: FileDoor, target: string, facts: CallingFacts): Promise<Result<null>> {
  const file = path.join(target, callingFactsFile);
  const made = await door.makeDirectory(path.dirname(file));
  return made.ok ? door.writeAtomically(file, new TextEncoder().encode(`${JSON.stringify(facts, null, 2)}\n`)) : made;
}

/** What the data were like when the run was trained: they need not be there any more. */
function rememberedFacts({ document, record }: StoredRun) {
  const facts = { columns: record.columns, seriesCount: record.series.count, steps: record.series.steps };
  return Object.fromEntries(document.nodes.filter(({ type }) => type === seriesNode.type).map(({ id }) => [id, facts]));
}

async function readKept(door: FileDoor, { directory }: StoredRun, { program }: CompiledDocument): Promise<Result<NamedTensors>> {
  const file = path.join(directory, runFiles.weights);
  const tensors = await readTensorFile(door, file);
  if (!tensors.ok) return tensors;
  if (tensors.value === null) return fail(diagnose('run-without-weights', { kind: 'run', directory }, { directory }));
  const kept = decodeWeights(program, tensors.value, file);
  return kept.ok ? succeed(Object.fromEntries(kept.value)) : kept;
}
