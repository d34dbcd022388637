import type { LabelFacts } from '../forecast/series-labels.ts';
import type { Feeder, SeriesFacts } from './node-type.ts';

/** A category that a Window gives as a feature, by the number of its class. */
export interface WindowCategory {
  readonly name: string;
  /** How many classes it has; null while that waits for the data. */
  readonly classes: number | null;
  /** Whether it is known of time steps that have not come; null while that waits for the data. */
  readonly isKnownAhead: boolean | null;
}

/** The categories that a Window gives, in the order of their features, which are its last; null where the feeder is no Window. */
export function windowCategories({ type, parameters, inputs }: Feeder): readonly WindowCategory[] | null {
  if (type.type !== 'window') return null;
  const series = inputs['series'];
  const labels = series?.kind === 'series' ? series.labels : undefined;
  return categoryNames(parameters['categories']).map((name) => {
    const label = labels?.find((candidate) => candidate.name === name);
    return { name, classes: label?.classes?.length ?? null, isKnownAhead: label === undefined ? null : label.isKnownAhead === true };
  });
}

/** The labels that name classes, by name. */
export function classLabels({ labels }: Pick<SeriesFacts, 'labels'>): readonly LabelFacts[] | undefined {
  return labels?.filter(({ classes }) => classes !== null);
}

function categoryNames(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((name) => typeof name === 'string') : [];
}
