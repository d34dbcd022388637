import path from 'node:path';
import { callingFactsFile, exportSavedModel } from '../../engine/export/export-saved-model.ts';
import { done, failedWith } from '../outcome.ts';
import type { Outcome } from '../outcome.ts';
import { resolvePath, showPath } from '../surroundings.ts';
import type { Surroundings } from '../surroundings.ts';

export interface ExportArguments {
  readonly directory: string;
  readonly format: 'savedmodel';
  readonly out: string;
}

/** `unroll export`: the model with its kept weights, for other programs. */
export async function exportRun(surroundings: Surroundings, { directory, format, out }: ExportArguments): Promise<Outcome> {
  const target = resolvePath(surroundings, out);
  const exported = await exportSavedModel(surroundings.door, resolvePath(surroundings, directory), target);
  if (!exported.ok) return failedWith(exported);
  const { run, facts } = exported.value;
  const { inputs, outputs } = facts;
  return done({ run: run.directory, format, out: target, ...facts }, [
    `${showPath(surroundings, target)}: a SavedModel. Its signature serving_default takes "inputs", ${shape(inputs)}, and gives "predictions", ${shape(outputs)}.`,
    run.record.scaler.kind === 'none'
      ? "Both are in the data's own unit."
      : `Both are scaled: ${path.join(showPath(surroundings, target), callingFactsFile)} holds the scaling of each column.`,
  ]);
}

function shape(sizes: readonly (number | 'batch')[]): string {
  return `[${sizes.join(', ')}]`;
}
