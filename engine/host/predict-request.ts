import path from 'node:path';
import { targetWidth } from '../../core/compile/model.ts';
import type { Model } from '../../core/compile/model.ts';
import { diagnose } from '../../core/diagnostics/diagnose.ts';
import type { Diagnostic } from '../../core/diagnostics/diagnostic.ts';
import { fail, succeed } from '../../core/diagnostics/result.ts';
import type { Result } from '../../core/diagnostics/result.ts';
import type { ForecastBands } from '../../core/forecast/forecast-bands.ts';
import { pointForecasts } from '../../core/forecast/quantiles.ts';
import { labelOf } from '../../core/forecast/series-labels.ts';
import type { SeriesTable } from '../../core/forecast/series-table.ts';
import { datesAfter } from '../../core/forecast/time-index.ts';
import { forecastOrigins } from '../../core/forecast/windows.ts';
import type { Samples } from '../../core/forecast/windows.ts';
import { rememberedScaling } from '../runs/remembered.ts';
import { fillSeries } from '../training/dataset.ts';
import { drawingObstacle, forecastDraws, quantilesAsked } from '../training/forecast-draws.ts';
import { forecastSamples, predictValues } from '../training/forecast-samples.ts';
import { readDocumentData, readSeriesFile } from '../training/read-series.ts';
import type { DataAccess, LoadedSeries } from '../training/read-series.ts';
import { columnPositions, forecastSettings, stepsAhead, windowSettings } from '../training/window-settings.ts';
import type { FilledSeries, ForecastPredictions, ForecastRow, LabelPredictions, PredictRequest, PredictionReport } from './prediction-messages.ts';
import { openTrained, sessionWith } from './open-trained.ts';
import type { TrainedRun } from './open-trained.ts';
import { bandAt } from './forecast-band.ts';
import { predictionFeeds } from './prediction-feeds.ts';
import { fillWithModel } from './fill-with-model.ts';
import { windowSamples } from '../training/window-contest.ts';
import { drawnSeries, labelPredictions } from './predict-labels.ts';
import { rowName } from './time-names.ts';
import type { Workbench } from './workbench.ts';

/** Forecasts from a CSV file, or from the run's own data, with the kept weights and the run's own scaling. */
export async function predict(workbench: Workbench, { runDirectory, dataFile, origins, draws }: PredictRequest): Promise<Result<PredictionReport>> {
  const trained = await openTrained(workbench, runDirectory);
  if (!trained.ok) return trained;
  const { run, compiled, kept } = trained.value;
  const { model, program } = compiled;
  const { scaler, columns, seed } = run.record;
  const obstacle = draws === undefined ? null : drawingObstacle(model, program, run.directory);
  if (obstacle !== null) return fail(obstacle);
  workbench.phase('reading data');
  const data = await readPredictionData(workbench.services, trained.value, dataFile);
  if (!data.ok) return data;
  const { loaded, warnings } = data.value;
  const scaling = rememberedScaling(run);
  const filled = fillSeries(model, loaded, scaling.classes);
  if (!filled.ok) return filled;
  const table = filled.value;
  const settings = windowSettings(model, table);
  const samples = forecastOrigins(table, settings, origins);
  if (samples.count === 0 && !fillsOnly(model)) return fail(noOrigin(loaded.source, model, table));
  if (table.steps < settings.window) return fail(noOrigin(loaded.source, model, table));
  if (needsCalendarAhead(model, table) && datesAfter(table, 1) === null) {
    return fail(diagnose('prediction-dates-end', { kind: 'file', file: loaded.source }, { file: loaded.source, rows: table.steps }));
  }

  const session = await sessionWith(workbench, compiled, kept);
  if (!session.ok) return session;
  workbench.phase('forecasting');
  const feeds = predictionFeeds(table, settings, scaling);
  const forecasts: ForecastPredictions[] = [];
  const labels: LabelPredictions[] = [];
  const filledSeries: FilledSeries[] = [];
  for (const [target, plan] of model.targets.entries()) {
    if (plan.kind === 'impute') {
      filledSeries.push(await workbench.unhurried(fillWithModel(session.value, program, { table, settings, scaling, target, plan })));
    } else if (plan.kind === 'reconstruct') {
      const values = await workbench.unhurried(windowSamples(session.value, program, { feeds, scaler }, target, { kind: plan.kind, columns: columnPositions(plan, table) }, samples));
      labels.push(drawnSeries(plan, table, settings.window, samples, values));
    } else if (plan.kind !== 'forecast') {
      const values = await workbench.unhurried(predictValues(session.value, program, feeds, samples, target, targetWidth(plan)));
      labels.push(labelPredictions(plan, table, samples, values, scaling.labels));
    } else {
      const own = forecastSettings(model, plan, table);
      const horizon = stepsAhead(plan);
      const task = { feeds, samples, settings: own, target, scaler, horizon, ...quantilesAsked(plan) };
      const values = await workbench.unhurried(forecastSamples(session.value, program, task));
      const bands = draws === undefined ? null : await workbench.unhurried(forecastDraws(session.value, program, task, { draws, seed }));
      const rows = forecastRows(table, samples, horizon, { columns: own.targetColumns.map((column) => columns[column]!), values, bands, quantiles: task.quantiles ?? null });
      forecasts.push({ target: plan.label, rows });
    }
  }
  const [first, ...others] = forecasts;
  return succeed({ rows: first?.rows ?? [], otherForecasts: others, labels, filled: filledSeries, warnings });
}

