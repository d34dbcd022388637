import type { Sample } from '../../electron/ipc/data-messages.ts';
import { alignColumns, type AlignedColumns } from '../charts/align-columns.ts';
import { columnColor } from '../charts/chart-colors.ts';
import type { ChartLine } from '../charts/chart-options.ts';

interface SampleChart {
  readonly data: AlignedColumns;
  readonly lines: readonly ChartLine[];
}

/**
 * One window over time steps from its origin (0: the last step that the forecast may see): each input column up to 0, each
 * target column from 1 on in the colour of its input. In the data's unit.
 */
export function sampleChart({ inputs, targets }: Sample): SampleChart {
  const colorOf = (column: string) => columnColor(Math.max(0, inputs.findIndex((input) => input.column === column)));
  const columns = [
    ...inputs.map(({ values }) => ({ x: values.map((_, step) => step + 1 - values.length), y: values })),
    ...targets.map(({ values }) => ({ x: values.map((_, step) => step + 1), y: values })),
  ];
  return {
    data: alignColumns(columns),
    lines: [
      ...inputs.map(({ column }): ChartLine => ({ label: inputs.length === 1 ? 'input' : column, color: colorOf(column) })),
      ...targets.map(({ column }): ChartLine => ({ label: targets.length === 1 ? 'target' : `target ${column}`, color: colorOf(column), width: 2.5, points: true })),
    ],
  };
}

/** How many target values are not scored: missing in the data, or filled. */
export function unscoredCount({ scored }: Pick<Sample, 'scored'>): number {
  return scored.flat().filter((isScored) => !isScored).length;
}

/** The sample `by` further on, round at both ends; 0 where there is none. */
export function neighbour(sample: number, by: number, count: number): number {
  return count === 0 ? 0 : (((sample + by) % count) + count) % count;
}
