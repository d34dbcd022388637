import { readTruth } from '../../core/forecast/batches.ts';
import { naive, seasonalNaive } from '../../core/forecast/baselines.ts';
import { fitLinear, predictLinear } from '../../core/forecast/linear-baseline.ts';
import type { LinearBaseline } from '../../core/forecast/linear-baseline.ts';
import { score, windowErrors } from '../../core/forecast/metrics.ts';
import { skillScore } from '../../core/forecast/skill.ts';
import { judge, verdictInWords, worstStep } from '../../core/forecast/verdict.ts';
import type { Baseline, Verdict } from '../../core/forecast/verdict.ts';
import type { Diagnostic } from '../../core/diagnostics/diagnostic.ts';
import type { Program } from '../../core/program/program.ts';
import type { BaselineName, BaselineScores, BaselineSkill, EvaluatedPart, PartEvaluation } from '../runs/run-report.ts';
import type { Session } from '../session.ts';
import type { Dataset } from './dataset.ts';
import { forecastSamples } from './forecast-samples.ts';

/** The linear baseline of a dataset, fitted when it is first asked for; null with the reason where it cannot be. */
export type LinearFit = () => { readonly baseline: LinearBaseline | null; readonly diagnostics: readonly Diagnostic[] };

/** Remembers the fit: it depends on the training windows alone, so every seed and part shares it. */
export function createLinearFit(dataset: Dataset): LinearFit {
  let fitted: ReturnType<LinearFit> | null = null;
  return () => {
    if (fitted === null) {
      const result = fitLinear(dataset.table, dataset.judged);
      fitted = result.ok ? { baseline: result.value, diagnostics: [] } : { baseline: null, diagnostics: result.diagnostics };
    }
    return fitted;
  };
}

const baselineOrder: readonly BaselineName[] = ['naive', 'linear', 'seasonalNaive'];

const words: Readonly<Record<BaselineName, Baseline>> = { naive: 'naive', seasonalNaive: 'seasonal naive', linear: 'linear' };

/**
 * Judges the session's weights on one part: errors in the data's unit, beside every baseline on exactly the same windows
 * and the same weights. The part must hold a window. Yields between batches.
 */
export function* evaluatePart(
  session: Session,
  program: Program,
  dataset: Dataset,
  part: EvaluatedPart,
  linearFit: LinearFit,
): Generator<undefined, { readonly evaluation: PartEvaluation; readonly diagnostics: readonly Diagnostic[] }> {
  const { table, judged, batches, scaler, season } = dataset;
  const { settings } = judged;
  const samples = judged.samples[part];
  if (samples.count === 0) throw new RangeError(`the ${part} part holds no window`);
  const { truth, weights } = readTruth(table, settings, samples);
  const width = settings.horizon * dataset.targetColumns.length;
  const scoreOf = (forecasts: Float64Array) => score(forecasts, truth, weights, settings.horizon, dataset.targetColumns);
  const errorsOf = (forecasts: Float64Array) => windowErrors(forecasts, truth, weights, width);

  const forecasts = yield* forecastSamples(session, program, batches, scaler, samples, { horizon: settings.horizon });
  yield;
  const { baseline: linear, diagnostics } = linearFit();
  yield;
  const baselines = {
    naive: naive(table, settings, samples),
    ...(linear === null ? {} : { linear: predictLinear(linear, table, samples) }),
    ...(season === null ? {} : { seasonalNaive: seasonalNaive(table, settings, samples, season) }),
  };

  const scored: BaselineScores = {
    naive: scoreOf(baselines.naive),
    ...(baselines.seasonalNaive === undefined ? {} : { seasonalNaive: scoreOf(baselines.seasonalNaive) }),
    ...(baselines.linear === undefined ? {} : { linear: scoreOf(baselines.linear) }),
  };
  const scores = scoreOf(forecasts);
  const errors = errorsOf(forecasts);
  const skill: Partial<Record<BaselineName, BaselineSkill>> = {};
  const verdicts: Verdict[] = [];
  for (const name of baselineOrder) {
    const baselineForecasts = baselines[name];
    if (baselineForecasts === undefined) continue;
    const found = skillScore(errors, errorsOf(baselineForecasts), samples, settings.horizon, settings.stride);
    const verdict = judge(words[name], found);
    skill[name] = { ...found, verdict: verdict.kind };
    verdicts.push(verdict);
  }
  const verdict = verdictInWords(verdicts, worstStep(scores));
  return { evaluation: { windows: samples.count, scores, baselines: scored, skill, verdict }, diagnostics };
}
