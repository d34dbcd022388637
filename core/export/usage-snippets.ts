import { exportFormats } from './export-formats.ts';
import type { ExportFormatName } from './export-formats.ts';
import type { CallingFacts } from './exportable-model.ts';
import { javascriptCode } from './usage-javascript.ts';
import { pythonCode } from './usage-python.ts';

/** A program that uses an exported model, whole: it runs as it stands, in the folder that the export lies in. */
export interface UsageSnippet {
  readonly format: ExportFormatName;
  readonly runtime: 'python' | 'node';
  /** What the program is called where it is shown. */
  readonly title: string;
  readonly language: 'Python' | 'JavaScript';
  /** What its runtime needs installed, as one line of a shell. */
  readonly install: string;
  readonly code: string;
}

/** What programs that use exports of a run must know. */
export interface ExportUsage {
  readonly facts: CallingFacts;
  /** Those that can say the model. */
  readonly formats: readonly ExportFormatName[];
  /** Whether a module with cells lies beside a .keras file of it. */
  readonly hasCells: boolean;
}

/** What a program must know of an export besides how it is called. */
export interface UsedExport extends Omit<ExportUsage, 'formats'> {
  /** By format, what the file or folder is called; the proposed name where nothing is said. */
  readonly names?: Readonly<Partial<Record<ExportFormatName, string>>>;
}

/** Programs for every format that is given, in order; of a model that fills gaps, or forecasts several quantiles, only its weights have one. */
export function usageSnippets(formats: readonly ExportFormatName[], used: UsedExport): readonly UsageSnippet[] {
  const said = tellsWhatFollows(used.facts) ? formats : formats.filter((format) => format === 'weights');
  return said.flatMap((format) => snippetsOf(format, used.names?.[format] ?? exportFormats[format].proposedName, used));
}

/** One number of each value forecast, classes or numbers, of windows that hold their columns and nothing else. */
function tellsWhatFollows({ inputs, outputs, columns, targetColumns, horizon, classes, labelScaling }: CallingFacts): boolean {
  if (inputs.at(-1) !== columns.length) return false;
  return classes.length > 0 || labelScaling.length > 0 || (horizon > 0 && outputs.at(-1) === horizon * targetColumns.length);
}

const python = (packages: string): string => `python -m pip install ${packages}`;

function snippetsOf(format: ExportFormatName, name: string, { facts, hasCells }: UsedExport): readonly UsageSnippet[] {
  switch (format) {
    case 'keras':
      return [{ format, runtime: 'python', title: 'Python with Keras', language: 'Python', install: python('keras tensorflow'), code: pythonCode({ kind: 'keras', name, hasCells }, facts) }];
    case 'python':
      return [{ format, runtime: 'python', title: 'Python project', language: 'Python', install: python(`-r ${name}/requirements.txt`), code: pythonCode({ kind: 'project', name }, facts) }];
    case 'savedmodel':
      return [
        { format, runtime: 'python', title: 'Python with TensorFlow', language: 'Python', install: python('tensorflow'), code: pythonCode({ kind: 'savedmodel', name }, facts) },
        { format, runtime: 'node', title: 'Node with TensorFlow', language: 'JavaScript', install: 'npm install @tensorflow/tfjs-node', code: javascriptCode('savedmodel', name, facts) },
      ];
    case 'onnx':
      return [{ format, runtime: 'node', title: 'Node with ONNX Runtime', language: 'JavaScript', install: 'npm install onnxruntime-node', code: javascriptCode('onnx', name, facts) }];
    case 'tfjs':
      return [{ format, runtime: 'node', title: 'Node with TensorFlow.js', language: 'JavaScript', install: 'npm install @tensorflow/tfjs-node', code: javascriptCode('tfjs', name, facts) }];
    case 'weights':
      return [{ format, runtime: 'python', title: 'Weights in NumPy', language: 'Python', install: python('numpy safetensors'), code: pythonCode({ kind: 'weights', name }, facts) }];
  }
}
