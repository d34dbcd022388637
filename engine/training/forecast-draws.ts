import type { ForecastPlan, Model } from '../../core/compile/model.ts';
import { diagnose } from '../../core/diagnostics/diagnose.ts';
import type { Diagnostic } from '../../core/diagnostics/diagnostic.ts';
import { readTruth } from '../../core/forecast/batch-targets.ts';
import { bandsOf, coverageOf } from '../../core/forecast/forecast-bands.ts';
import type { Coverage, ForecastBands } from '../../core/forecast/forecast-bands.ts';
import { levelsOf, pointForecasts } from '../../core/forecast/quantiles.ts';
import type { SeriesTable } from '../../core/forecast/series-table.ts';
import type { Samples } from '../../core/forecast/windows.ts';
import type { Program } from '../../core/program/program.ts';
import { seedFor } from '../../core/program/random.ts';
import type { NamedTensors, Session } from '../session.ts';
import type { Dataset } from './dataset.ts';
import { entryInputNames, entryOf } from './entry-inputs.ts';
import { forecastSamples } from './forecast-samples.ts';
import type { ForecastTask } from './forecast-samples.ts';
import { stepsAhead } from './window-settings.ts';

/** How often each forecast is drawn, and the seed of the draws. */
export interface Drawing {
  readonly draws: number;
  readonly seed: number;
}

/** Rows of one call: many enough to be worth it, few enough to let others in. */
const rowsPerCall = 2_048;

/** Whether draws of a forecast differ: whether any dropout is on while sampling. */
export function hasDropout(program: Program): boolean {
  return entryInputNames(entryOf(program, 'sample')).seeds.length > 0;
}

/**
 * Monte Carlo dropout (Gal and Ghahramani, 2016, https://proceedings.mlr.press/v48/gal16.html): each window's forecast drawn
 * `draws` times with dropout on and everything else as in prediction, as mean and bands. The draws of a window are rows of
 * one call, each with masks of its own; the same seed gives the same draws. A further horizon is iterated, each draw by itself.
 */
export function* forecastDraws(session: Session, program: Program, task: ForecastTask, { draws, seed }: Drawing): Generator<undefined, ForecastBands> {
  const { seeds } = entryInputNames(entryOf(program, 'sample'));
  const seedsOf = (call: number): NamedTensors =>
    Object.fromEntries(seeds.map(({ input, node }) => [input, { type: 'integer', shape: [2], values: seedFor(seed, `draws of ${node}`, call) }]));
  const windowsPerCall = Math.max(1, Math.floor(rowsPerCall / draws));
  const forecasts = yield* forecastSamples(session, program, {
    ...task,
    samples: repeated(task.samples, draws),
    entry: 'sample',
    rowsPerCall: windowsPerCall * draws,
    seedsOf,
  });
  const told = task.quantiles === undefined ? forecasts : pointForecasts({ levels: task.quantiles, values: forecasts });
  return bandsOf(told, draws, task.horizon * task.settings.targetColumns.length);
}

/** How many true values of these samples the bands of a forecast hold. The samples belong to a part. */
export function* coverageOfSamples(session: Session, program: Program, table: SeriesTable, task: ForecastTask, drawing: Drawing): Generator<undefined, Coverage> {
  const bands = yield* forecastDraws(session, program, task, drawing);
  const settings = { ...task.settings, horizon: task.horizon };
  const { truth, weights } = readTruth(table, settings, task.samples);
  return coverageOf(bands, truth, weights, settings.horizon * settings.targetColumns.length, drawing.draws);
}

/** Of a forecast that tells several quantiles: which. */
export function quantilesAsked({ loss }: ForecastPlan): Pick<ForecastTask, 'quantiles'> {
  const levels = levelsOf(loss);
  return levels === null ? {} : { quantiles: levels };
}

/** The first forecast of a model over these samples, with nothing hidden from it; null where it forecasts nothing. */
export function firstForecast({ targets, feeds, scaler }: Dataset, samples: Samples): ForecastTask | null {
  const target = targets.findIndex(({ kind }) => kind === 'forecast');
  const data = targets[target];
  if (data?.kind !== 'forecast') return null;
  return { feeds: { ...feeds, hides: false }, samples, settings: data.source.settings, target, scaler, horizon: stepsAhead(data.plan), ...quantilesAsked(data.plan) };
}

/** Why a run's forecasts cannot be drawn many times; null: they can. */
export function drawingObstacle({ targets }: Model, program: Program, directory: string): Diagnostic | null {
  const where = { kind: 'run', directory } as const;
  if (!targets.some(({ kind }) => kind === 'forecast')) return diagnose('nothing-to-forecast', where, { directory, targets: targets.map(({ label }) => label) });
  return hasDropout(program) ? null : diagnose('nothing-to-draw', where, { directory });
}

/** Every sample so many times in a row. */
function repeated({ part, count, series, origin }: Samples, times: number): Samples {
  const each = (values: Int32Array): Int32Array => Int32Array.from({ length: count * times }, (_, row) => values[Math.floor(row / times)]!);
  return { part, count: count * times, series: each(series), origin: each(origin) };
}
