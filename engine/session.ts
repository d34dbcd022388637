import type { ScanAttributes } from '../core/program/instruction.ts';
import type { EntryName, Program } from '../core/program/program.ts';
import type { ElementType, ValueId } from '../core/program/value.ts';

/** A tensor outside the engine: row-major values with their axis sizes. float → Float32Array, integer → Int32Array, boolean → Uint8Array. */
export interface TensorData {
  readonly type: ElementType;
  readonly shape: readonly number[];
  readonly values: Float32Array | Int32Array | Uint8Array;
}

export type NamedTensors = Readonly<Record<string, TensorData>>;

/** A value of an entry's own body (not of a scan's inside it) that calls may ask for under `name`, as if it were an output. */
export interface Probe {
  readonly entry: EntryName;
  readonly value: ValueId;
  readonly name: string;
}

export interface OpenOptions {
  /** Free where a call does not ask for them. */
  readonly probes?: readonly Probe[];
}

/** A call that could not be done: by whom it was asked for, and what the engine found. */
export class EngineError extends Error {
  override readonly name = 'EngineError';
  /** What was attempted: "train", "variable parameters", "open". */
  readonly during: string;
  /** The engine's own words. */
  readonly reason: string;

  constructor(during: string, reason: string, options?: ErrorOptions) {
    super(`${during}: ${reason}`, options);
    this.during = during;
    this.reason = reason;
  }
}

/** A program made ready to run, with its variables, all zero at first. Calls are synchronous and must come from one thread. */
export interface Session {
  /**
   * Runs one entry: feeds by input name; gives the asked-for outputs (each list of names is prepared at its first use, so
   * ask for the same ones every time); the entry's assignments take effect. Throws EngineError.
   */
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
  /** What recurrences run on: the scan kernel (the last bits depend on its instruction set), or ordinary operations and why. */
  readonly scans:
    /** `refusal`: why one scan runs as ordinary operations all the same, in a clause; undefined where it does not. */
    | { readonly kind: 'kernel'; readonly instructionSet: string; readonly refusal: (scan: ScanAttributes) => string | undefined }
    | { readonly kind: 'plain'; readonly reason: string };
  /** Throws EngineError where the program cannot be made ready. */
  readonly open: (program: Program, options?: OpenOptions) => Session;
}
