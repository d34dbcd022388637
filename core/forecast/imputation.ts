import type { HiddenValues } from './hidden-values.ts';
import { valueIndex, type SeriesTable } from './series-table.ts';
import type { Samples } from './windows.ts';

/** What fills a value that stands between two visible ones (or has one of them only: `undefined`), `from` 0 at the earlier to 1 at the later. */
type Filling = (earlier: number | undefined, later: number | undefined, from: number) => number;

/** The straight line, over time steps, between the nearest visible values of the window; beyond the last one, that one. */
export const linearInterpolation: Filling = (earlier, later, from) => {
  if (earlier === undefined || later === undefined) return earlier ?? later ?? Number.NaN;
  return earlier + (later - earlier) * from;
};

/**
 * The last visible value before the gap, carried forward; before the first one, that one.
 * Source: R. J. Hyndman and G. Athanasopoulos (2021), Forecasting: Principles and Practice, section 13.9, https://otexts.com/fpp3/missing-outliers.html
 */
export const lastValue: Filling = (earlier, later) => earlier ?? later ?? Number.NaN;

/** Windows of samples as everybody sees who fills gaps: `columns` are positions in the table. */
export interface GappyWindows {
  readonly table: SeriesTable;
  readonly window: number;
  readonly columns: readonly number[];
  readonly samples: Samples;
  /** Of these samples, in their order. */
  readonly hidden: HiddenValues;
}

/** Truth [sample, window × columns] in the data's unit (NaN where missing), and 1 for what is hidden. */
export function readHidden({ table, window, columns, samples, hidden }: GappyWindows): { readonly truth: Float64Array; readonly weights: Float64Array } {
  const truth = new Float64Array(samples.count * window * columns.length);
  const weights = new Float64Array(truth.length);
  let to = 0;
  for (let sample = 0; sample < samples.count; sample += 1) {
    const firstRow = samples.origin[sample]! + 1 - window;
    for (let step = 0; step < window; step += 1) {
      for (const column of columns) {
        truth[to] = table.values[valueIndex(table, samples.series[sample]!, firstRow + step, column)]!;
        weights[to] = hidden[(sample * window + step) * table.columns.length + column]!;
        to += 1;
      }
    }
  }
  return { truth, weights };
}

/** A baseline's values [sample, window × columns] in the data's unit, from what is visible in each window: visible values stay. */
export function fillWindows(windows: GappyWindows, filling: Filling): Float64Array {
  const { window, columns } = windows;
  const { truth: values, weights } = readHidden(windows);
  const width = columns.length;
  for (let start = 0; start < values.length; start += window * width) {
    for (let column = 0; column < width; column += 1) fillColumn(start + column);
  }
  return values;

  function fillColumn(start: number): void {
    let previous = -1;
    for (let step = 0; step <= window; step += 1) {
      const place = start + step * width;
      const isVisible = step < window && weights[place] === 0 && !Number.isNaN(values[place]!);
      if (!isVisible && step < window) continue;
      const earlier = previous < 0 ? undefined : values[start + previous * width]!;
      const later = step === window ? undefined : values[place]!;
      for (let open = previous + 1; open < step; open += 1) values[start + open * width] = filling(earlier, later, (open - previous) / (step - previous));
      previous = step;
    }
  }
}
