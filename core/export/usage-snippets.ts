import { exportFormats } from './export-formats.ts';
import type { ExportFormatName } from './export-formats.ts';
import type { TfjsKind } from './layers-model.ts';
import type { CallingFacts, ScalerPlace } from './exportable-model.ts';
import { browserCode, javascriptCode } from './usage-javascript.ts';
import { pythonCode } from './usage-python.ts';

/** A program that uses an exported model, whole: it runs as it stands, in the folder that the export lies in. */
export interface UsageSnippet {
  readonly format: ExportFormatName;
  readonly runtime: 'python' | 'node' | 'browser';
  /** What the program is called where it is shown. */
  readonly title: string;
  readonly language: 'Python' | 'JavaScript' | 'HTML';
  /** What its runtime needs installed, as one line of a shell. */
  readonly install: string;
  readonly code: string;
}

/** What programs that use exports of a run must know. */
export interface ExportUsage {
  readonly facts: CallingFacts;
  /** Those that can say the model. */
  readonly formats: readonly ExportFormatName[];
  /** Where the scaler of an ONNX file of it can be. */
  readonly scalers: readonly ScalerPlace[];
  /** What a TensorFlow.js export of it is. */
  readonly tfjs: TfjsKind;
  /** Whether a module with cells lies beside a .keras file of it. */
  readonly hasCells: boolean;
}

/** What a program must know of an export besides how it is called. */
export interface UsedExport extends Omit<ExportUsage, 'formats'> {
  /** By format, what the file or folder is called; the proposed name where nothing is said. */
  readonly names?: Readonly<Partial<Record<ExportFormatName, string>>>;
}

/** Programs for every format that is given, in order. */
export function usageSnippets(formats: readonly ExportFormatName[], used: UsedExport): readonly UsageSnippet[] {
  return formats.flatMap((format) => snippetsOf(format, used.names?.[format] ?? exportFormats[format].proposedName, used));
}

const python = (packages: string): string => `python -m pip install ${packages}`;

function snippetsOf(format: ExportFormatName, name: string, { facts, hasCells, scalers, tfjs }: UsedExport): readonly UsageSnippet[] {
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
      return scalers.flatMap((scaler) => onnxSnippets(name, { ...facts, scaler }, scalers.length > 1));
    case 'tfjs':
      return [
        { format, runtime: 'browser', title: 'Browser with TensorFlow.js', language: 'HTML', install: 'npm install @tensorflow/tfjs http-server && npx http-server', code: browserCode(name, facts, tfjs) },
        { format, runtime: 'node', title: 'Node with TensorFlow.js', language: 'JavaScript', install: 'npm install @tensorflow/tfjs-node', code: javascriptCode(tfjs, name, facts) },
      ];
    case 'weights':
      return [{ format, runtime: 'python', title: 'Weights in NumPy', language: 'Python', install: python('numpy safetensors'), code: pythonCode({ kind: 'weights', name }, facts) }];
  }
}

/** An .onnx file bears its scaler inside or leaves it to its caller, and its programs differ in that. */
function onnxSnippets(name: string, facts: CallingFacts, saysWhere: boolean): readonly UsageSnippet[] {
  const where = saysWhere ? `, scaler ${facts.scaler}` : '';
  return [
    { format: 'onnx', runtime: 'python', title: `Python with ONNX Runtime${where}`, language: 'Python', install: python('numpy onnxruntime'), code: pythonCode({ kind: 'onnx', name }, facts) },
    { format: 'onnx', runtime: 'node', title: `Node with ONNX Runtime${where}`, language: 'JavaScript', install: 'npm install onnxruntime-node', code: javascriptCode('onnx', name, facts) },
  ];
}
