import type { Part } from '../../../core/forecast/split.ts';
import type { ExportableModel } from '../../../core/export/exportable-model.ts';

/** Windows [count, time, feature], scaled as in training, and what the model says of them, flat. */
export interface ProofWindows {
  readonly shape: readonly [number, number, number];
  readonly inputs: Float32Array;
  readonly predictions: Float32Array;
  /** Which windows of which part they are; null where they were made up. */
  readonly chosen: { readonly part: Part; readonly positions: readonly number[] } | null;
  /** In words: "120 windows of the test part". */
  readonly origin: string;
}

/** What a foreign runtime made of an artefact. */
export type CheckOutcome =
  | { readonly kind: 'read'; readonly runtime: string; readonly values: Float32Array }
  /** It says that the artefact follows its format's rules, and runs nothing. */
  | { readonly kind: 'well-formed'; readonly runtime: string }
  /** The runtime is not there. */
  | { readonly kind: 'unavailable'; readonly runtime: string; readonly reason: string }
  /** It could not load or run the artefact. */
  | { readonly kind: 'failed'; readonly runtime: string; readonly reason: string };

export interface CheckTask {
  /** Absolute: the artefact's file or folder. */
  readonly artefact: string;
  readonly exportable: ExportableModel;
  readonly windows: ProofWindows;
}

/** Reads an artefact in a runtime that shares no code with its writer: the same numbers as `expected` should come back. */
export interface Checker {
  readonly expected: (task: CheckTask) => Float32Array;
  readonly check: (task: CheckTask) => Promise<CheckOutcome>;
}

export const predictionsOf = ({ windows }: CheckTask): Float32Array => windows.predictions;
