import { meanSeries, readWindows } from '../../core/forecast/drawn-series.ts';
import { unscaleForecasts } from '../../core/forecast/scaler.ts';
import type { Samples } from '../../core/forecast/windows.ts';
import type { Program } from '../../core/program/program.ts';
import type { Session } from '../session.ts';
import type { Contest } from './contest.ts';
import type { Dataset } from './dataset.ts';
import { predictValues } from './forecast-samples.ts';
import { spreadSamples } from './spread-samples.ts';
import type { TargetData } from './target-data.ts';

export type ReconstructData = Extract<TargetData, { readonly kind: 'reconstruct' }>;

/** Windows are judged up to so many numbers: four arrays of them are held. */
const mostValues = 8_000_000;

/** A model's windows beside the mean window of the training part, time step by time step. */
export function* reconstructContest(session: Session, program: Program, dataset: Dataset, target: number, data: ReconstructData, given: Samples): Generator<undefined, Contest> {
  const { table, judged } = dataset;
  const { window } = judged.settings;
  const samples = spreadSamples(given, Math.max(1, Math.floor(mostValues / (window * data.columns.length))));
  const model = yield* drawSamples(session, program, dataset, target, data, samples);
  yield;
  const mean = meanSeries(table, window, data.columns, judged.samples.training);
  const { values, known } = readWindows(table, window, data.columns, samples);
  return {
    truth: values,
    weights: known,
    columns: data.names,
    steps: window,
    samples,
    model,
    baselines: [['meanSeries', values.map((_, position) => mean[position % mean.length]!)]],
    overlap: window,
    classes: null,
    quantiles: null,
    diagnostics: [],
  };
}

/** The model's values [sample, window × columns] in the data's unit. */
export function* drawSamples(
  session: Session,
  program: Program,
  { feeds, scaler }: Pick<Dataset, 'feeds' | 'scaler'>,
  target: number,
  { columns }: Pick<ReconstructData, 'columns'>,
  samples: Samples,
): Generator<undefined, Float64Array> {
  const scaled = yield* predictValues(session, program, feeds, samples, target, feeds.inputs.settings.window * columns.length);
  return unscaleForecasts(scaler, columns, scaled);
}
