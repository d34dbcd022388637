import { valueIndex, type SeriesTable } from './series-table.ts';
import { seasonalRow } from './window-obstacles.ts';
import type { Samples, WindowSettings } from './windows.ts';

/**
 * Naive: the last value of each target column at the origin, for every step of the horizon.
 * Returns [sample, horizon × columns] in the data's unit, index = step × columns + column.
 * Source: R. J. Hyndman and G. Athanasopoulos (2021), Forecasting: Principles and Practice, section 5.2, https://otexts.com/fpp3/simple-methods.html
 */
export function naive(table: SeriesTable, settings: WindowSettings, samples: Samples): Float64Array {
  return earlierValues(table, settings, samples, (_, origin) => origin);
}

/**
 * Seasonal naive: the value one season earlier (the least number of whole seasons whose row is not after the origin). It may read any
 * row up to the origin, also before the window. Returns [sample, horizon × columns] in the data's unit; NaN where no such row is.
 * Source: as for naive.
 */
export function seasonalNaive(table: SeriesTable, settings: WindowSettings, samples: Samples, season: number): Float64Array {
  return earlierValues(table, settings, samples, (target, origin) => seasonalRow(target, origin, season));
}

function earlierValues(
  table: SeriesTable,
  { horizon, targetColumns }: WindowSettings,
  samples: Samples,
  rowFor: (target: number, origin: number) => number,
): Float64Array {
  const predictions = new Float64Array(samples.count * horizon * targetColumns.length);
  let to = 0;
  for (let sample = 0; sample < samples.count; sample += 1) {
    const series = samples.series[sample]!;
    const origin = samples.origin[sample]!;
    for (let step = 1; step <= horizon; step += 1) {
      const row = rowFor(origin + step, origin);
      for (const column of targetColumns) {
        predictions[to] = row < 0 ? NaN : table.values[valueIndex(table, series, row, column)]!;
        to += 1;
      }
    }
  }
  return predictions;
}
