import path from 'node:path';
import { diagnose } from '../../core/diagnostics/diagnose.ts';
import { fail, succeed } from '../../core/diagnostics/result.ts';
import type { Result } from '../../core/diagnostics/result.ts';
import { seriesNode } from '../../core/nodes/series.ts';
import { openRun, runFiles } from '../../engine/runs/run-directory.ts';
import type { StoredRun } from '../../engine/runs/run-directory.ts';
import { readTensorFile } from '../../engine/runs/tensor-file.ts';
import { decodeWeights } from '../../engine/runs/weights-file.ts';
import { writeSavedModel } from '../../engine/tensorflow/saved-model-folder.ts';
import { compileDocument } from '../../engine/training/prepare-experiment.ts';
import type { CompiledDocument } from '../../engine/training/prepare-experiment.ts';
import type { TensorData } from '../../engine/session.ts';
import { checkOutputPlace } from '../output-place.ts';
import { done, failedWith } from '../outcome.ts';
import type { Outcome } from '../outcome.ts';
import { resolvePath, showPath } from '../surroundings.ts';
import type { Surroundings } from '../surroundings.ts';

export interface ExportArguments {
  readonly directory: string;
  readonly format: 'savedmodel';
  readonly out: string;
}

/** `unroll export`: the model with its kept weights, for other programs. Needs neither the data nor TensorFlow. */
export async function exportRun(surroundings: Surroundings, { directory, format, out }: ExportArguments): Promise<Outcome> {
  const { door } = surroundings;
  const target = resolvePath(surroundings, out);
  const free = await checkOutputPlace(door, target);
  if (!free.ok) return failedWith(free);
  const run = await openRun(door, resolvePath(surroundings, directory));
  if (!run.ok) return failedWith(run);
  const compiled = compileDocument(run.value.document, rememberedFacts(run.value));
  if (!compiled.ok) return failedWith(compiled);
  const weights = await readKept(surroundings, run.value, compiled.value);
  if (!weights.ok) return failedWith(weights);

  const made = await door.makeDirectory(path.dirname(target));
  if (!made.ok) return failedWith(made);
  const written = await writeSavedModel(compiled.value.program, weights.value, target, run.value.record.engine.version);
  if (!written.ok) return failedWith(written);
  const facts = callingFacts(run.value, compiled.value);
  const described = await writeFacts(surroundings, target, facts);
  if (!described.ok) return failedWith(described);

  const { inputs, outputs } = facts;
  return done({ run: run.value.directory, format, out: target, ...facts }, [
    `${showPath(surroundings, target)}: a SavedModel. Its signature serving_default takes "inputs", ${shape(inputs)}, and gives "predictions", ${shape(outputs)}.`,
    run.value.record.scaler.kind === 'none'
      ? "Both are in the data's own unit."
      : `Both are scaled: ${path.join(showPath(surroundings, target), factsFile)} holds the scaling of each column.`,
  ]);
}

/** Loaders of SavedModels leave this folder alone. */
const factsFile = 'assets.extra/unroll.json';

/** What a caller of the model must know: sizes, columns in their order, and how each is scaled. */
interface CallingFacts {
  readonly inputs: readonly (number | 'batch')[];
  readonly outputs: readonly (number | 'batch')[];
  readonly columns: readonly string[];
  readonly targetColumns: readonly string[];
  readonly horizon: number;
  /** scaled = (value − offset) / factor, a row a column. */
  readonly scaling: readonly { readonly column: string; readonly offset: number; readonly factor: number }[];
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

async function writeFacts({ door }: Surroundings, target: string, facts: CallingFacts): Promise<Result<null>> {
  const file = path.join(target, factsFile);
  const made = await door.makeDirectory(path.dirname(file));
  return made.ok ? door.writeAtomically(file, new TextEncoder().encode(`${JSON.stringify(facts, null, 2)}\n`)) : made;
}

/** What the data were like when the run was trained: they need not be there any more. */
function rememberedFacts({ document, record }: StoredRun) {
  const facts = { columns: record.columns, seriesCount: record.series.count, steps: record.series.steps };
  return Object.fromEntries(document.nodes.filter(({ type }) => type === seriesNode.type).map(({ id }) => [id, facts]));
}

async function readKept({ door }: Surroundings, { directory }: StoredRun, { program }: CompiledDocument): Promise<Result<Readonly<Record<string, TensorData>>>> {
  const file = path.join(directory, runFiles.weights);
  const tensors = await readTensorFile(door, file);
  if (!tensors.ok) return tensors;
  if (tensors.value === null) return fail(diagnose('run-without-weights', { kind: 'run', directory }, { directory }));
  const kept = decodeWeights(program, tensors.value, file);
  return kept.ok ? succeed(Object.fromEntries(kept.value)) : kept;
}

function shape(sizes: readonly (number | 'batch')[]): string {
  return `[${sizes.join(', ')}]`;
}
