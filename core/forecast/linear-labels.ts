import { diagnose } from '../diagnostics/diagnose.ts';
import { fail, succeed, type Result } from '../diagnostics/result.ts';
import { leastSquares } from './least-squares.ts';
import { largestFeatureCount, rowReader } from './linear-baseline.ts';
import { fitScaler, identityScaler } from './scaler.ts';
import type { SeriesTable } from './series-table.ts';
import type { Samples, WindowSettings } from './windows.ts';

export interface LabelProblem {
  readonly table: SeriesTable;
  readonly settings: WindowSettings;
  readonly training: Samples;
  /** [sample, label] of the training samples. */
  readonly targets: Float64Array;
  /** 0 leaves a value out. */
  readonly weights: Float64Array;
}

/**
 * The linear baseline of labels: ordinary least squares with an intercept from all values of a window to each label, fitted in closed
 * form on the training samples. Gives the values [sample, label] of any samples. Fails with a warning above 2,000 inputs.
 */
export function fitLabels({ table, settings, training, targets, weights }: LabelProblem): Result<(samples: Samples) => Float64Array> {
  const features = settings.window * settings.inputColumns.length;
  const where = { kind: 'project' } as const;
  if (features > largestFeatureCount) return fail(diagnose('linear-baseline-too-large', where, { features, limit: largestFeatureCount }));
  const fitted = fitScaler('standard', table, settings.split, where);
  const scaler = fitted.ok ? fitted.value.scaler : identityScaler(table.columns.length);
  const outputs = targets.length / training.count;
  const { coefficients, intercepts } = leastSquares({ count: training.count, features, outputs, readRow: rowReader(table, settings, scaler, training), targets, weights });
  return succeed((samples) => {
    const readRow = rowReader(table, settings, scaler, samples);
    const row = new Float64Array(features);
    const values = new Float64Array(samples.count * outputs);
    for (let sample = 0; sample < samples.count; sample += 1) {
      readRow(sample, row, 0, 1);
      for (let output = 0; output < outputs; output += 1) {
        let sum = intercepts[output]!;
        for (let feature = 0; feature < features; feature += 1) sum += row[feature]! * coefficients[output * features + feature]!;
        values[sample * outputs + output] = sum;
      }
    }
    return values;
  });
}
