import { windowLevels } from '../../core/forecast/batch-inputs.ts';
import { meanSeries, readWindows } from '../../core/forecast/drawn-series.ts';
import { hideValues, judgedRound } from '../../core/forecast/hidden-values.ts';
import { fillWindows, lastValue, linearInterpolation, readHidden } from '../../core/forecast/imputation.ts';
import type { GappyWindows } from '../../core/forecast/imputation.ts';
import { unscaleForecasts } from '../../core/forecast/scaler.ts';
import type { Samples } from '../../core/forecast/windows.ts';
import type { Program } from '../../core/program/program.ts';
import type { Session } from '../session.ts';
import type { Contest } from './contest.ts';
import type { Dataset } from './dataset.ts';
import { predictValues } from './forecast-samples.ts';
import { hiddenOf } from './sample-batches.ts';
import { spreadSamples } from './spread-samples.ts';
import type { TargetData } from './target-data.ts';

export type ImputeData = Extract<TargetData, { readonly kind: 'impute' }>;
export type ReconstructData = Extract<TargetData, { readonly kind: 'reconstruct' }>;

/** Windows are judged up to so many numbers: five arrays of them are held. */
const mostValues = 8_000_000;

/** A model's values of the windows themselves beside what plainer means make of the same windows. */
export function* windowContest(
  session: Session,
  program: Program,
  dataset: Dataset,
  target: number,
  data: ImputeData | ReconstructData,
  given: Samples,
): Generator<undefined, Contest> {
  const { window } = dataset.judged.settings;
  const valuesPerSample = window * data.columns.length;
  const samples = spreadSamples(given, Math.max(1, Math.floor(mostValues / valuesPerSample)));
  const model = yield* windowSamples(session, program, dataset, target, data, samples);
  yield;
  const task = data.kind === 'impute' ? fillingTask(dataset, data, samples) : drawingTask(dataset, data, samples);
  return { ...task, columns: data.names, samples, valuesPerSample, model, overlap: window, classes: null, quantiles: null, diagnostics: [] };
}

type WindowTask = Pick<Contest, 'truth' | 'weights' | 'steps' | 'baselines'>;

/** Hidden values, beside linear interpolation and the last value carried forward, from the same visible ones. */
function fillingTask(dataset: Dataset, data: ImputeData, samples: Samples): WindowTask {
  const windows = hiddenWindows(dataset, data, samples);
  return { ...readHidden(windows), steps: 1, baselines: [['interpolation', fillWindows(windows, linearInterpolation)], ['lastValue', fillWindows(windows, lastValue)]] };
}

/** Every value, time step by time step, beside the mean window of the training part. */
function drawingTask({ table, judged }: Dataset, { columns }: ReconstructData, samples: Samples): WindowTask {
  const { window } = judged.settings;
  const mean = meanSeries(table, window, columns, judged.samples.training);
  const { values, known } = readWindows(table, window, columns, samples);
  return { truth: values, weights: known, steps: window, baselines: [['meanSeries', values.map((_, position) => mean[position % mean.length]!)]] };
}

/** Samples with the values hidden by which everybody is judged. */
export function hiddenWindows({ table, judged: { settings } }: Dataset, { columns }: ImputeData, samples: Samples): GappyWindows {
  const picks = Array.from({ length: samples.count }, (_, pick) => pick);
  return { table, window: settings.window, columns, samples, hidden: hideValues(table, settings, samples, picks, judgedRound) };
}

/** The model's values [sample, window × columns] in the data's unit; filled ones from what is visible of the samples, about their level where windows are centred. */
export function* windowSamples(
  session: Session,
  program: Program,
  { feeds, scaler }: Pick<Dataset, 'feeds' | 'scaler'>,
  target: number,
  { kind, columns }: Pick<ImputeData | ReconstructData, 'kind' | 'columns'>,
  samples: Samples,
): Generator<undefined, Float64Array> {
  const { window, inputColumns, hide } = feeds.inputs.settings;
  const width = columns.length;
  const scaled = Float64Array.from(yield* predictValues(session, program, feeds, samples, target, window * width));
  if (kind === 'impute' && hide?.centers === true) {
    const picks = Array.from({ length: samples.count }, (_, pick) => pick);
    const levels = windowLevels(feeds.inputs, samples, picks, hiddenOf(feeds, samples, picks));
    const features = columns.map((column) => inputColumns.indexOf(column));
    for (let position = 0; position < scaled.length; position += 1) {
      scaled[position]! += levels[Math.floor(position / (window * width)) * inputColumns.length + features[position % width]!]!;
    }
  }
  return unscaleForecasts(scaler, columns, scaled);
}
