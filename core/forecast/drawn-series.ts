import { valueIndex, type SeriesTable } from './series-table.ts';
import type { Samples } from './windows.ts';

/** Windows [sample, window × columns] in the data's unit (index = step × columns + column; NaN where missing), and 1 for what stood in the data. */
export function readWindows(table: SeriesTable, window: number, columns: readonly number[], samples: Samples): { readonly values: Float64Array; readonly known: Float64Array } {
  const values = new Float64Array(samples.count * window * columns.length);
  const known = new Float64Array(values.length);
  let to = 0;
  for (let sample = 0; sample < samples.count; sample += 1) {
    const firstRow = samples.origin[sample]! + 1 - window;
    for (let step = 0; step < window; step += 1) {
      for (const column of columns) {
        const from = valueIndex(table, samples.series[sample]!, firstRow + step, column);
        values[to] = table.values[from]!;
        known[to] = table.observed[from]!;
        to += 1;
      }
    }
  }
  return { values, known };
}

/** The mean window [window × columns] of samples, time step by time step, over what is known; 0 where nothing is. */
export function meanSeries(table: SeriesTable, window: number, columns: readonly number[], samples: Samples): Float64Array {
  const width = window * columns.length;
  const sums = new Float64Array(width);
  const counts = new Float64Array(width);
  for (let sample = 0; sample < samples.count; sample += 1) {
    const firstRow = samples.origin[sample]! + 1 - window;
    for (let place = 0; place < width; place += 1) {
      const from = valueIndex(table, samples.series[sample]!, firstRow + Math.floor(place / columns.length), columns[place % columns.length]!);
      if (table.observed[from] === 0) continue;
      sums[place]! += table.values[from]!;
      counts[place]! += 1;
    }
  }
  return sums.map((sum, place) => (counts[place] === 0 ? 0 : sum / counts[place]!));
}
