import type { Diagnostic } from '../../core/diagnostics/diagnostic.ts';
import type { DataReference } from '../../core/graph/graph-document.ts';
import type { NodeId } from '../../core/graph/identifiers.ts';
import type { DataFacts } from '../../core/nodes/node-type.ts';
import type { Opening } from './project-messages.ts';

export interface PreviewColumn {
  readonly name: string;
  readonly numeric: boolean;
  /** Words, few enough to be categories. */
  readonly category: boolean;
  readonly missing: number;
}

/** A CSV file that the project may read from now on. */
export interface DataPreview {
  /** What goes into the Series node's `file` parameter and into the document's data reference. */
  readonly file: string;
  readonly sha256: string;
  /** The file's name without folders. */
  readonly name: string;
  readonly bytes: number;
  readonly delimiter: string;
  readonly columns: readonly PreviewColumn[];
  /** The column with the dates; null where there is none. */
  readonly dateColumn: string | null;
  readonly rows: number;
  /** The first rows as the file has them, a text a cell. */
  readonly firstRows: readonly (readonly string[])[];
  /** Warnings and notes; errors that stop a use of all numeric columns, though others can be chosen. */
  readonly diagnostics: readonly Diagnostic[];
}

/** What dropped files came to; what is neither CSV nor a project, or several files at once, is refused by diagnostics. */
export type Drop = { readonly kind: 'data'; readonly data: DataPreview } | { readonly kind: 'project'; readonly opening: Opening };

/** What reading the data of every Series node has shown: `checkDocument` takes the facts. */
export interface DataReading {
  readonly facts: Readonly<Record<NodeId, DataFacts>>;
  /** The files as they are now, for the document's data references. */
  readonly references: readonly DataReference[];
  /** Errors (with the node that they are about) and warnings; a node with an error has no facts. */
  readonly diagnostics: readonly Diagnostic[];
}

/** x: epoch milliseconds for dates, the number itself for numbered rows, else the time step from 0. y: NaN where missing. */
export interface PlottedColumn {
  readonly column: string;
  readonly unit: string | null;
  readonly x: Float64Array;
  readonly y: Float64Array;
}

export interface PlottedSeries {
  readonly time: 'step' | 'date' | 'number';
  readonly seriesCount: number;
  readonly steps: number;
  readonly range: readonly [start: number, end: number];
  readonly columns: readonly PlottedColumn[];
  /** Where the parts begin and end, in time steps (split by time) or in series (by series); null without a sound Window node. */
  readonly parts: {
    readonly by: 'time' | 'series';
    readonly training: readonly [start: number, end: number];
    readonly validation: readonly [start: number, end: number];
    readonly test: readonly [start: number, end: number];
  } | null;
}

export type Part = 'training' | 'validation' | 'test';

/** One window with its targets, in the data's unit. */
export interface Sample {
  readonly part: Part;
  readonly sample: number;
  /** Samples of each part. */
  readonly counts: Readonly<Record<Part, number>>;
  readonly series: number;
  /** The last time step that the forecast may see: its date, its number, or its row number from 1. */
  readonly origin: string;
  /** Index of the window's first time step in the series. */
  readonly start: number;
  /** One list a column, oldest first: the window's values. */
  readonly inputs: readonly { readonly column: string; readonly values: readonly number[] }[];
  /** One list a target column: the values of the horizon. NaN where the data has none. */
  readonly targets: readonly { readonly column: string; readonly values: readonly number[] }[];
  /** Whether each target value is scored (observed, not filled), in the order of `targets`. */
  readonly scored: readonly (readonly boolean[])[];
}
