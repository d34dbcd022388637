import { targetWidth } from '../../core/compile/model.ts';
import type { ClassifyPlan, ReconstructPlan, RegressPlan } from '../../core/compile/model.ts';
import { mostProbable, probabilitiesOf } from '../../core/forecast/classification.ts';
import type { SeriesTable } from '../../core/forecast/series-table.ts';
import type { LabelScale } from '../../core/forecast/target-batches.ts';
import type { Samples } from '../../core/forecast/windows.ts';
import { columnPositions } from '../training/window-settings.ts';
import type { LabelPredictions } from './prediction-messages.ts';
import { rowName } from './time-names.ts';

/** What a target says of each sample: the most probable class with the probabilities of all, or a number a label in its own unit. */
export function labelPredictions(
  plan: ClassifyPlan | RegressPlan,
  table: SeriesTable,
  samples: Samples,
  values: Float32Array,
  scales: ReadonlyMap<string, LabelScale>,
): LabelPredictions {
  const place = (sample: number) => [table.seriesNames?.[samples.series[sample]!] ?? samples.series[sample]! + 1, rowName(table, samples.origin[sample]!)];
  const rows = (cells: (sample: number) => readonly (string | number)[]) => Array.from({ length: samples.count }, (_, sample) => [...place(sample), ...cells(sample)]);
  switch (plan.kind) {
    case 'classify': {
      const { classes } = plan;
      const probabilities = probabilitiesOf(values, targetWidth(plan));
      return {
        target: plan.label,
        header: ['series', 'origin', plan.column, ...classes.map((name) => `probability of ${name}`)],
        rows: rows((sample) => [
          classes[mostProbable(probabilities, sample, classes.length)]!,
          ...probabilities.subarray(sample * classes.length, (sample + 1) * classes.length),
        ]),
      };
    }
    case 'regress': {
      const width = plan.columns.length;
      const unscaled = (position: number, column: number): number => {
        const { offset, factor } = scales.get(plan.columns[column]!) ?? { offset: 0, factor: 1 };
        return values[position]! * factor + offset;
      };
      return {
        target: plan.label,
        header: ['series', 'origin', ...plan.columns],
        rows: rows((sample) => plan.columns.map((_, column) => unscaled(sample * width + column, column))),
      };
    }
  }
}

/** What a model draws of each sample, a row a time step, in the data's unit. `values`: [sample, window × columns]. */
export function drawnSeries(plan: ReconstructPlan, table: SeriesTable, window: number, samples: Samples, values: Float64Array): LabelPredictions {
  const columns = columnPositions(plan, table).map((column) => table.columns[column]!.name);
  const rows = Array.from({ length: samples.count * window }, (_, row) => {
    const sample = Math.floor(row / window);
    const series = samples.series[sample]!;
    const step = row % window;
    const drawn = columns.map((__, position) => values[row * columns.length + position]!);
    return [table.seriesNames?.[series] ?? series + 1, rowName(table, samples.origin[sample]! + 1 - window + step), ...drawn];
  });
  return { target: plan.label, header: ['series', table.time.kind === 'step' ? 'step' : table.time.name, ...columns], rows };
}
