import path from 'node:path';
import type { Model } from '../../core/compile/model.ts';
import { diagnose } from '../../core/diagnostics/diagnose.ts';
import type { Diagnostic } from '../../core/diagnostics/diagnostic.ts';
import { fail, succeed } from '../../core/diagnostics/result.ts';
import type { Result } from '../../core/diagnostics/result.ts';
import { prepareBatches } from '../../core/forecast/batches.ts';
import type { ForecastBands } from '../../core/forecast/forecast-bands.ts';
import type { SeriesTable } from '../../core/forecast/series-table.ts';
import { splitBorders } from '../../core/forecast/split.ts';
import { forecastOrigins } from '../../core/forecast/windows.ts';
import type { Samples } from '../../core/forecast/windows.ts';
import { fillSeries, judgedSettings, windowSettings } from '../training/dataset.ts';
import { forecastDraws, hasDropout, withoutDropout } from '../training/forecast-draws.ts';
import { forecastSamples } from '../training/forecast-samples.ts';
import { readDocumentData, readSeriesFile } from '../training/read-series.ts';
import type { DataAccess, LoadedSeries } from '../training/read-series.ts';
import type { ForecastRow, PredictRequest, PredictionReport } from './messages.ts';
import { bandAt } from './forecast-band.ts';
import { openTrained, sessionWith } from './open-trained.ts';
import type { TrainedRun } from './open-trained.ts';
import { rowName } from './time-names.ts';
import type { Workbench } from './workbench.ts';

/** Forecasts from a CSV file, or from the run's own data, with the kept weights and the run's own scaling. */
export async function predict(workbench: Workbench, { runDirectory, dataFile, origins, draws }: PredictRequest): Promise<Result<PredictionReport>> {
  const trained = await openTrained(workbench, runDirectory);
  if (!trained.ok) return trained;
  const { run, compiled, kept } = trained.value;
  const { model, program } = compiled;
  const { scaler, columns, seed } = run.record;
  if (draws !== undefined && !hasDropout(program)) return fail(withoutDropout(run.directory));
  workbench.phase('reading data');
  const data = await readPredictionData(workbench.services, trained.value, dataFile);
  if (!data.ok) return data;
  const { loaded, warnings } = data.value;
  const filled = fillSeries(model, loaded);
  if (!filled.ok) return filled;
  const table = filled.value;
  const settings = windowSettings(model, table);
  const samples = forecastOrigins(table, settings, origins);
  if (samples.count === 0) return fail(noOrigin(loaded.source, model, table));

  const session = await sessionWith(workbench, compiled, kept);
  if (!session.ok) return session;
  workbench.phase('forecasting');
  const source = prepareBatches(table, { settings, borders: splitBorders(settings.split, table) }, scaler);
  const { horizon } = judgedSettings(model, settings);
  const forecasts = await workbench.unhurried(forecastSamples(session.value, program, source, scaler, samples, { horizon }));
  const bands = draws === undefined ? null : await workbench.unhurried(forecastDraws(session.value, program, source, scaler, samples, { horizon, draws, seed }));
  const targetColumns = settings.targetColumns.map((column) => columns[column]!);
  return succeed({ rows: forecastRows(table, samples, horizon, targetColumns, forecasts, bands), warnings });
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
  const dateColumn = model.data.source.kind === 'csv' ? model.data.source.dateColumn : null;
  const read = await readSeriesFile(dataFile, name, { columns, dateColumn }, access);
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
  const whole = await readSeriesFile(file, name, { columns: null, dateColumn }, access);
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

function forecastRows(
  table: SeriesTable,
  samples: Samples,
  horizon: number,
  columns: readonly string[],
  forecasts: Float64Array,
  bands: ForecastBands | null,
): readonly ForecastRow[] {
  const rows: ForecastRow[] = [];
  for (let sample = 0; sample < samples.count; sample += 1) {
    const origin = samples.origin[sample]!;
    const originName = rowName(table, origin);
    for (let step = 1; step <= horizon; step += 1) {
      const date = rowName(table, origin + step);
      for (const column of columns) {
        const place = rows.length;
        const row = { series: samples.series[sample]!, origin: originName, step, date, column, forecast: forecasts[place]! };
        rows.push(bands === null ? row : { ...row, bands: bandAt(bands, place) });
      }
    }
  }
  return rows;
}
