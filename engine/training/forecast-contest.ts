import { readTruth } from '../../core/forecast/batch-targets.ts';
import { naive, seasonalNaive } from '../../core/forecast/baselines.ts';
import { levelsOf, pointForecasts, withErrorQuantiles } from '../../core/forecast/quantiles.ts';
import { predictLinear } from '../../core/forecast/linear-baseline.ts';
import type { Samples } from '../../core/forecast/windows.ts';
import type { Program } from '../../core/program/program.ts';
import type { BaselineName } from '../runs/run-report.ts';
import type { Session } from '../session.ts';
import type { Contest } from './contest.ts';
import type { Dataset } from './dataset.ts';
import { quantilesAsked } from './forecast-draws.ts';
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
  const levels = levelsOf(data.plan.loss);
  const told = yield* forecastSamples(session, program, { feeds, samples, settings: data.source.settings, target, scaler, horizon, ...quantilesAsked(data.plan) });
  yield;
  const { baseline: linear, diagnostics } = linearFit(target);
  yield;
  const { training } = dataset.judged.samples;
  const forecasters: readonly (readonly [BaselineName, (own: Samples) => Float64Array])[] = [
    ['naive', (own) => naive(table, settings, own)],
    ...(linear === null ? [] : ([['linear', (own: Samples) => predictLinear(linear, table, own)]] as const)),
    ...(season === null ? [] : ([['seasonalNaive', (own: Samples) => seasonalNaive(table, settings, own, season)]] as const)),
  ];
  const baselines = forecasters.map(([name, forecast]) => [name, forecast(samples)] as const);
  const width = horizon * data.names.length;
  const learned = levels === null ? null : readTruth(table, settings, training);
  return {
    truth,
    weights,
    columns: data.names,
    steps: horizon,
    model: levels === null ? told : pointForecasts({ levels, values: told }),
    baselines,
    overlap: horizon,
    classes: null,
    quantiles: levels === null || learned === null ? null : {
      model: { levels, values: told },
      baselines: new Map(baselines.map(([name, values], position) => [name, withErrorQuantiles(values, { ...learned, values: forecasters[position]![1](training) }, width, levels)])),
    },
    diagnostics,
  };
}
