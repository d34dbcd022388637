import type { LabelFacts } from '../forecast/series-labels.ts';
import type { Feeder, SeriesFacts } from './node-type.ts';

/** A category that a Window gives as a feature, by the number of its class. */
export interface WindowCategory {
  readonly name: string;
  /** How many classes it has; null while that waits for the data. */
  readonly classes: number | null;
}

/** The categories that a Window gives, in the order of their features, which are its last; null where the feeder is no Window. */
export function windowCategories({ type, parameters, inputs }: Feeder): readonly WindowCategory[] | null {
  if (type.type !== 'window') return null;
  const series = inputs['series'];
  const labels = series?.kind === 'series' ? series.labels : undefined;
  return categoryNames(parameters['categories']).map((name) => ({ name, classes: labels?.find((label) => label.name === name)?.classes?.length ?? null }));
}

/** The labels that name classes, by name. */
export function classLabels({ labels }: Pick<SeriesFacts, 'labels'>): readonly LabelFacts[] | undefined {
  return labels?.filter(({ classes }) => classes !== null);
}

function categoryNames(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((name) => typeof name === 'string') : [];
}
