import type { SeriesTable } from './series-table.ts';

/** What is known of a whole series, or of each of its time steps, besides its columns: a class, a number, or a number that names a class. */
export interface SeriesLabel {
  readonly name: string;
  /** One value a series; otherwise one a time step. */
  readonly perSeries: boolean;
  /** Told by the date alone, and so known of time steps that have not come; left out: no. */
  readonly isCalendar?: boolean;
  /** In the data's unit, NaN where missing; null where the label is not a number. */
  readonly numbers: Float64Array | null;
  /** null where the label takes too many values to name classes. `indices` are −1 where missing. */
  readonly classes: { readonly names: readonly string[]; readonly indices: Int32Array } | null;
}

/** What checks and compilation know of a label. */
export interface LabelFacts {
  readonly name: string;
  readonly isNumber: boolean;
  /** The names of its classes, in order; null where it is not a class. */
  readonly classes: readonly string[] | null;
  /** Known of time steps that have not come: one a series, or told by the date. Left out: no. */
  readonly isKnownAhead?: boolean;
}

const mostClasses = 100;

export function labelFacts(labels: readonly SeriesLabel[] = []): readonly LabelFacts[] {
  return labels.map(({ name, perSeries, isCalendar = false, numbers, classes }) => ({ name, isNumber: numbers !== null, classes: classes?.names ?? null, isKnownAhead: perSeries || isCalendar }));
}

/** The label of that name. Throws RangeError where the table has none: checks let nothing else through. */
export function labelOf(table: SeriesTable, name: string): SeriesLabel {
  const label = table.labels?.find((candidate) => candidate.name === name);
  if (label === undefined) throw new RangeError(`the series have no label "${name}"`);
  return label;
}

/** Where the label of a time step stands in the label's arrays. */
export function labelIndex(label: SeriesLabel, table: SeriesTable, series: number, step: number): number {
  return label.perSeries ? series : series * table.steps + step;
}

/** Whether texts are words that come again, few enough to be classes. */
export function namesCategories(texts: readonly (string | null)[]): boolean {
  const found = new Set(texts.filter((text) => text !== null));
  return found.size > 0 && found.size <= mostClasses;
}

/** Texts as classes in alphabetical order, whole numbers among them by size; null where there are more than 100. */
export function classesOf(texts: readonly (string | null)[]): SeriesLabel['classes'] {
  if (!namesCategories(texts)) return null;
  const names = [...new Set(texts.filter((text) => text !== null))].sort((left, right) => left.localeCompare(right, 'en', { numeric: true }));
  const positions = new Map(names.map((name, position) => [name, position]));
  return { names, indices: Int32Array.from(texts, (text) => (text === null ? -1 : positions.get(text)!)) };
}
