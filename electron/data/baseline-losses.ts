import type { ErrorLoss } from '../../core/program/losses/loss-plan.ts';
import { lossOfError } from '../../core/program/losses/loss-plan.ts';
import { succeed } from '../../core/diagnostics/result.ts';
import type { Result } from '../../core/diagnostics/result.ts';
import { writeTargets } from '../../core/forecast/batch-targets.ts';
import { meanSeries, readWindows } from '../../core/forecast/drawn-series.ts';
import { fillWindows, lastValue, linearInterpolation, readHidden } from '../../core/forecast/imputation.ts';
import { predictLinear } from '../../core/forecast/linear-baseline.ts';
import { scale } from '../../core/forecast/scaler.ts';
import { classAt, classCounts, numberAt } from '../../core/forecast/target-batches.ts';
import { seasonalRow } from '../../core/forecast/window-obstacles.ts';
import type { BaselineName } from '../../engine/runs/run-report.ts';
import { hiddenWindows } from '../../engine/training/window-contest.ts';
import { prepareExperiment } from '../../engine/training/prepare-experiment.ts';
import type { Experiment } from '../../engine/training/prepare-experiment.ts';
import type { DataAccess } from '../../engine/training/read-series.ts';
import type { ImputeData, ReconstructData } from '../../engine/training/window-contest.ts';
import type { TargetData } from '../../engine/training/target-data.ts';
import type { LocatedDocument } from './data-tasks.ts';

type Losses = Partial<Record<BaselineName, number>>;
type ForecastData = Extract<TargetData, { readonly kind: 'forecast' }>;
type ClassData = Extract<TargetData, { readonly kind: 'classify' }>;
type Filling = Parameters<typeof fillWindows>[1];
type NumberData = Extract<TargetData, { readonly kind: 'regress' }>;

/** A baseline's forecast in scaled units: `step` counts from 1, `column` is a position among the targets; NaN where it has none. */
type Forecast = (sample: number, row: number, step: number, column: number) => number;

/**
 * The loss that each baseline has on the validation part, in the scaled units of the training loss and with its weights: the
 * lines beside the loss. The linear model forecasts from whole windows, so it has none where every time step is a forecast. A loss
 * that is the sum of several targets has no line: no baseline answers them all.
 */
export async function baselineLosses(access: DataAccess, { document, directory }: LocatedDocument): Promise<Result<Readonly<Losses>>> {
  const prepared = await prepareExperiment(document, directory, access, null);
  if (!prepared.ok) return prepared;
  const [only, second] = prepared.value.dataset.targets;
  if (only === undefined || second !== undefined) return succeed({});
  const losses = Object.entries(lossesOf(prepared.value, only)).filter(([, loss]) => Number.isFinite(loss));
  return succeed(Object.fromEntries(losses));
}

function lossesOf(experiment: Experiment, target: TargetData): Losses {
  switch (target.kind) {
    case 'forecast':
      return Object.fromEntries(Object.entries(forecastsOf(experiment, target)).map(([name, forecast]) => [name, meanLoss(experiment, target, forecast)]));
    case 'classify':
      return { shares: lossOfShares(experiment, target) };
    case 'regress':
      return { mean: lossOfMeans(experiment, target) };
    case 'reconstruct':
      return { meanSeries: lossOfMeanSeries(experiment, target) };
    case 'impute':
      return { interpolation: lossOfFilling(experiment, target, linearInterpolation), lastValue: lossOfFilling(experiment, target, lastValue) };
  }
}

