import type { Diagnostic } from '../../core/diagnostics/diagnostic.ts';
import type { Coverage } from '../../core/forecast/forecast-bands.ts';
import type { ClassScores } from '../../core/forecast/classification.ts';
import type { Score } from '../../core/forecast/metrics.ts';
import type { Skill } from '../../core/forecast/skill.ts';
import type { Baseline, Verdict } from '../../core/forecast/verdict.ts';

/**
 * Why training ended. `not-finite`: loss or gradient became NaN or infinite. `diverged`: the loss grew beyond hope.
 * `engine-failed`: TensorFlow gave up. `interrupted`: the process ended before it could say. `imported`: nothing was trained
 * here, the weights came with another program's file.
 */
export type StopReason = 'completed' | 'early-stopping' | 'cancelled' | 'not-finite' | 'diverged' | 'engine-failed' | 'interrupted' | 'imported';

/** A part of the data on which kept weights are judged. */
export type EvaluatedPart = 'validation' | 'test';

export type BaselineName = Baseline;

/** Scores of the baselines on exactly the windows that the model was judged on, in the data's unit; those that the target and the data have. */
export type BaselineScores = Readonly<Partial<Record<BaselineName, Score>>>;

/** Classes told apart, by the model and by each baseline. */
export interface ClassReport extends ClassScores {
  readonly baselines: Readonly<Partial<Record<BaselineName, ClassScores>>>;
}

/** The skill over one baseline, and whether its 95 % interval leaves 0 out. */
export interface BaselineSkill extends Skill {
  readonly verdict: Verdict['kind'];
}

/** One target judged on one part: a sequence-to-sequence forecast by its last time step, classes by their probabilities. */
export interface TargetScores {
  readonly windows: number;
  readonly scores: Score;
  readonly baselines: BaselineScores;
  readonly skill: Readonly<Partial<Record<BaselineName, BaselineSkill>>>;
  /** The verdict in words: "beats naive by 92 % (90 to 94 %), the linear model by 45 %; worst at step 10". */
  readonly verdict: string;
  /** Of a classification. */
  readonly classes?: ClassReport;
}

export type TargetKind = 'forecast' | 'classify' | 'regress' | 'impute' | 'reconstruct';

export interface TargetEvaluation extends TargetScores {
  /** The target's label in the graph. */
  readonly target: string;
  readonly kind: TargetKind;
}

/** Kept weights judged on one part: the first target, and any others beside it. Runs of old name no target: they forecast. */
export interface PartEvaluation extends TargetScores {
  readonly target?: string;
  readonly kind?: TargetKind;
  readonly others?: readonly TargetEvaluation[];
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
  /** What the first target asks; a forecast where it is not said. */
  readonly kind?: TargetKind;
  readonly target?: string;
  readonly classes?: ClassReport;
  /** The judgement of further targets. */
  readonly others?: readonly TargetEvaluation[];
  readonly warnings: readonly Diagnostic[];
}
