import type { ExportFormatName } from '../../../core/export/export-formats.ts';
import { namedWeights } from '../write-weights.ts';
import { predictionsOf } from './checker.ts';
import type { Checker, CheckTask } from './checker.ts';
import { readInPython } from './read-in-python.ts';
import { runSavedModelInNode } from './run-saved-model.ts';

/** Who reads each format back. Every one of them that is at hand has its say. */
export const checkers: Readonly<Record<ExportFormatName, readonly Checker[]>> = {
  keras: [inPython('keras')],
  savedmodel: [{ expected: predictionsOf, check: runSavedModelInNode }, inPython('savedmodel')],
  weights: [inPython('weights', flatWeights)],
};

function inPython(format: ExportFormatName, expected: Checker['expected'] = predictionsOf): Checker {
  return {
    expected,
    check: async (task) => {
      const [outcome] = await readInPython([{ format, task }]);
      return outcome!;
    },
  };
}

/** Every weight after the other, in the order of the files. */
function flatWeights({ exportable }: CheckTask): Float32Array {
  const weights = [...namedWeights(exportable).values()];
  const flat = new Float32Array(weights.reduce((sum, { values }) => sum + values.length, 0));
  let offset = 0;
  for (const { values } of weights) {
    flat.set(values, offset);
    offset += values.length;
  }
  return flat;
}
