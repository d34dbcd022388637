import { fillWindows, lastValue, linearInterpolation, readHidden } from '../../core/forecast/imputation.ts';
import type { Samples } from '../../core/forecast/windows.ts';
import type { Dataset } from '../training/dataset.ts';
import { hiddenWindows } from '../training/window-contest.ts';
import type { ImputeData } from '../training/window-contest.ts';
import type { SampleFilling } from './sample-messages.ts';
import { rowName } from './time-names.ts';

/** A few windows with values hidden as in judging, column by column. `values` are those that the model gives, in the data's unit. */
export function describeFillings(dataset: Dataset, data: ImputeData, samples: Samples, values: Float64Array): readonly SampleFilling[] {
  const { table, judged: { settings: { window } } } = dataset;
  const windows = hiddenWindows(dataset, data, samples);
  const { truth, weights } = readHidden(windows);
  const interpolation = fillWindows(windows, linearInterpolation);
  const last = fillWindows(windows, lastValue);
  const width = data.columns.length;
  return Array.from({ length: samples.count }, (_, sample) => sample).flatMap((sample) =>
    data.names.map((column, position): SampleFilling => {
      const places = Array.from({ length: window }, (_, step) => (sample * window + step) * width + position);
      const isOpen = (place: number): boolean => weights[place] === 1 || Number.isNaN(truth[place]!);
      const filledBy = (filled: Float64Array) => places.map((place) => (isOpen(place) ? filled[place]! : Number.NaN));
      return {
        target: data.plan.label,
        series: samples.series[sample]!,
        origin: rowName(table, samples.origin[sample]!),
        column,
        truth: places.map((place) => truth[place]!),
        hidden: places.map((place) => weights[place] === 1),
        model: filledBy(values),
        interpolation: filledBy(interpolation),
        lastValue: filledBy(last),
      };
    }));
}
