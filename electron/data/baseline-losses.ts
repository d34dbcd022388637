import { succeed } from '../../core/diagnostics/result.ts';
import type { Result } from '../../core/diagnostics/result.ts';
import { writeTargets } from '../../core/forecast/batches.ts';
import { predictLinear } from '../../core/forecast/linear-baseline.ts';
import { scale } from '../../core/forecast/scaler.ts';
import { seasonalRow } from '../../core/forecast/window-obstacles.ts';
import { lossOfError } from '../../core/program/losses/loss-plan.ts';
import type { BaselineName } from '../../engine/runs/run-report.ts';
import { prepareExperiment } from '../../engine/training/prepare-experiment.ts';
import type { Experiment } from '../../engine/training/prepare-experiment.ts';
import type { DataAccess } from '../../engine/training/read-series.ts';
import type { LocatedDocument } from './data-tasks.ts';

/** A baseline's forecast in scaled units: `step` counts from 1, `column` is a position among the targets; NaN where it has none. */
type Forecast = (sample: number, row: number, step: number, column: number) => number;

/**
 * The loss that each baseline has on the validation part, in the scaled units of the training loss and with its weights: the
 * lines beside the loss. The linear model forecasts from whole windows, so it has none where every time step is a forecast.
 */
export async function baselineLosses(access: DataAccess, { document, directory }: LocatedDocument): Promise<Result<Readonly<Partial<Record<BaselineName, number>>>>> {
  const prepared = await prepareExperiment(document, directory, access, null);
  if (!prepared.ok) return prepared;
  const experiment = prepared.value;
  const losses: Partial<Record<BaselineName, number>> = {};
  for (const [name, forecast] of Object.entries(forecastsOf(experiment))) {
    const loss = meanLoss(experiment, forecast);
    if (Number.isFinite(loss)) losses[name as BaselineName] = loss;
  }
  return succeed(losses);
}

function forecastsOf({ dataset: { batches, plan, scaler, season, table }, linearFit }: Experiment): Partial<Record<BaselineName, Forecast>> {
  const { validation } = plan.samples;
  const { targetColumns, horizon, sequenceTargets } = plan.settings;
  const width = targetColumns.length;
  const valueAt = (sample: number, row: number, column: number): number =>
    row < 0 ? NaN : batches.targets[(validation.series[sample]! * table.steps + row) * width + column]!;
  const { baseline } = sequenceTargets ? { baseline: null } : linearFit();
  // An iterated forecast is judged further ahead than it is trained for, and so is its linear baseline.
  const linearHorizon = baseline?.settings.horizon ?? horizon;
  const linear = baseline === null ? null : predictLinear(baseline, table, validation);
  return {
    naive: (sample, row, _step, column) => valueAt(sample, row, column),
    ...(season === null
      ? {}
      : { seasonalNaive: (sample: number, row: number, step: number, column: number) => valueAt(sample, seasonalRow(row + step, row, season), column) }),
    ...(linear === null
      ? {}
      : {
          linear: (sample: number, _row: number, step: number, column: number) =>
            scale(scaler, targetColumns[column]!, linear[(sample * linearHorizon + step - 1) * width + column]!),
        }),
  };
}

function meanLoss({ dataset: { batches, plan }, model }: Experiment, forecast: Forecast): number {
  const { window, horizon, targetColumns, sequenceTargets } = plan.settings;
  const { validation } = plan.samples;
  const times = sequenceTargets ? window : 1;
  const width = targetColumns.length;
  const targets = new Float32Array(times * horizon * width);
  const weights = new Float32Array(targets.length);
  let sum = 0;
  let total = 0;
  for (let sample = 0; sample < validation.count; sample += 1) {
    writeTargets(batches, validation, [sample], targets, weights);
    for (let position = 0; position < targets.length; position += 1) {
      const weight = weights[position]!;
      if (weight === 0) continue;
      const row = validation.origin[sample]! + 1 - times + Math.floor(position / (horizon * width));
      const step = Math.floor((position % (horizon * width)) / width) + 1;
      sum += weight * lossOfError(model.target.loss, forecast(sample, row, step, position % width) - targets[position]!);
      total += weight;
    }
  }
  return sum / total;
}
