import { targetWidth } from '../../core/compile/model.ts';
import { diagnose } from '../../core/diagnostics/diagnose.ts';
import { fail, succeed } from '../../core/diagnostics/result.ts';
import type { Result } from '../../core/diagnostics/result.ts';
import { readTruth } from '../../core/forecast/batch-targets.ts';
import { naive } from '../../core/forecast/baselines.ts';
import type { ForecastBands } from '../../core/forecast/forecast-bands.ts';
import { pointForecasts, reportQuantiles } from '../../core/forecast/quantiles.ts';
import type { QuantileReport } from '../../core/forecast/quantiles.ts';
import { valueIndex } from '../../core/forecast/series-table.ts';
import type { Dataset } from '../training/dataset.ts';
import { coverageOfSamples, firstForecast, forecastDraws, hasDropout } from '../training/forecast-draws.ts';
import { forecastSamples, predictValues } from '../training/forecast-samples.ts';
import type { ForecastTask } from '../training/forecast-samples.ts';
import { spreadSamples } from '../training/spread-samples.ts';
import { bandAt } from './forecast-band.ts';
import type { SampleDrawing, SampleFilling, SampleForecast, SampleForecastsReport, SampleForecastsRequest, SampleLabels } from './sample-messages.ts';
import { openWithData } from './open-trained.ts';
import { windowSamples } from '../training/window-contest.ts';
import { describeDrawings } from './sample-drawings.ts';
import { describeFillings } from './sample-fillings.ts';
import { describeLabels } from './sample-labels.ts';
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
  // Only whoever fills gaps is shown with values hidden.
  const open = { ...dataset, feeds: { ...dataset.feeds, hides: false } };
  const labels: SampleLabels[] = [];
  const fillings: SampleFilling[] = [];
  const drawings: SampleDrawing[] = [];
  for (const [target, data] of dataset.targets.entries()) {
    if (data.kind === 'forecast') continue;
    if (data.kind === 'reconstruct') {
      drawings.push(...describeDrawings(dataset, data, samples, await workbench.unhurried(windowSamples(session, program, open, target, data, samples))));
      continue;
    }
    if (data.kind === 'impute') {
      fillings.push(...describeFillings(dataset, data, samples, await workbench.unhurried(windowSamples(session, program, dataset, target, data, samples))));
      continue;
    }
    const values = await workbench.unhurried(predictValues(session, program, open.feeds, samples, target, targetWidth(data.plan)));
    labels.push(...describeLabels(dataset, data, samples, values));
  }
  const told = { labels, fillings, drawings, warnings: experiment.diagnostics };
  const task = firstForecast(open, samples);
  if (task === null) return succeed({ samples: [], coverage: null, quantiles: null, ...told });
  const forecasts = await workbench.unhurried(forecastSamples(session, program, task));
  const { draws } = request;
  const many = { ...task, samples: spreadSamples(dataset.judged.samples[request.part], mostCovered) };
  const quantiles = task.quantiles === undefined ? null : reportOn(dataset, many, await workbench.unhurried(forecastSamples(session, program, many)));
  // Quantiles say what draws with dropout cannot: how noisy the data are.
  if (draws === undefined || !hasDropout(program) || (task.quantiles?.length ?? 0) > 1) return succeed({ samples: describe(dataset, task, forecasts, null), coverage: null, quantiles, ...told });
  const drawing = { draws, seed: run.record.seed };
  const bands = await workbench.unhurried(forecastDraws(session, program, task, drawing));
  const coverage = await workbench.unhurried(coverageOfSamples(session, program, dataset.table, many, drawing));
  return succeed({ samples: describe(dataset, task, forecasts, bands), coverage, quantiles, ...told });
}

/** How well quantiles are met on these samples. */
function reportOn({ table }: Dataset, { samples, horizon, settings: own, quantiles }: ForecastTask, values: Float64Array): QuantileReport {
  const settings = { ...own, horizon };
  const { truth, weights } = readTruth(table, settings, samples);
  return reportQuantiles({ levels: quantiles ?? [0.5], values }, truth, weights, horizon * settings.targetColumns.length, horizon);
}

/** More windows make a person wait, and hardly change the shares. */
const mostCovered = 400;

function describe({ table }: Dataset, { samples, horizon, settings: own, quantiles = [0.5] }: ForecastTask, told: Float64Array, bands: ForecastBands | null): readonly SampleForecast[] {
  const settings = { ...own, horizon };
  const { window } = settings;
  const targetColumns = settings.targetColumns.map((column) => table.columns[column]!.name);
  const width = targetColumns.length;
  const forecasts = pointForecasts({ levels: quantiles, values: told });
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
        quantiles: quantiles.length < 2 ? null : quantiles.map((level, nth) => ({
          level,
          values: Array.from({ length: horizon }, (__, step) => told[((sample * horizon + step) * width + position) * quantiles.length + nth]!),
        })),
        bands: bands === null ? null : Array.from({ length: horizon }, (__, step) => bandAt(bands, (sample * horizon + step) * width + position)),
      };
    });
  });
}
