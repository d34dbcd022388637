import type { SampleFilling } from '../../electron/ipc/run-messages.ts';
import { alignColumns, type AlignedColumns } from '../charts/align-columns.ts';
import type { ChartLine } from '../charts/chart-options.ts';

export const fillingLines: readonly ChartLine[] = [
  { label: 'visible', color: 'truth', width: 1.5 },
  { label: 'hidden truth', color: 'muted', width: 1, points: true },
  { label: 'model', color: 'model', width: 2.5, points: true },
  { label: 'linear interpolation', color: 'interpolation', dashed: true },
];

/**
 * A window over its time steps (0: the last), in the data's unit: what was visible, the truth of what was hidden, and what the
 * model and linear interpolation say of hidden and missing values, each stretch joined to the visible values on either side.
 */
export function fillingChartData({ truth, hidden, model, interpolation }: SampleFilling): AlignedColumns {
  const x = truth.map((_, step) => step + 1 - truth.length);
  const isVisible = (step: number): boolean => hidden[step] === false && Number.isFinite(truth[step] ?? Number.NaN);
  const isBeside = (step: number): boolean => isVisible(step) && [step - 1, step + 1].some((other) => other >= 0 && other < truth.length && !isVisible(other));
  const joined = (values: readonly number[]) => values.map((value, step) => (isBeside(step) ? (truth[step] ?? Number.NaN) : isVisible(step) ? Number.NaN : value));
  return alignColumns([
    { x, y: truth.map((value, step) => (isVisible(step) ? value : Number.NaN)) },
    { x, y: joined(truth) },
    { x, y: joined(model) },
    { x, y: joined(interpolation) },
  ]);
}

/** Mean absolute errors over the hidden values, in the data's unit; null where none is hidden. */
export function hiddenError({ truth, hidden }: SampleFilling, filled: readonly number[]): number | null {
  const errors = truth.flatMap((value, step) => (hidden[step] === true ? [Math.abs((filled[step] ?? Number.NaN) - value)] : []));
  return errors.length === 0 ? null : errors.reduce((sum, error) => sum + error, 0) / errors.length;
}
