import { classesAhead } from '../../core/forecast/classes-ahead.ts';
import type { ClassAt } from '../../core/forecast/classes-ahead.ts';
import { sortLevels } from '../../core/forecast/quantiles.ts';
import { unscaleForecasts } from '../../core/forecast/scaler.ts';
import type { Scaler } from '../../core/forecast/scaler.ts';
import type { SampleFeeds } from '../../core/forecast/target-batches.ts';
import { inputWidth } from '../../core/forecast/windows.ts';
import type { Samples, WindowSettings } from '../../core/forecast/windows.ts';
import { nameOfTarget, type Program } from '../../core/program/program.ts';
import type { NamedTensors, Session, TensorData } from '../session.ts';
import { entryInputNames, entryOf } from './entry-inputs.ts';
import { batchesInOrder } from './sample-batches.ts';
import { evaluationBatchSize } from './validation-loss.ts';

export interface ForecastTask {
  readonly feeds: SampleFeeds;
  readonly samples: Samples;
  /** The forecast's own settings. */
  readonly settings: WindowSettings;
  /** Its position among the targets of the model. */
  readonly target: number;
  readonly scaler: Scaler;
  /** Time steps wanted; beyond the model's own horizon they are iterated. */
  readonly horizon: number;
  /** The levels that the model tells of each value; left out: it tells one number. */
  readonly quantiles?: readonly number[];
  /** `predict` where it is left out; `sample` draws with dropout on. */
  readonly entry?: 'predict' | 'sample';
  readonly rowsPerCall?: number;
  /** What a call (counted from 0) is fed besides the samples. */
  readonly seedsOf?: (call: number) => NamedTensors;
}

const noSeeds = (): NamedTensors => ({});

/**
 * The model's forecasts [sample, horizon × columns × levels] in the data's unit, index = (step × columns + column) × levels + level,
 * after the last time step of each window, the levels of a value in order. A `horizon` beyond the model's own is iterated: what was forecast is fed back into the window as
 * if it had been observed (every column must be forecast then), beside the calendar of the steps that it tells. Yields between calls.
 */
export function* forecastSamples(session: Session, program: Program, task: ForecastTask): Generator<undefined, Float64Array> {
  const { settings, samples, horizon, quantiles = [0.5], entry: name = 'predict', rowsPerCall = evaluationBatchSize, seedsOf = noSeeds } = task;
  const levels = quantiles.length;
  const own = settings.horizon * settings.targetColumns.length * levels;
  const width = horizon * settings.targetColumns.length * levels;
  const entry = entryOf(program, name);
  const { inputs } = entryInputNames(entry);
  let call = 0;
  const output = nameOfTarget('predictions', task.target);
  const scaled = new Float32Array(samples.count * width);
  const classes = own < width ? classesOf(task) : [];
  for (const { positions, count, feeds, states, keep } of batchesInOrder(task.feeds, entry, samples, rowsPerCall)) {
    for (let known = 0; known < width; known += own) {
      const outputs = session.run(name, { ...feeds, ...seedsOf(call) }, [output, ...states]);
      keep(outputs);
      const forecasts = lastForecasts(outputs[output]!, count, own);
      call += 1;
      const kept = Math.min(own, width - known);
      for (let sample = 0; sample < count; sample += 1) {
        const position = positions[sample]!;
        if (position >= 0) scaled.set(forecasts.subarray(sample * own, sample * own + kept), position * width + known);
      }
      if (known + own < width && inputs !== null) {
        feedBack(settings, feeds[inputs]!, forecasts, count);
        const stepsTold = ((known + own) / own) * settings.horizon;
        if (classes.length > 0) tellClasses(settings, feeds[inputs]!, samples, positions, stepsTold, classes);
      }
      yield;
    }
  }
  return sortLevels(unscaleForecasts(task.scaler, settings.targetColumns.flatMap((column) => Array.from({ length: levels }, () => column)), scaled), levels);
}

/** A target's values [sample, width] as the model gives them. Yields between calls. */
export function* predictValues(
  session: Session,
  program: Program,
  feeds: SampleFeeds,
  samples: Samples,
  target: number,
  width: number,
): Generator<undefined, Float32Array> {
  const output = nameOfTarget('predictions', target);
  const values = new Float32Array(samples.count * width);
  for (const { positions, feeds: batch, states, keep } of batchesInOrder(feeds, entryOf(program, 'predict'), samples, evaluationBatchSize)) {
    const outputs = session.run('predict', batch, [output, ...states]);
    keep(outputs);
    const found = Float32Array.from(outputs[output]!.values);
    positions.forEach((position, row) => {
      if (position >= 0) values.set(found.subarray(row * width, (row + 1) * width), position * width);
    });
    yield;
  }
  return values;
}

/** A sequence-to-sequence model forecasts at every time step: the last one knows the whole window. */
function lastForecasts({ values }: TensorData, count: number, width: number): Float32Array {
  const times = values.length / (count * width);
  const last = new Float32Array(count * width);
  for (let sample = 0; sample < count; sample += 1) {
    const from = (sample * times + times - 1) * width;
    last.set(values.subarray(from, from + width), sample * width);
  }
  return last;
}

/** Moves each window on by the model's own horizon, with its forecasts as the newest rows. Both are scaled column by column alike. */
function feedBack(settings: WindowSettings, { values: windows }: TensorData, forecasts: Float32Array, count: number): void {
  const { window, horizon, inputColumns, targetColumns } = settings;
  const features = inputWidth(settings);
  const length = window * features;
  const order = inputColumns.map((column) => targetColumns.indexOf(column));
  const moved = Math.min(window, horizon);
  for (let sample = 0; sample < count; sample += 1) {
    const start = sample * length;
    windows.copyWithin(start, start + moved * features, start + length);
    for (let row = 0; row < moved; row += 1) {
      const from = (sample * horizon + horizon - moved + row) * inputColumns.length;
      const to = start + (window - moved + row) * features;
      order.forEach((position, feature) => {
        windows[to + feature] = forecasts[from + position]!;
      });
      // What was forecast is known from then on.
      if (settings.mask) windows.fill(1, to + inputColumns.length, to + 2 * inputColumns.length);
    }
  }
}

/** The categories of each window at every time step that is told, to the last one wanted. */
function classesOf({ feeds, settings, samples, horizon }: ForecastTask): readonly ClassAt[] {
  const { table } = feeds.inputs;
  const last = samples.origin.reduce((latest, origin) => Math.max(latest, origin), 0) + horizon;
  return classesAhead(table, settings.categories, Math.max(0, last + 1 - table.steps));
}

/** Writes into windows that were moved on by `stepsTold` time steps which classes their newest rows are of. */
function tellClasses(settings: WindowSettings, { values: windows }: TensorData, samples: Samples, positions: Int32Array, stepsTold: number, classes: readonly ClassAt[]): void {
  const { window, horizon } = settings;
  const features = inputWidth(settings);
  positions.forEach((position, row) => {
    if (position < 0) return;
    const [series, last] = [samples.series[position]!, samples.origin[position]! + stepsTold];
    for (let back = 0; back < Math.min(window, horizon); back += 1) {
      const end = (row * window + window - back) * features;
      classes.forEach((classAt, category) => {
        windows[end - classes.length + category] = classAt(series, last - back);
      });
    }
  });
}
