import type { Result } from '../../core/diagnostics/result.ts';
import type { GraphDocument } from '../../core/graph/graph-document.ts';
import type { NodeId } from '../../core/graph/identifiers.ts';
import type { BaselineName } from '../../engine/runs/run-report.ts';
import type { DataPreview, DataReading, Part, PlottedSeries, Sample } from '../ipc/data-messages.ts';

/** A document whose data files are named relative to the folder, or absolutely. */
export interface LocatedDocument {
  readonly document: GraphDocument;
  readonly directory: string;
}

/** What the data worker can be asked for; a message is a tuple of the name and the argument. */
export interface DataTasks {
  /** `name`: as the document will name the file. */
  readonly preview: (argument: { readonly file: string; readonly name: string }) => Promise<Result<DataPreview>>;
  readonly read: (argument: LocatedDocument) => Promise<Result<DataReading>>;
  readonly plot: (
    argument: LocatedDocument & {
      readonly node: NodeId;
      readonly series: number;
      readonly range: readonly [start: number, end: number] | null;
      readonly points: number;
    },
  ) => Promise<Result<PlottedSeries>>;
  readonly sample: (argument: LocatedDocument & { readonly part: Part; readonly sample: number }) => Promise<Result<Sample>>;
  readonly baselines: (argument: LocatedDocument) => Promise<Result<Readonly<Partial<Record<BaselineName, number>>>>>;
}

export type DataTask = keyof DataTasks;

export interface TaskMessage {
  readonly id: number;
  readonly task: DataTask;
  readonly argument: unknown;
}

/** `crash`: a programming error, as text. */
export type TaskAnswer =
  | { readonly id: number; readonly result: Result<unknown> }
  | { readonly id: number; readonly crash: string };
