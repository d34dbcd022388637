import type { PlottedSeries } from '../../electron/ipc/data-messages.ts';
import { alignColumns, type AlignedColumns } from '../charts/align-columns.ts';
import { columnColor } from '../charts/chart-colors.ts';
import type { ChartBand } from '../charts/chart-marks.ts';
import type { ChartAxis, ChartLine } from '../charts/chart-options.ts';

/** Lines of more points are drawn finer. */
const manyPoints = 400;

export function seriesChartData({ columns }: PlottedSeries): AlignedColumns {
  return alignColumns(columns);
}

export function seriesLines({ columns }: PlottedSeries): readonly ChartLine[] {
  return columns.map(({ column, unit, x }, position) => ({ label: column, color: columnColor(position), unit, width: x.length > manyPoints ? 1 : 1.5 }));
}

/**
 * The straight line between time steps and places on x, by the first and the last place of the whole series: exact for
 * counted steps and evenly spaced dates. A series of one step has one place.
 */
export interface StepLine {
  readonly first: number;
  readonly perStep: number;
}

export function stepLine({ columns, range }: PlottedSeries): StepLine {
  const ends = columns.filter(({ x }) => x.length > 0).map(({ x }) => [x[0]!, x[x.length - 1]!] as const);
  const first = Math.min(...ends.map(([low]) => low));
  const last = Math.max(...ends.map(([, high]) => high));
  const steps = range[1] - range[0];
  if (ends.length === 0) return { first: range[0], perStep: 1 };
  const perStep = steps > 1 && last > first ? (last - first) / (steps - 1) : 1;
  return { first: first - range[0] * perStep, perStep };
}

/** The half-open range of time steps that lies between two places; null where it would be all or less than two steps. */
export function stepsBetween(line: StepLine, [from, to]: readonly [number, number], steps: number): readonly [start: number, end: number] | null {
  const start = Math.max(0, Math.floor((from - line.first) / line.perStep));
  const end = Math.min(steps, Math.ceil((to - line.first) / line.perStep) + 1);
  return end - start < 2 || (start === 0 && end === steps) ? null : [start, end];
}

const partColors = { training: null, validation: 'validationPart', test: 'testPart' } as const;

/** The three parts where rows are divided; the border between two lies half a step before the later one's first row. */
export function partBands({ parts }: PlottedSeries, line: StepLine): readonly ChartBand[] {
  if (parts === null || parts.by !== 'time') return [];
  return (['training', 'validation', 'test'] as const).flatMap((part) => {
    const [start, end] = parts[part];
    if (end <= start) return [];
    return [{ from: line.first + (start - 0.5) * line.perStep, to: line.first + (end - 0.5) * line.perStep, label: part, color: partColors[part] }];
  });
}

/** The part that a whole series belongs to, where series are divided; null otherwise. */
export function partOfSeries({ parts }: PlottedSeries, series: number): 'training' | 'validation' | 'test' | null {
  if (parts === null || parts.by !== 'series') return null;
  return (['training', 'validation', 'test'] as const).find((part) => series >= parts[part][0] && series < parts[part][1]) ?? null;
}

export function timeAxis(time: PlottedSeries['time'], range: readonly [number, number] | null): ChartAxis {
  switch (time) {
    case 'date':
      return { label: 'date', kind: 'date', range };
    case 'number':
      return { label: 'row', kind: 'number', range };
    case 'step':
      return { label: 'time step', kind: 'whole', range };
  }
}

/** A zoom to the half, or the double, of a range of steps, about its middle; null: all. */
export function zoomedSteps(range: readonly [number, number] | null, steps: number, factor: number): readonly [start: number, end: number] | null {
  const [start, end] = range ?? [0, steps];
  const width = Math.max(2, Math.round((end - start) * factor));
  if (width >= steps) return null;
  const first = Math.min(steps - width, Math.max(0, Math.round((start + end - width) / 2)));
  return [first, first + width];
}

/** The range moved by a share of its width, within the series. */
export function pannedSteps(range: readonly [number, number], steps: number, share: number): readonly [start: number, end: number] {
  const width = range[1] - range[0];
  const start = Math.min(steps - width, Math.max(0, range[0] + Math.round(share * width)));
  return [start, start + width];
}
