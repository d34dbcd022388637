import { meanSeries, readWindows } from '../../core/forecast/drawn-series.ts';
import type { Samples } from '../../core/forecast/windows.ts';
import type { Dataset } from '../training/dataset.ts';
import type { ReconstructData } from '../training/window-contest.ts';
import type { SampleDrawing } from './sample-messages.ts';
import { rowName } from './time-names.ts';

/** A few windows beside what the model draws of them, column by column. `values` are those that the model gives, in the data's unit. */
export function describeDrawings({ table, judged }: Dataset, data: ReconstructData, samples: Samples, values: Float64Array): readonly SampleDrawing[] {
  const { window } = judged.settings;
  const width = data.columns.length;
  const { values: truth } = readWindows(table, window, data.columns, samples);
  const mean = meanSeries(table, window, data.columns, judged.samples.training);
  return Array.from({ length: samples.count }, (_, sample) => sample).flatMap((sample) =>
    data.names.map((column, position): SampleDrawing => {
      const ofWindow = (numbers: Float64Array, start: number) => Array.from({ length: window }, (_, step) => numbers[start + step * width + position]!);
      const start = sample * window * width;
      return {
        target: data.plan.label,
        series: samples.series[sample]!,
        origin: rowName(table, samples.origin[sample]!),
        column,
        truth: ofWindow(truth, start),
        model: ofWindow(values, start),
        meanSeries: ofWindow(mean, 0),
      };
    }));
}
