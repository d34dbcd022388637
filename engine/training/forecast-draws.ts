import { diagnose } from '../../core/diagnostics/diagnose.ts';
import type { Diagnostic } from '../../core/diagnostics/diagnostic.ts';
import { readTruth } from '../../core/forecast/batches.ts';
import type { BatchSource } from '../../core/forecast/batches.ts';
import { bandsOf, coverageOf } from '../../core/forecast/forecast-bands.ts';
import type { Coverage, ForecastBands } from '../../core/forecast/forecast-bands.ts';
import type { Scaler } from '../../core/forecast/scaler.ts';
import type { Samples } from '../../core/forecast/windows.ts';
import type { Program } from '../../core/program/program.ts';
import { seedFor } from '../../core/program/random.ts';
import type { NamedTensors, Session } from '../session.ts';
import type { Dataset } from './dataset.ts';
import { entryInputNames, entryOf } from './entry-inputs.ts';
import { forecastSamples } from './forecast-samples.ts';

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
export function* forecastDraws(
  session: Session,
  program: Program,
  source: BatchSource,
  scaler: Scaler,
  samples: Samples,
  { horizon, draws, seed }: Drawing & { readonly horizon: number },
): Generator<undefined, ForecastBands> {
  const { seeds } = entryInputNames(entryOf(program, 'sample'));
  const seedsOf = (call: number): NamedTensors =>
    Object.fromEntries(seeds.map(({ input, node }) => [input, { type: 'integer', shape: [2], values: seedFor(seed, `draws of ${node}`, call) }]));
  const windowsPerCall = Math.max(1, Math.floor(rowsPerCall / draws));
  const forecasts = yield* forecastSamples(session, program, source, scaler, repeated(samples, draws), {
    horizon,
    entry: 'sample',
    rowsPerCall: windowsPerCall * draws,
    seedsOf,
  });
  return bandsOf(forecasts, draws, horizon * source.settings.targetColumns.length);
}

/** How many true values of these samples the bands hold. The samples belong to a part. */
export function* coverageOfSamples(
  session: Session,
  program: Program,
  { table, judged: { settings }, batches, scaler, targetColumns }: Dataset,
  samples: Samples,
  drawing: Drawing,
): Generator<undefined, Coverage> {
  const bands = yield* forecastDraws(session, program, batches, scaler, samples, { horizon: settings.horizon, ...drawing });
  const { truth, weights } = readTruth(table, settings, samples);
  return coverageOf(bands, truth, weights, settings.horizon * targetColumns.length, drawing.draws);
}

export function withoutDropout(directory: string): Diagnostic {
  return diagnose('nothing-to-draw', { kind: 'run', directory }, { directory });
}

/** Every sample so many times in a row. */
function repeated({ part, count, series, origin }: Samples, times: number): Samples {
  const each = (values: Int32Array): Int32Array => Int32Array.from({ length: count * times }, (_, row) => values[Math.floor(row / times)]!);
  return { part, count: count * times, series: each(series), origin: each(origin) };
}
