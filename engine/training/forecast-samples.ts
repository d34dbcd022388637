import type { BatchSource } from '../../core/forecast/batches.ts';
import { unscaleForecasts } from '../../core/forecast/scaler.ts';
import type { Scaler } from '../../core/forecast/scaler.ts';
import type { Samples } from '../../core/forecast/windows.ts';
import type { Program } from '../../core/program/program.ts';
import type { Session } from '../session.ts';
import { entryOf } from './entry-inputs.ts';
import { batchesInOrder } from './sample-batches.ts';
import { evaluationBatchSize } from './validation-loss.ts';

/**
 * The model's forecasts [sample, horizon × columns] in the data's unit, index = step × columns + column, after the last
 * time step of each window. Yields between batches.
 */
export function* forecastSamples(
  session: Session,
  program: Program,
  source: BatchSource,
  scaler: Scaler,
  samples: Samples,
): Generator<undefined, Float64Array> {
  const { horizon, targetColumns } = source.settings;
  const width = horizon * targetColumns.length;
  const scaled = new Float32Array(samples.count * width);
  for (const { start, count, feeds } of batchesInOrder(source, entryOf(program, 'predict'), samples, evaluationBatchSize)) {
    const predictions = session.run('predict', feeds, ['predictions'])['predictions']!;
    const times = predictions.values.length / (count * width);
    for (let sample = 0; sample < count; sample += 1) {
      // A sequence-to-sequence model forecasts at every time step: the last one knows the whole window.
      const from = (sample * times + times - 1) * width;
      scaled.set(predictions.values.subarray(from, from + width), (start + sample) * width);
    }
    yield;
  }
  return unscaleForecasts(scaler, targetColumns, scaled);
}
