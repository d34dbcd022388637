import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { WeightValues } from '../export/exportable-model.ts';
import type { GraphDocument } from '../graph/graph-document.ts';

/** A model from another program's file: a graph, laid out, with its weights. Plain data, no files and no engine. */
export interface ImportedModel {
  readonly document: GraphDocument;
  /** By '<node id>/<weight>': trainable weights and moving statistics of every layer that Unroll has. */
  readonly weights: ReadonlyMap<string, WeightValues>;
  /** Names of `weights` that training moves along without a gradient. */
  readonly moving: ReadonlySet<string>;
  readonly origin: { readonly program: string; readonly version: string };
  /** The run's record as text, where the file is an export of Unroll's own; null: nothing is known of the data. */
  readonly record: string | null;
  /** Features of one time step that the model reads. */
  readonly features: number;
  readonly window: number;
  /** What was not understood or not taken over, and what is left to choose. */
  readonly notes: readonly Diagnostic[];
}
