import type { ExportFormatName } from '../../../core/export/export-formats.ts';
import { namedWeights } from '../write-weights.ts';
import { predictionsOf } from './checker.ts';
import type { Checker, CheckTask } from './checker.ts';
import { readInPython, type PythonReader } from './read-in-python.ts';
import { runOnnx } from './run-onnx.ts';
import { runSavedModelInNode } from './run-saved-model.ts';
import { runTfjs } from './run-tfjs.ts';

/** The windows that the project's own data.py cuts are those that were compared. */
const dataInPython: Checker = {
  expected: ({ windows }) => windows.inputs,
  check: async (task) => {
    const { table, model } = task.exportable;
    const isThere = model.data.source.kind === 'generator' || (table?.bytes ?? null) !== null;
    if (task.windows.chosen === null || !isThere) return { kind: 'unavailable', runtime: 'NumPy in Python', reason: "the run's data are not there as they were trained on, so that data.py was not run" };
    return inPython('python-data').check(task);
  },
};

/** Who reads each format back. Every one of them that is at hand has its say. */
export const checkers: Readonly<Record<ExportFormatName, readonly Checker[]>> = {
  keras: [inPython('keras')],
  onnx: [{ expected: predictionsOf, check: runOnnx }, inPython('onnx')],
  python: [inPython('python'), dataInPython],
  savedmodel: [{ expected: predictionsOf, check: runSavedModelInNode }, inPython('savedmodel')],
  tfjs: [{ expected: predictionsOf, check: runTfjs }],
  weights: [inPython('weights', flatWeights)],
};

function inPython(reader: PythonReader, expected: Checker['expected'] = predictionsOf): Checker {
  return {
    expected,
    check: async (task) => {
      const [outcome] = await readInPython([{ reader, task }]);
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
