import type { Diagnostic } from '../../core/diagnostics/diagnostic.ts';
import type { Coverage } from '../../core/forecast/forecast-bands.ts';
import type { Score } from '../../core/forecast/metrics.ts';
import type { Skill } from '../../core/forecast/skill.ts';
import type { Verdict } from '../../core/forecast/verdict.ts';

/**
 * Why training ended. `not-finite`: loss or gradient became NaN or infinite. `diverged`: the loss grew beyond hope.
 * `engine-failed`: TensorFlow gave up. `interrupted`: the process ended before it could say.
 */
export type StopReason = 'completed' | 'early-stopping' | 'cancelled' | 'not-finite' | 'diverged' | 'engine-failed' | 'interrupted';

/** A part of the data on which kept weights are judged. */
export type EvaluatedPart = 'validation' | 'test';

export type BaselineName = 'naive' | 'seasonalNaive' | 'linear';

/** Scores of the baselines on exactly the windows that the model was judged on, in the data's unit. */
export interface BaselineScores {
  readonly naive: Score;
  /** Where a season is set. */
  readonly seasonalNaive?: Score;
  /** Missing only where the window is too large to be solved in closed form. */
  readonly linear?: Score;
}

/** The skill over one baseline, and whether its 95 % interval leaves 0 out. */
export interface BaselineSkill extends Skill {
  readonly verdict: Verdict['kind'];
}

/** Kept weights judged on one part, for a sequence-to-sequence target by its last time step. */
export interface PartEvaluation {
  readonly windows: number;
  readonly scores: Score;
  readonly baselines: BaselineScores;
  readonly skill: Readonly<Partial<Record<BaselineName, BaselineSkill>>>;
  /** The verdict in words: "beats naive by 92 % (90 to 94 %), the linear model by 45 %; worst at step 10". */
  readonly verdict: string;
}

export interface EngineFacts {
  readonly name: string;
  readonly version: string;
  readonly threads: number;
  /** What recurrences ran on: "scan kernel, AVX2" or "ordinary operations"; the last bits of a run depend on it. Older runs lack it. */
  readonly scans?: string | undefined;
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
  readonly validation?: Score;
  readonly test?: Score;
  readonly baselines?: BaselineScores;
  readonly skill?: PartEvaluation['skill'];
  readonly verdict?: string;
  /** How many true values the bands of Monte Carlo dropout hold, where draws were asked for. */
  readonly coverage?: Coverage;
  readonly warnings: readonly Diagnostic[];
}