function forecastsOf({ dataset: { plan, scaler, season, table }, linearFit }: Experiment, { source }: ForecastData): Partial<Record<BaselineName, Forecast>> {
  const { validation } = plan.samples;
  const { targetColumns, horizon, sequenceTargets } = source.settings;
  const width = targetColumns.length;
  const valueAt = (sample: number, row: number, column: number): number =>
    row < 0 ? NaN : source.targets[(validation.series[sample]! * table.steps + row) * width + column]!;
  const { baseline } = sequenceTargets ? { baseline: null } : linearFit(0);
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

function meanLoss({ dataset: { plan } }: Experiment, { source, plan: { loss } }: ForecastData, forecast: Forecast): number {
  const { window, horizon, targetColumns, sequenceTargets } = source.settings;
  const { validation } = plan.samples;
  const times = sequenceTargets ? window : 1;
  const width = targetColumns.length;
  const targets = new Float32Array(times * horizon * width);
  const weights = new Float32Array(targets.length);
  let sum = 0;
  let total = 0;
  for (let sample = 0; sample < validation.count; sample += 1) {
    writeTargets(source, validation, [sample], targets, weights);
    for (let position = 0; position < targets.length; position += 1) {
      const weight = weights[position]!;
      if (weight === 0) continue;
      const row = validation.origin[sample]! + 1 - times + Math.floor(position / (horizon * width));
      const step = Math.floor((position % (horizon * width)) / width) + 1;
      sum += weight * lossOfError(loss, forecast(sample, row, step, position % width) - targets[position]!);
      total += weight;
    }
  }
  return sum / total;
}

/** The cross-entropy of always giving each class its share in the training part. */
function lossOfShares({ dataset: { plan, table, feeds } }: Experiment, { label }: ClassData): number {
  const counts = classCounts(label, table, plan.samples.training);
  const total = counts.reduce((sum, count) => sum + count, 0);
  const { validation } = plan.samples;
  const targets = new Float32Array(feeds.targets[0]!.targetShape[0]!);
  const weight = new Float32Array(1);
  let sum = 0;
  let weights = 0;
  for (let sample = 0; sample < validation.count; sample += 1) {
    feeds.targets[0]!.write(validation, [sample], targets, weight);
    if (weight[0] === 0) continue;
    sum -= weight[0]! * Math.log(counts[classAt(label, table, validation, sample)]! / total);
    weights += weight[0]!;
  }
  return sum / weights;
}

/** The loss of always telling the mean of the training part. */
function lossOfMeans({ dataset: { plan, table } }: Experiment, { labels, scales, plan: { loss } }: NumberData): number {
  const { validation } = plan.samples;
  const losses = labels.flatMap((label, position) =>
    Array.from({ length: validation.count }, (_, sample) => scaledLoss(loss, numberAt(label, table, validation, sample), scales[position]!)));
  const known = losses.filter((one) => !Number.isNaN(one));
  return known.reduce((sum, one) => sum + one, 0) / known.length;
}

/** The loss of a filling on the hidden values of the validation part; visible values, where they count, are told without an error. */
function lossOfFilling({ dataset }: Experiment, data: ImputeData, filling: Filling): number {
  const windows = hiddenWindows(dataset, data, dataset.plan.samples.validation);
  const { truth, weights } = readHidden(windows);
  const filled = fillWindows(windows, filling);
  const { loss, visibleWeight } = data.plan;
  let sum = 0;
  let total = 0;
  truth.forEach((value, position) => {
    if (Number.isNaN(value)) return;
    const { factor } = dataset.scaler.columns[data.columns[position % data.columns.length]!]!;
    if (weights[position] === 1) sum += lossOfError(loss, (filled[position]! - value) / factor);
    total += weights[position] === 1 ? 1 : visibleWeight;
  });
  return sum / total;
}

/** The loss of always drawing the mean window of the training part. */
function lossOfMeanSeries({ dataset: { plan, scaler, table } }: Experiment, { columns, plan: { loss } }: ReconstructData): number {
  const { window } = plan.settings;
  const mean = meanSeries(table, window, columns, plan.samples.training);
  const { values, known } = readWindows(table, window, columns, plan.samples.validation);
  let sum = 0;
  let count = 0;
  values.forEach((value, position) => {
    if (known[position] === 0) return;
    sum += lossOfError(loss, (mean[position % mean.length]! - value) / scaler.columns[columns[position % columns.length]!]!.factor);
    count += 1;
  });
  return sum / count;
}

function scaledLoss(loss: ErrorLoss, value: number, { offset, factor }: NumberData['scales'][number]): number {
  return lossOfError(loss, (offset - value) / factor);
}
