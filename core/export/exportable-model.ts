import type { Model } from '../compile/model.ts';
import type { Result } from '../diagnostics/result.ts';
import type { TrainingSettings } from '../graph/training-settings.ts';
import type { Program } from '../program/program.ts';

/** A weight or a moving statistic as training left it, row-major. */
export interface WeightValues {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

export interface ColumnScaling {
  readonly column: string;
  readonly offset: number;
  readonly factor: number;
}

export const scalerPlaces = ['outside', 'inside'] as const;
/** Whether an artefact scales by itself. */
export type ScalerPlace = (typeof scalerPlaces)[number];

/** What a caller of an exported model must know: sizes, columns in their order, and how each is scaled. */
export interface CallingFacts {
  readonly inputs: readonly (number | 'batch')[];
  readonly outputs: readonly (number | 'batch')[];
  readonly columns: readonly string[];
  readonly targetColumns: readonly string[];
  /** Of a model with stateful layers: whether they keep their states from call to call, or start at zero in each. */
  readonly states?: 'carried' | 'anew';
  /** 0 where nothing is forecast. */
  readonly horizon: number;
  /** What the numbers of an output are, as words that go on a sentence. */
  readonly meaning: string;
  /** scaled = (value − offset) / factor, a row a column. */
  readonly scaling: readonly ColumnScaling[];
  /** The same of labels that are numbers, in the order of the outputs; none where none is asked for. */
  readonly labelScaling: readonly { readonly label: string; readonly offset: number; readonly factor: number }[];
  /** What follows the columns in each time step of a window: masks, labels, categories; scaled likewise. Left out: nothing. */
  readonly features?: readonly { readonly name: string; readonly offset: number; readonly factor: number; readonly typical: number; readonly isMask?: boolean }[];
  /** The mean of what is visible in a window (its masks say what is) is taken from the columns before, and added to the output after. */
  readonly isCentered?: boolean;
  /** What a class is told of, in the order of the outputs (a single output: of the second); none where none is. */
  readonly classes: readonly string[];
  /** inside: the artefact takes and gives numbers in the data's own unit. outside: its caller scales. */
  readonly scaler: ScalerPlace;
}

/** What stands first in the dates of a file. */
export type DateOrder = 'year-first' | 'year-month' | 'compact' | 'day-first' | 'month-first';

/** How a CSV file is written. */
export interface TableLayout {
  readonly delimiter: string;
  /** 1,5 is one and a half. */
  readonly decimalComma: boolean;
  /** The first line names the columns; otherwise they are 'column 1', 'column 2', … */
  readonly hasHeader: boolean;
  readonly columnCount: number;
  /** The column that dates the rows; null where they have no dates. */
  readonly dates: { readonly column: string; readonly order: DateOrder } | null;
}

/** The file that a run was trained on, for formats that take data along. */
export interface TrainingTable {
  readonly layout: TableLayout;
  /** null: it is not what the run was trained on any more, or too large to take along. */
  readonly bytes: Uint8Array | null;
}

/** A trained model as its writers need it: plain data, no files and no engine. */
export interface ExportableModel {
  /** The project's name. */
  readonly name: string;
  readonly model: Model;
  readonly program: Program;
  readonly training: TrainingSettings;
  /** By '<node id>/<weight>': trainable weights and moving statistics. */
  readonly weights: ReadonlyMap<string, WeightValues>;
  readonly facts: CallingFacts;
  /** null: the series are generated, or their file cannot be read. */
  readonly table: TrainingTable | null;
  /** Where it comes from, in a few words a line: run, seed, data, versions. */
  readonly provenance: Readonly<Record<string, string>>;
  /** The project as it was trained and the run's record, as texts: by them an export can come back as what it was. Left out where there is no run. */
  readonly source?: { readonly project: string; readonly record: string };
}

/** A file of an artefact. `place`: '' for an artefact that is one file, '/name' inside a folder, or a suffix for one beside it. */
export interface ArtefactFile {
  readonly place: string;
  readonly bytes: Uint8Array;
}

/** Writes a model in one format: every file that belongs to it, or which node cannot be said in it. */
export type ExportWriter = (exportable: ExportableModel) => Promise<Result<readonly ArtefactFile[]>>;

/** A weight of a layer. Throws where the model has none of that name: weights were read by the model's own list. */
export function weightOf({ weights }: ExportableModel, node: string, name: string): WeightValues {
  const found = weights.get(`${node}/${name}`);
  if (found === undefined) throw new RangeError(`"${node}" has no weight "${name}"`);
  return found;
}
