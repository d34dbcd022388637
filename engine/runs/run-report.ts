import type { Diagnostic } from '../../core/diagnostics/diagnostic.ts';

/** Why training ended. `not-finite`: the loss became NaN or infinite. */
export type StopReason = 'completed' | 'early-stopping' | 'cancelled' | 'not-finite' | 'failed';

/** A part of the data on which kept weights are judged. */
export type EvaluatedPart = 'validation' | 'test';

/** Mean errors in the data's own unit (mse: its square); horizon steps count from 1. */
export interface PartScores {
  readonly mse: number;
  readonly mae: number;
  readonly perHorizon: readonly { readonly step: number; readonly mse: number; readonly mae: number }[];
  readonly perColumn: readonly { readonly column: string; readonly mse: number; readonly mae: number }[];
}

export type BaselineName = 'naive' | 'seasonalNaive' | 'linear';

/** Scores of the baselines on exactly the windows that the model was judged on. */
export interface BaselineScores {
  readonly naive: PartScores;
  readonly seasonalNaive?: PartScores;
  readonly linear: PartScores;
}

/** skill = 1 − error / baseline's error, of the mean squared error; spread: its standard error over windows. */
export interface SkillReport {
  readonly skill: number;
  readonly spread: number;
  readonly verdict: 'better' | 'worse' | 'no clear difference';
}

/** Kept weights judged on one part. `words` says the verdict in a sentence. */
export interface PartEvaluation {
  readonly part: EvaluatedPart;
  readonly windows: number;
  readonly scores: PartScores;
  readonly baselines: BaselineScores;
  readonly skill: Readonly<Partial<Record<BaselineName, SkillReport>>>;
  readonly words: string;
}

export interface EngineFacts {
  readonly name: string;
  readonly version: string;
  readonly threads: number;
}

/**
 * What a run came to: the members that `train --json` and `evaluate --json` print. `validation` or `test` (and
 * `baselines`, `skill`, `verdict` with them) are there when that part has windows and was asked for.
 */
export interface RunReport {
  /** The run's directory. */
  readonly run: string;
  readonly seed: number;
  /** Finished epochs, and training steps, over all sessions of the run. */
  readonly epochs: number;
  readonly steps: number;
  /** Median milliseconds of a step, the first of each session left out; null before a second step. */
  readonly msPerStep: number | null;
  readonly stopped: StopReason;
  readonly engine: EngineFacts;
  /** Trainable weights. */
  readonly parameters: number;
  /** The epoch whose weights are kept (1 is the first; 0: the weights before any finished epoch). */
  readonly bestEpoch: number;
  /** Loss of the kept weights in scaled units: of the validation part, or of the training part where there is none. */
  readonly bestLoss: number | null;
  readonly validation?: PartScores;
  readonly test?: PartScores;
  readonly baselines?: BaselineScores;
  readonly skill?: PartEvaluation['skill'];
  readonly verdict?: string;
  readonly warnings: readonly Diagnostic[];
}
