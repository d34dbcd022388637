import type { Diagnostic } from '../../core/diagnostics/diagnostic.ts';
import type { GraphDocument } from '../../core/graph/graph-document.ts';
import type { ExportUsage } from '../../core/export/usage-snippets.ts';
import type { Proof } from '../../engine/export/proof/proof.ts';
import type { SampleForecastsReport } from '../../engine/host/sample-messages.ts';
import type { EpochPoint, PreparedReport, RateReport, TrainingProgressEvent, TrainingStartedEvent } from '../../engine/host/training-messages.ts';
import type { BaselineName, RunReport, StopReason } from '../../engine/runs/run-report.ts';
import type { ProjectHandle } from './project-messages.ts';

export type { SampleDrawing, SampleFilling, SampleForecast, SampleForecastsReport, SampleLabels } from '../../engine/host/sample-messages.ts';
export type { EpochPoint } from '../../engine/host/training-messages.ts';
export type { BaselineName, ClassReport, EvaluatedPart, RunReport, StopReason } from '../../engine/runs/run-report.ts';

declare const brand: unique symbol;

/** Names a run of a project that is open in this window. */
export type RunHandle = string & { readonly [brand]: 'RunHandle' };

/** Answered when everything before the first step is done; what happens then comes as run events. */
export interface StartedRun {
  readonly run: RunHandle;
  readonly facts: Omit<PreparedReport, 'prepared'>;
}

/** What happens in a run, in order. Exactly one `finished` or `failed` comes last; only `baselines` may come later still. */
export type RunEvent =
  | ({ readonly kind: 'started' } & Omit<TrainingStartedEvent, 'kind' | 'run'>)
  /** Losses, learning rates, finished epochs: some ten a second. */
  | ({ readonly kind: 'progress' } & Omit<TrainingProgressEvent, 'kind' | 'run' | 'gradientNorms'>)
  /** Mean squared error or whatever the loss is, in scaled units, of the baselines on the validation part: lines beside the loss. */
  | { readonly kind: 'baselines'; readonly losses: Readonly<Partial<Record<BaselineName, number>>> }
  | { readonly kind: 'phase'; readonly phase: RunPhase }
  | { readonly kind: 'warning'; readonly diagnostic: Diagnostic }
  /** Trained (or stopped by the person) and judged on the validation part. */
  | { readonly kind: 'finished'; readonly report: RunReport }
  /** The loss became infinite, the engine gave up, was killed or hung. What was trained before is kept where `resumable`. */
  | { readonly kind: 'failed'; readonly diagnostics: readonly Diagnostic[]; readonly resumable: boolean };

export type RunPhase = 'training' | 'evaluating' | 'stopping';

export interface RunEventMessage {
  readonly project: ProjectHandle;
  readonly run: RunHandle;
  readonly event: RunEvent;
}

export interface RunSummary {
  readonly run: RunHandle;
  /** The folder's name. */
  readonly name: string;
  /** Epoch milliseconds. */
  readonly startedAt: number;
  readonly seed: number;
  /** Finished, and asked for. */
  readonly epochs: number;
  readonly epochsWanted: number;
  /** Seconds spent in training, over all sessions. */
  readonly seconds: number;
  /** null: under way in this window. */
  readonly stopped: StopReason | null;
  readonly resumable: boolean;
  readonly parameters: number;
  /** Of the validation part, in the data's unit; null where there is none yet. */
  readonly score: { readonly mse: number; readonly mae: number } | null;
  /** Over naive, or where nothing is forecast over the shares of the classes or the mean. */
  readonly skill: number | null;
  readonly verdict: string | null;
  /** What differs from the run before, a phrase each: "LSTM 1: units 20 → 40". */
  readonly changes: readonly string[];
}

export interface RunDetails {
  readonly summary: RunSummary;
  /** The graph it was trained from. */
  readonly document: GraphDocument;
  readonly report: RunReport | null;
  readonly history: readonly EpochPoint[];
}

export interface RunComparison {
  readonly runs: readonly [RunDetails, RunDetails];
  /** From the first to the second, a phrase each. */
  readonly differences: readonly string[];
}

export type ForecastSamples = SampleForecastsReport;

/** Learning rates that were tried, in rising order, with their losses in scaled units, and what they say. */
export type FoundRate = RateReport;

/** Where an export was written, to be shown, and what was proven of it; null: the person closed the dialog. */
export type Export = { readonly location: string; readonly proof: Proof } | null;

/** How exports of a run are used: what a caller must know, and the formats that can say the model. */
export type RunUsage = ExportUsage;

/** The line of the `unroll` command that does the same, as it was put on the clipboard. */
export interface CopiedCommand {
  readonly command: string;
}

/** `starting`: TensorFlow is being loaded. `ready`: a run can start at once. `failed`: said in the diagnostic. */
export interface EngineStatusEvent {
  readonly placement: 'utility' | 'main';
  readonly status: 'starting' | 'ready' | 'failed';
  readonly diagnostic: Diagnostic | null;
}
