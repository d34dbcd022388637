import { diagnose } from '../diagnostics/diagnose.ts';
import type { Diagnostic, Where } from '../diagnostics/diagnostic.ts';
import type { SeriesTable } from './series-table.ts';

export type Part = 'training' | 'validation' | 'test';

export const parts: readonly Part[] = ['training', 'validation', 'test'];

/** How the data are divided before anything is fitted; the test part gets what the two shares leave. */
export interface SplitSettings {
  /** 'time': the rows of every series, oldest first. 'series': whole series, in their order. */
  readonly by: 'time' | 'series';
  readonly trainingShare: number;
  readonly validationShare: number;
}

/** Half-open ranges of rows (by time) or of series (by series), counted from 0. */
export interface SplitBorders {
  readonly by: 'time' | 'series';
  readonly training: readonly [start: number, end: number];
  readonly validation: readonly [start: number, end: number];
  readonly test: readonly [start: number, end: number];
}

/** What is wrong with the shares: each lies from 0 to 1, together they are at most 1. */
export function checkSplit(split: SplitSettings, where: Where): readonly Diagnostic[] {
  const { trainingShare, validationShare } = split;
  const total = trainingShare + validationShare;
  if (trainingShare > 0 && validationShare >= 0 && total <= 1 + 1e-9) return [];
  return [diagnose('split-shares', where, { trainingShare, validationShare })];
}

/** The borders of the three parts, each share rounded to whole rows or series: 10,000 series at 0.7 and 0.2 give 7,000, 2,000 and 1,000. */
export function splitBorders(split: SplitSettings, table: SeriesTable): SplitBorders {
  const count = split.by === 'time' ? table.steps : table.seriesCount;
  const first = Math.min(count, Math.round(split.trainingShare * count));
  const second = Math.min(count, Math.max(first, Math.round((split.trainingShare + split.validationShare) * count)));
  return { by: split.by, training: [0, first], validation: [first, second], test: [second, count] };
}

/** The rows that the targets of a part may lie in. */
export function rowsOfPart(borders: SplitBorders, part: Part, table: SeriesTable): readonly [start: number, end: number] {
  return borders.by === 'time' ? borders[part] : [0, table.steps];
}

/** The series that a part holds. */
export function seriesOfPart(borders: SplitBorders, part: Part, table: SeriesTable): readonly [start: number, end: number] {
  return borders.by === 'series' ? borders[part] : [0, table.seriesCount];
}
