import type { Diagnostic } from '../../core/diagnostics/diagnostic.ts';
import type { GraphDocument } from '../../core/graph/graph-document.ts';
import type { RateFinding, TriedRate } from '../../core/program/schedules/rate-finder.ts';
import type { EngineFacts } from '../runs/run-report.ts';

/** Reads the data, checks and compiles the document, loads TensorFlow: everything before the first step. */
export interface PrepareRequest {
  readonly kind: 'prepare';
  readonly document: GraphDocument;
  /** Absolute path of the folder that the document's data files are relative to. */
  readonly projectDirectory: string;
}

export interface PreparedReport {
  /** Names this preparation in a train request; the host keeps the last one only. */
  readonly prepared: number;
  readonly parameters: number;
  readonly engine: EngineFacts;
  /** Windows a part. */
  readonly windows: { readonly training: number; readonly validation: number; readonly test: number };
  readonly stepsPerEpoch: number;
  readonly columns: readonly string[];
  readonly targetColumns: readonly string[];
  readonly warnings: readonly Diagnostic[];
}

export interface TrainRequest {
  readonly kind: 'train';
  readonly prepared: number;
  /** Must not exist or be empty. null: a new directory in `runs/` beside the project. */
  readonly runDirectory: string | null;
  /** Instead of the document's. */
  readonly seed?: number;
  /** A run whose kept weights are the start, wherever a layer of the same id has one of the same shape; left out: all are drawn afresh. */
  readonly startFrom?: string;
}

/** Goes on from a run's checkpoint, to the same weights bit for bit as if it had never stopped. */
export interface ResumeRequest {
  readonly kind: 'resume';
  readonly runDirectory: string;
  /** Instead of the run's own: a finished run can be trained for longer. */
  readonly epochs?: number;
}

/** Tries learning rates on a copy of the model, over some hundred steps; the document and every run stay as they are. */
export interface FindRateRequest {
  readonly kind: 'find-rate';
  readonly document: GraphDocument;
  /** Absolute path of the folder that the document's data files are relative to. */
  readonly projectDirectory: string;
}

/** `tried` in the order of rising rates; losses in scaled units. */
export interface RateReport extends RateFinding {
  readonly tried: readonly TriedRate[];
  readonly batchSize: number;
  readonly seed: number;
  readonly warnings: readonly Diagnostic[];
}

/** Ends the training under way before its next step; its train request is answered with `stopped: 'cancelled'`. */
export interface CancelRequest {
  readonly kind: 'cancel';
}

/** The first thing said of a training: where it lies and where it starts (counted from 0 when new, further when resumed). */
export interface TrainingStartedEvent {
  readonly kind: 'training-started';
  readonly run: string;
  readonly seed: number;
  readonly epochs: number;
  readonly stepsPerEpoch: number;
  readonly parameters: number;
  readonly finishedEpochs: number;
  readonly finishedSteps: number;
}

/** An epoch that has ended. Losses in scaled units; validationLoss null where the part has no windows. */
export interface EpochPoint {
  /** From 1. */
  readonly epoch: number;
  /** Steps finished at its end, over the whole run. */
  readonly step: number;
  readonly trainingLoss: number;
  readonly validationLoss: number | null;
  /** Whether its weights are the best so far. */
  readonly best: boolean;
  /** Of its last step; null in runs of older versions. */
  readonly learningRate: number | null;
  readonly seconds: number;
}

/** At most 20 a second: everything that happened since the last one. */
export interface TrainingProgressEvent {
  readonly kind: 'training-progress';
  readonly run: string;
  /** The epoch under way, from 1, and steps finished in it. */
  readonly epoch: number;
  readonly stepInEpoch: number;
  /** Steps finished over the whole run. */
  readonly step: number;
  /** Median of this session so far. */
  readonly msPerStep: number | null;
  /** Values of consecutive steps; the last one is of `step`. Losses in scaled units. */
  readonly losses: readonly number[];
  readonly gradientNorms: readonly number[];
  readonly learningRates: readonly number[];
  readonly epochsFinished: readonly EpochPoint[];
}
