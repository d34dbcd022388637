import type { Diagnostic } from '../../core/diagnostics/diagnostic.ts';
import type { ClassScores } from '../../core/forecast/classification.ts';
import { score, windowErrors } from '../../core/forecast/metrics.ts';
import type { Score } from '../../core/forecast/metrics.ts';
import { measureInWords, pinballErrors, reportQuantiles } from '../../core/forecast/quantiles.ts';
import type { QuantileForecasts, QuantileReport } from '../../core/forecast/quantiles.ts';
import { skillScore } from '../../core/forecast/skill.ts';
import type { Samples } from '../../core/forecast/windows.ts';
import { classVerdict, judge, verdictInWords, worstStep } from '../../core/forecast/verdict.ts';
import type { Verdict } from '../../core/forecast/verdict.ts';
import type { BaselineName, BaselineSkill, PartEvaluation } from '../runs/run-report.ts';

/** The values of a model and of its baselines on the same samples, in the data's unit: all [sample, steps × columns]. */
export interface Contest {
  readonly truth: Float64Array;
  /** 0: not scored. */
  readonly weights: Float64Array;
  readonly columns: readonly string[];
  /** Steps ahead that are told apart; 1 where there are none. */
  readonly steps: number;
  /** The samples that were judged, where they are not all that were given. */
  readonly samples?: Samples;
  /** Values a sample, where they are not steps × columns: further ones at other places of the window. */
  readonly valuesPerSample?: number;
  readonly model: Float64Array;
  /** The plainest first: it is the one that a verdict names first. */
  readonly baselines: readonly (readonly [BaselineName, Float64Array])[];
  /** Time steps that neighbouring samples share, so that their errors are not independent. */
  readonly overlap: number;
  readonly classes: ClassContest | null;
  /** Of a forecast of quantiles, by whose pinball loss everybody is judged; `model` and `baselines` above are then the number that stands for all. */
  readonly quantiles: QuantileContest | null;
  readonly diagnostics: readonly Diagnostic[];
}

/** Of a classification: what was said against what was so, and how often a baseline is right. */
export interface ClassContest {
  readonly scores: ClassScores;
  readonly baselines: Readonly<Partial<Record<BaselineName, ClassScores>>>;
}

export interface QuantileContest {
  readonly model: QuantileForecasts;
  readonly baselines: ReadonlyMap<BaselineName, QuantileForecasts>;
}

/** Scores everybody on the same samples and says who wins. */
export function judgeContest(contest: Contest, given: Samples, stride: number): PartEvaluation {
  const { truth, weights, columns, steps, classes, quantiles, samples = given } = contest;
  const width = contest.valuesPerSample ?? steps * columns.length;
  const told = (name: BaselineName | null): QuantileReport | undefined => {
    const forecasts = name === null ? quantiles?.model : quantiles?.baselines.get(name);
    return forecasts && reportQuantiles(forecasts, truth, weights, width, steps);
  };
  const scoreOf = (name: BaselineName | null, values: Float64Array): Score => {
    const report = told(name);
    return { ...score(values, truth, weights, steps, columns), ...(report !== undefined && { quantiles: report }) };
  };
  const errorsOf = (name: BaselineName | null, values: Float64Array): Float64Array => {
    const forecasts = name === null ? quantiles?.model : quantiles?.baselines.get(name);
    return forecasts === undefined ? windowErrors(values, truth, weights, width) : pinballErrors(forecasts, truth, weights, width);
  };
  const scores = scoreOf(null, contest.model);
  const errors = errorsOf(null, contest.model);
  const skill: Partial<Record<BaselineName, BaselineSkill>> = {};
  const verdicts: Verdict[] = contest.baselines.map(([name, values]) => {
    const found = skillScore(errors, errorsOf(name, values), samples, contest.overlap, stride);
    const verdict = judge(name, found);
    skill[name] = { ...found, verdict: verdict.kind };
    return verdict;
  });
  const words = verdictInWords(verdicts, worstStep(scores.quantiles === undefined ? scores : { perHorizon: scores.quantiles.perHorizon.map(({ step, pinball }) => ({ step, mse: pinball, mae: pinball })) }));
  const measured = scores.quantiles === undefined ? words : `${words}; ${measureInWords(scores.quantiles.levels.map(({ level }) => level))}`;
  return {
    windows: samples.count,
    scores,
    baselines: Object.fromEntries(contest.baselines.map(([name, values]) => [name, scoreOf(name, values)])),
    skill,
    verdict: classes === null ? measured : `${classVerdict(classes.scores.accuracy, classes.baselines.shares?.accuracy ?? Number.NaN)}; ${words}`,
    ...(classes !== null && { classes: { ...classes.scores, baselines: classes.baselines } }),
  };
}
