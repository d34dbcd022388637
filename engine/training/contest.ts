import type { Diagnostic } from '../../core/diagnostics/diagnostic.ts';
import type { ClassScores } from '../../core/forecast/classification.ts';
import { score, windowErrors } from '../../core/forecast/metrics.ts';
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
  readonly diagnostics: readonly Diagnostic[];
}

/** Of a classification: what was said against what was so, and how often a baseline is right. */
export interface ClassContest {
  readonly scores: ClassScores;
  readonly baselines: Readonly<Partial<Record<BaselineName, ClassScores>>>;
}

/** Scores everybody on the same samples and says who wins. */
export function judgeContest(contest: Contest, given: Samples, stride: number): PartEvaluation {
  const { truth, weights, columns, steps, classes, samples = given } = contest;
  const scoreOf = (values: Float64Array) => score(values, truth, weights, steps, columns);
  const errorsOf = (values: Float64Array) => windowErrors(values, truth, weights, contest.valuesPerSample ?? steps * columns.length);
  const scores = scoreOf(contest.model);
  const errors = errorsOf(contest.model);
  const skill: Partial<Record<BaselineName, BaselineSkill>> = {};
  const verdicts: Verdict[] = contest.baselines.map(([name, values]) => {
    const found = skillScore(errors, errorsOf(values), samples, contest.overlap, stride);
    const verdict = judge(name, found);
    skill[name] = { ...found, verdict: verdict.kind };
    return verdict;
  });
  const words = verdictInWords(verdicts, worstStep(scores));
  return {
    windows: samples.count,
    scores,
    baselines: Object.fromEntries(contest.baselines.map(([name, values]) => [name, scoreOf(values)])),
    skill,
    verdict: classes === null ? words : `${classVerdict(classes.scores.accuracy, classes.baselines.shares?.accuracy ?? Number.NaN)}; ${words}`,
    ...(classes !== null && { classes: { ...classes.scores, baselines: classes.baselines } }),
  };
}
