import { readTruth } from '../../core/forecast/batches.ts';
import { naive, seasonalNaive } from '../../core/forecast/baselines.ts';
import { predictLinear } from '../../core/forecast/linear-baseline.ts';
import type { Samples } from '../../core/forecast/windows.ts';
import type { Program } from '../../core/program/program.ts';
import type { Session } from '../session.ts';
import type { Contest } from './contest.ts';
import type { Dataset } from './dataset.ts';
import { forecastSamples } from './forecast-samples.ts';
import type { LinearFit } from './linear-fit.ts';
import type { TargetData } from './target-data.ts';
import { stepsAhead } from './window-settings.ts';

type ForecastData = Extract<TargetData, { readonly kind: 'forecast' }>;

interface ForecastQuestion {
  /** The target's position. */
  readonly target: number;
  readonly data: ForecastData;
  readonly samples: Samples;
}

/** A model's forecasts of samples beside naive, the linear model and, where a season is set, seasonal naive. */
export function* forecastContest(
  session: Session,
  program: Program,
  dataset: Dataset,
  { target, data, samples }: ForecastQuestion,
  linearFit: LinearFit,
): Generator<undefined, Contest> {
  const { table, season, feeds, scaler } = dataset;
  const horizon = stepsAhead(data.plan);
  const settings = { ...data.source.settings, horizon };
  const { truth, weights } = readTruth(table, settings, samples);
  const model = yield* forecastSamples(session, program, { feeds, samples, settings: data.source.settings, target, scaler, horizon });
  yield;
  const { baseline: linear, diagnostics } = linearFit(target);
  yield;
  return {
    truth,
    weights,
    columns: data.names,
    steps: horizon,
    model,
    baselines: [
      ['naive', naive(table, settings, samples)],
      ...(linear === null ? [] : ([['linear', predictLinear(linear, table, samples)]] as const)),
      ...(season === null ? [] : ([['seasonalNaive', seasonalNaive(table, settings, samples, season)]] as const)),
    ],
    overlap: horizon,
    classes: null,
    diagnostics,
  };
}
