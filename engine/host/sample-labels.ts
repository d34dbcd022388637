import { targetWidth } from '../../core/compile/model.ts';
import { probabilitiesOf } from '../../core/forecast/classification.ts';
import { valueIndex } from '../../core/forecast/series-table.ts';
import { classAt, classCounts, numberAt } from '../../core/forecast/target-batches.ts';
import type { Samples } from '../../core/forecast/windows.ts';
import type { Dataset } from '../training/dataset.ts';
import type { TargetData } from '../training/target-data.ts';
import type { SampleLabels } from './sample-messages.ts';
import { rowName } from './time-names.ts';

type LabelData = Extract<TargetData, { readonly kind: 'classify' | 'regress' }>;

/** What a target says of a few windows, with the truth and what is said without a model. `values` are those that the model gives. */
export function describeLabels({ table, judged }: Dataset, data: LabelData, samples: Samples, values: Float32Array): readonly SampleLabels[] {
  const { window } = judged.settings;
  const tell = tellerOf(data, values);
  return Array.from({ length: samples.count }, (_, sample): SampleLabels => {
    const series = samples.series[sample]!;
    const origin = samples.origin[sample]!;
    return {
      target: data.plan.label,
      kind: data.kind,
      series,
      origin: rowName(table, origin),
      history: table.columns.map(({ name }, column) => ({
        column: name,
        values: Array.from({ length: window }, (__, step) => table.values[valueIndex(table, series, origin + 1 - window + step, column)]!),
      })),
      values: tell(sample),
    };
  });

  function tellerOf(own: LabelData, raw: Float32Array): (sample: number) => SampleLabels['values'] {
    switch (own.kind) {
      case 'classify': {
        const { classes } = own.plan;
        const probabilities = probabilitiesOf(raw, targetWidth(own.plan));
        const counts = classCounts(own.label, table, judged.samples.training);
        const total = counts.reduce((sum, count) => sum + count, 0);
        return (sample) => {
          const truth = classAt(own.label, table, samples, sample);
          return classes.map((name, position) => ({
            name,
            truth: truth < 0 ? Number.NaN : Number(truth === position),
            model: probabilities[sample * classes.length + position]!,
            baseline: counts[position]! / total,
          }));
        };
      }
      case 'regress': {
        const width = own.labels.length;
        return (sample) =>
          own.labels.map((label, position) => {
            const { offset, factor } = own.scales[position]!;
            // The mean of the training part is the offset of the scale.
            return { name: label.name, truth: numberAt(label, table, samples, sample), model: raw[sample * width + position]! * factor + offset, baseline: offset };
          });
      }
    }
  }
}
