import type { Result } from '../../core/diagnostics/result.ts';
import type { ExportWriter } from '../../core/export/exportable-model.ts';
import type { EngineFormatName, ExportFormatName } from '../../core/export/export-formats.ts';
import type { FileDoor } from '../files/file-door.ts';
import type { Backend } from '../session.ts';
import type { CsvReader } from '../training/read-series.ts';
import type { ThreadChoice } from '../training/thread-choice.ts';
import type { LoopClock } from '../training/training-loop.ts';

/** By format; those of the engine itself are not among them. tfjsLayers: TensorFlow.js where its layers can say the model. */
export type FormatWriters = Readonly<Record<Exclude<ExportFormatName, EngineFormatName> | 'tfjsLayers', ExportWriter>>;

/** What a host is given by the process it lives in. */
export interface HostServices {
  /** Called once, before the first program runs; TensorFlow reads the choice while it is loaded. */
  readonly loadBackend: (choice: ThreadChoice) => Promise<Result<Backend>>;
  readonly files: FileDoor;
  readonly readCsv: CsvReader;
  /** The writers of other people's formats, loaded when the first export asks for one. */
  readonly loadExportWriters: () => Promise<FormatWriters>;
  /** Programs that take part and their versions, for the run's record: unroll's own, Node's. */
  readonly versions: Readonly<Record<string, string>>;
  /** The real one where none is given. */
  readonly clock?: LoopClock;
}
