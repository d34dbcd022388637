import { writeInputs } from '../../core/forecast/batches.ts';
import type { BatchSource } from '../../core/forecast/batches.ts';
import { unscaleForecasts } from '../../core/forecast/scaler.ts';
import type { Scaler } from '../../core/forecast/scaler.ts';
import type { Samples } from '../../core/forecast/windows.ts';
import type { Program } from '../../core/program/program.ts';
import type { NamedTensors, Session, TensorData } from '../session.ts';
import { entryInputNames, entryOf } from './entry-inputs.ts';
import { evaluationBatchSize } from './validation-loss.ts';

/** How samples are forecast, where it is not by the entry `predict` as far as the model's own horizon. */
export interface ForecastChoice {
  readonly horizon?: number;
  readonly entry?: 'predict' | 'sample';
  readonly rowsPerCall?: number;
  /** What a call (counted from 0) is fed besides the windows. */
  readonly seedsOf?: (call: number) => NamedTensors;
}

const noSeeds = (): NamedTensors => ({});

/**
 * The model's forecasts [sample, horizon × columns] in the data's unit, index = step × columns + column, after the last
 * time step of each window. A `horizon` beyond the model's own is iterated: what was forecast is fed back into the window as
 * if it had been observed (every column must be forecast then). Yields between calls.
 */
export function* forecastSamples(
  session: Session,
  program: Program,
  source: BatchSource,
  scaler: Scaler,
  samples: Samples,
  { horizon = source.settings.horizon, entry = 'predict', rowsPerCall = evaluationBatchSize, seedsOf = noSeeds }: ForecastChoice = {},
): Generator<undefined, Float64Array> {
  const { settings } = source;
  const columns = settings.targetColumns.length;
  const width = horizon * columns;
  const name = entryInputNames(entryOf(program, entry)).inputs;
  const scaled = new Float32Array(samples.count * width);
  let call = 0;
  for (let start = 0; start < samples.count; start += rowsPerCall) {
    const count = Math.min(rowsPerCall, samples.count - start);
    const window: TensorData & { values: Float32Array } = {
      type: 'float',
      shape: [count, settings.window, settings.inputColumns.length],
      values: new Float32Array(count * settings.window * settings.inputColumns.length),
    };
    writeInputs(source, samples, Uint32Array.from({ length: count }, (_, position) => start + position), window.values);
    for (let known = 0; known < horizon; known += settings.horizon) {
      const predictions = session.run(entry, { ...(name === null ? {} : { [name]: window }), ...seedsOf(call) }, ['predictions'])['predictions']!;
      call += 1;
      const own = lastForecasts(predictions, count, settings.horizon * columns);
      const kept = Math.min(settings.horizon, horizon - known) * columns;
      for (let sample = 0; sample < count; sample += 1) {
        scaled.set(own.subarray(sample * settings.horizon * columns, sample * settings.horizon * columns + kept), (start + sample) * width + known * columns);
      }
      if (known + settings.horizon < horizon) feedBack(source, window.values, own, count);
      yield;
    }
  }
  return unscaleForecasts(scaler, settings.targetColumns, scaled);
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
function feedBack({ settings }: BatchSource, windows: Float32Array, forecasts: Float32Array, count: number): void {
  const { window, horizon, inputColumns, targetColumns } = settings;
  const features = inputColumns.length;
  const length = window * features;
  const order = inputColumns.map((column) => targetColumns.indexOf(column));
  const moved = Math.min(window, horizon);
  for (let sample = 0; sample < count; sample += 1) {
    const start = sample * length;
    windows.copyWithin(start, start + moved * features, start + length);
    for (let row = 0; row < moved; row += 1) {
      const from = (sample * horizon + horizon - moved + row) * features;
      order.forEach((position, feature) => {
        windows[start + (window - moved + row) * features + feature] = forecasts[from + position]!;
      });
    }
  }
}
