import type { BaselineName, EpochPoint } from '../../electron/ipc/run-messages.ts';
import { alignColumns, linesOf, type AlignedColumns, type ChartColumn } from '../charts/align-columns.ts';
import type { ChartLevel } from '../charts/chart-marks.ts';
import { printNumber } from '../charts/print-number.ts';
import { baselineLabels, baselineNames } from '../evaluation/forecasters.ts';
import { stepsOf, type LossTrace } from '../state/loss-trace.ts';

/** A run as the loss chart draws it. Losses in scaled units. */
export interface LossLines {
  readonly trace: LossTrace;
  /** Of earlier sessions, whose steps are no longer known. */
  readonly earlier: readonly EpochPoint[];
  /** Of this session. */
  readonly epochs: readonly EpochPoint[];
  readonly stepsPerEpoch: number;
}

/**
 * Training loss (means of epochs in earlier sessions, of steps in this one) and validation loss over epochs. On a logarithmic
 * scale a loss of 0 or below has no place and becomes a gap.
 */
export function lossChartData({ trace, earlier, epochs, stepsPerEpoch }: LossLines, logarithmic: boolean): AlignedColumns {
  const validated = [...earlier, ...epochs].filter(({ validationLoss }) => validationLoss !== null);
  const steps = stepsOf(trace).map((step) => step / stepsPerEpoch);
  const columns: readonly ChartColumn[] = [
    { x: [...earlier.map(({ epoch }) => epoch), ...steps], y: [...earlier.map(({ trainingLoss }) => trainingLoss), ...trace.points] },
    { x: validated.map(({ epoch }) => epoch), y: validated.map(({ validationLoss }) => validationLoss ?? Number.NaN) },
  ];
  if (!logarithmic) return alignColumns(columns);
  return alignColumns(columns.map(({ x, y }) => ({ x, y: Array.from(y, (value) => (value > 0 ? value : Number.NaN)) })));
}

/** The baselines as levels of the chart, those that are known. */
export function baselineLevels(losses: Readonly<Partial<Record<BaselineName, number>>>): readonly ChartLevel[] {
  return baselineNames.flatMap((baseline) => {
    const loss = losses[baseline];
    if (loss === undefined || !Number.isFinite(loss)) return [];
    return [{ value: loss, label: `${baselineLabels[baseline]} ${printNumber(loss, 3)}`, color: baseline }];
  });
}

/**
 * From the lowest to the highest loss that must be seen, with room around. On a linear scale a few first steps far above
 * everything else would flatten the rest: there the top is the highest baseline, or twice what nine in ten points keep below.
 */
export function lossRange(data: AlignedColumns, levels: readonly ChartLevel[], logarithmic: boolean): readonly [low: number, high: number] {
  const points: number[] = [];
  for (const line of linesOf(data)) for (const value of line) if (typeof value === 'number') points.push(value);
  let lowest = Infinity;
  let highest = -Infinity;
  for (const values of [points, levels.map(({ value }) => value)]) {
    for (const value of values) {
      if (logarithmic && value <= 0) continue;
      lowest = Math.min(lowest, value);
      highest = Math.max(highest, value);
    }
  }
  if (lowest > highest) return logarithmic ? [0.001, 1] : [0, 1];
  if (logarithmic) return [lowest / 1.25, highest * 1.25];
  const sorted = Float64Array.from(points).sort();
  const most = sorted[Math.floor(0.9 * (sorted.length - 1))] ?? highest;
  const top = Math.min(highest, Math.max(...levels.map(({ value }) => value), 2 * most));
  return [0, top > 0 ? top * 1.08 : 1];
}

/** The epochs that the chart spans: all of a short run; of a long one, doublings of 25, so that what there is can be read. */
export function epochRange(reached: number, wanted: number): readonly [low: number, high: number] {
  let end = 25;
  while (end < reached) end *= 2;
  return [0, Math.max(1, Math.min(wanted, end))];
}
