import type { EntryName, Program } from '../core/program/program.ts';
import type { ElementType } from '../core/program/value.ts';

/** A tensor outside the engine: row-major values with their axis sizes. float → Float32Array, integer → Int32Array, boolean → Uint8Array. */
export interface TensorData {
  readonly type: ElementType;
  readonly shape: readonly number[];
  readonly values: Float32Array | Int32Array | Uint8Array;
}

export type NamedTensors = Readonly<Record<string, TensorData>>;

/** A program made ready to run, with its variables. Calls are synchronous and must come from one thread. */
export interface Session {
  /** Runs one entry: feeds by input name; gives the asked-for outputs; the entry's assignments take effect. Throws EngineError. */
  readonly run: (entry: EntryName, feeds: NamedTensors, outputs: readonly string[]) => NamedTensors;
  readonly readVariable: (name: string) => TensorData;
  readonly writeVariable: (name: string, data: TensorData) => void;
  readonly close: () => void;
}

/** Something that runs programs. It knows operations and scan, never layers. */
export interface Backend {
  readonly name: string;
  readonly version: string;
  readonly threads: number;
  readonly open: (program: Program) => Session;
}
