import { diagnose } from '../../core/diagnostics/diagnose.ts';
import { fail, succeed } from '../../core/diagnostics/result.ts';
import type { Result } from '../../core/diagnostics/result.ts';
import { readTruth } from '../../core/forecast/batches.ts';
import { naive } from '../../core/forecast/baselines.ts';
import type { ForecastBands } from '../../core/forecast/forecast-bands.ts';
import { valueIndex } from '../../core/forecast/series-table.ts';
import type { Samples } from '../../core/forecast/windows.ts';
import type { Dataset } from '../training/dataset.ts';
import { coverageOfSamples, forecastDraws, hasDropout } from '../training/forecast-draws.ts';
import { forecastSamples } from '../training/forecast-samples.ts';
import { spreadSamples } from '../training/spread-samples.ts';
import { bandAt } from './forecast-band.ts';
import type { SampleForecast, SampleForecastsReport, SampleForecastsRequest } from './messages.ts';
import { openWithData } from './open-trained.ts';
import { rowName } from './time-names.ts';
import type { Workbench } from './workbench.ts';

/** Forecasts of a few windows of a part, with what there is to compare them with. */
export async function sampleForecasts(workbench: Workbench, request: SampleForecastsRequest): Promise<Result<SampleForecastsReport>> {
  const opened = await openWithData(workbench, request.runDirectory);
  if (!opened.ok) return opened;
  const { experiment, run, session } = opened.value;
  const { dataset, program, model } = experiment;
  const samples = spreadSamples(dataset.judged.samples[request.part], request.count);
  if (samples.count === 0) return fail(diagnose('part-without-windows', { kind: 'node', node: model.data.windowNode }, { part: request.part }));
  workbench.phase('forecasting');
  const forecasts = await workbench.unhurried(forecastSamples(session, program, dataset.batches, dataset.scaler, samples, { horizon: dataset.judged.settings.horizon }));
  const { draws } = request;
  if (draws === undefined || !hasDropout(program)) return succeed({ samples: describe(dataset, samples, forecasts, null), coverage: null, warnings: experiment.diagnostics });
  const drawing = { horizon: dataset.judged.settings.horizon, draws, seed: run.record.seed };
  const bands = await workbench.unhurried(forecastDraws(session, program, dataset.batches, dataset.scaler, samples, drawing));
  const many = spreadSamples(dataset.judged.samples[request.part], mostCovered);
  const coverage = await workbench.unhurried(coverageOfSamples(session, program, dataset, many, drawing));
  return succeed({ samples: describe(dataset, samples, forecasts, bands), coverage, warnings: experiment.diagnostics });
}

/** More windows make a person wait, and hardly change the shares. */
const mostCovered = 400;

function describe({ table, judged: { settings }, targetColumns }: Dataset, samples: Samples, forecasts: Float64Array, bands: ForecastBands | null): readonly SampleForecast[] {
  const { horizon, window } = settings;
  const width = targetColumns.length;
  const { truth } = readTruth(table, settings, samples);
  const naiveForecasts = naive(table, settings, samples);
  return Array.from({ length: samples.count }).flatMap((_, sample) => {
    const series = samples.series[sample]!;
    const origin = samples.origin[sample]!;
    return targetColumns.map((column, position): SampleForecast => {
      const ofHorizon = (values: Float64Array) => Array.from({ length: horizon }, (__, step) => values[(sample * horizon + step) * width + position]!);
      const history = Array.from({ length: window }, (__, step) => {
        const row = origin + 1 - window + step;
        return table.values[valueIndex(table, series, row, settings.targetColumns[position]!)]!;
      });
      return {
        series,
        origin: rowName(table, origin),
        column,
        history,
        truth: ofHorizon(truth),
        model: ofHorizon(forecasts),
        naive: ofHorizon(naiveForecasts),
        bands: bands === null ? null : Array.from({ length: horizon }, (__, step) => bandAt(bands, (sample * horizon + step) * width + position)),
      };
    });
  });
}
