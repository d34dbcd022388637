import { diagnose } from '../diagnostics/diagnose.ts';
import type { Where } from '../diagnostics/diagnostic.ts';
import { fail, succeed, type Result } from '../diagnostics/result.ts';
import { readTruth } from './batch-targets.ts';
import { leastSquares, type LeastSquaresFit } from './least-squares.ts';
import { fitScaler, identityScaler, scale, unscale, type Scaler } from './scaler.ts';
import { valueIndex, type SeriesTable } from './series-table.ts';
import type { Samples, WindowPlan, WindowSettings } from './windows.ts';

export const largestFeatureCount = 2000;

/** A linear map from the scaled, flattened window to the scaled horizon. */
export interface LinearBaseline {
  readonly settings: WindowSettings;
  readonly scaler: Scaler;
  readonly fit: LeastSquaresFit;
}

/**
 * The linear baseline: ordinary least squares with an intercept from all values of a window (window × input columns) to each value of
 * the horizon, fitted in closed form on the training windows; values of weight 0 are left out. Columns are standardised for the
 * arithmetic only. Fails with the warning 'linear-baseline-too-large' above 2,000 inputs.
 */
export function fitLinear(table: SeriesTable, plan: Pick<WindowPlan, 'settings' | 'samples'>, where: Where = { kind: 'project' }): Result<LinearBaseline> {
  const { settings } = plan;
  const features = settings.window * settings.inputColumns.length;
  if (features > largestFeatureCount) return fail(diagnose('linear-baseline-too-large', where, { features, limit: largestFeatureCount }));
  const fitted = fitScaler('standard', table, settings.split, where);
  // A column that nothing here reads may have no training value; that is no obstacle to this baseline.
  const scaler = fitted.ok ? fitted.value.scaler : identityScaler(table.columns.length);
  const { truth, weights } = readTruth(table, settings, plan.samples.training);
  const width = settings.targetColumns.length;
  for (let position = 0; position < truth.length; position += 1) {
    truth[position] = weights[position] === 0 ? 0 : scale(scaler, settings.targetColumns[position % width]!, truth[position]!);
  }
  const { count } = plan.samples.training;
  const readRow = rowReader(table, settings, scaler, plan.samples.training);
  const fit = leastSquares({ count, features, outputs: settings.horizon * width, readRow, targets: truth, weights });
  return succeed({ settings, scaler, fit });
}

/** Forecasts [sample, horizon × columns] of the linear baseline, in the data's unit, index = step × columns + column. */
export function predictLinear({ settings, scaler, fit }: LinearBaseline, table: SeriesTable, samples: Samples): Float64Array {
  const features = settings.window * settings.inputColumns.length;
  const width = settings.targetColumns.length;
  const outputs = settings.horizon * width;
  const predictions = new Float64Array(samples.count * outputs);
  const row = new Float64Array(features);
  const readRow = rowReader(table, settings, scaler, samples);
  for (let sample = 0; sample < samples.count; sample += 1) {
    readRow(sample, row, 0, 1);
    for (let output = 0; output < outputs; output += 1) {
      let sum = fit.intercepts[output]!;
      const start = output * features;
      for (let feature = 0; feature < features; feature += 1) sum += row[feature]! * fit.coefficients[start + feature]!;
      predictions[sample * outputs + output] = unscale(scaler, settings.targetColumns[output % width]!, sum);
    }
  }
  return predictions;
}

/** Writes the scaled window of a sample, [window time, feature] flattened, from `offset` on, every `spacing`-th place. */
export function rowReader(table: SeriesTable, { window, inputColumns }: WindowSettings, scaler: Scaler, samples: Samples) {
  return (sample: number, into: Float64Array, offset: number, spacing: number): void => {
    const series = samples.series[sample]!;
    const origin = samples.origin[sample]!;
    let to = offset;
    for (let row = origin + 1 - window; row <= origin; row += 1) {
      const start = valueIndex(table, series, row, 0);
      for (const column of inputColumns) {
        const value = table.values[start + column]!;
        // Only windows with a mask reach here with gaps: as for the model, they are read as the column's mean.
        into[to] = Number.isNaN(value) ? 0 : scale(scaler, column, value);
        to += spacing;
      }
    }
  };
}