/** Whether a model fills gaps and tells nothing else. */
function fillsOnly({ targets }: Model): boolean {
  return targets.every(({ kind }) => kind === 'impute');
}

/** Whether windows move on into time steps whose calendar the model reads. */
function needsCalendarAhead({ data, targets }: Model, table: SeriesTable): boolean {
  const isIterated = targets.some((target) => target.kind === 'forecast' && target.iterateTo !== null);
  return isIterated && data.categories.some(({ name }) => labelOf(table, name).isCalendar === true);
}

async function readPredictionData(
  access: DataAccess,
  { run, compiled: { model } }: TrainedRun,
  dataFile: string | null,
): Promise<Result<{ readonly loaded: LoadedSeries; readonly warnings: readonly Diagnostic[] }>> {
  const node = model.data.seriesNode;
  if (dataFile === null) {
    const data = await readDocumentData(run.document, run.projectDirectory, access);
    if (!data.ok) return data;
    const loaded = data.value.series.get(node);
    if (loaded === undefined) throw new TypeError(`the run reads "${node}", which was not loaded`);
    return succeed({ loaded, warnings: data.value.diagnostics });
  }
  const name = path.basename(dataFile);
  const { columns } = run.record;
  const { source } = model.data;
  const { dateColumn, seriesColumn, categoryColumns, calendar } = source.kind === 'csv' ? source : { dateColumn: null, seriesColumn: null, categoryColumns: [], calendar: false };
  const read = await readSeriesFile(dataFile, name, { columns, dateColumn, seriesColumn, categoryColumns, calendar }, access);
  if (!read.ok) {
    const missing = await missingColumns(access, dataFile, name, columns, dateColumn);
    return missing.length > 0 ? fail(...missing, ...read.diagnostics.filter(({ code }) => code !== 'csv-unknown-column')) : read;
  }
  const { table, lines, diagnostics } = read.value;
  const label = run.document.nodes.find(({ id }) => id === node)?.label ?? node;
  return succeed({ loaded: { node, label, table, lines, source: name, file: { node, file: name, sha256: read.value.sha256 } }, warnings: diagnostics });
}

/** A file that lacks a trained column is named as such: "choose another column" would be the wrong advice here. */
async function missingColumns(
  access: DataAccess,
  file: string,
  name: string,
  columns: readonly string[],
  dateColumn: string | null,
): Promise<readonly Diagnostic[]> {
  const whole = await readSeriesFile(file, name, { columns: null, dateColumn, seriesColumn: null }, access);
  if (!whole.ok) return [];
  const found = whole.value.table.columns.map((column) => column.name);
  return columns
    .filter((column) => !found.includes(column))
    .map((column) => diagnose('prediction-column-missing', { kind: 'file', file: name, column }, { file: name, column, found }));
}

function noOrigin(file: string, { data: { window } }: Model, { steps }: SeriesTable): Diagnostic {
  const where = { kind: 'file', file } as const;
  return steps < window ? diagnose('prediction-too-short', where, { file, rows: steps, window }) : diagnose('prediction-gap', where, { file, window });
}

interface ForecastValues {
  readonly columns: readonly string[];
  /** [sample, horizon × columns], or that times the levels */
  readonly values: Float64Array;
  readonly quantiles: readonly number[] | null;
  readonly bands: ForecastBands | null;
}

function forecastRows(table: SeriesTable, samples: Samples, horizon: number, { columns, values, bands, quantiles }: ForecastValues): readonly ForecastRow[] {
  const rows: ForecastRow[] = [];
  const points = quantiles === null ? values : pointForecasts({ levels: quantiles, values });
  for (let sample = 0; sample < samples.count; sample += 1) {
    const series = samples.series[sample]!;
    const origin = samples.origin[sample]!;
    const originName = rowName(table, origin);
    for (let step = 1; step <= horizon; step += 1) {
      const date = rowName(table, origin + step);
      for (const column of columns) {
        const place = rows.length;
        const row = { series, seriesName: table.seriesNames?.[series] ?? String(series + 1), origin: originName, step, date, column, forecast: points[place]! };
        const told = quantiles === null || quantiles.length < 2 ? {} : { quantiles: quantiles.map((level, own) => ({ level, value: values[place * quantiles.length + own]! })) };
        rows.push({ ...row, ...told, ...(bands !== null && { bands: bandAt(bands, place) }) });
      }
    }
  }
  return rows;
}
