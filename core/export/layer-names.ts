import type { Layer } from '../compile/model.ts';

/** The name of the model's input layer. */
export const inputLayerName = 'window';

/**
 * Layers' labels as names that Keras and TensorFlow's scopes take: Latin letters, digits, _ and -, each used once. "Dense 2" →
 * "Dense_2".
 */
export function legalNames(layers: readonly Layer[]): ReadonlyMap<string, string> {
  const taken = new Set([inputLayerName]);
  return new Map(layers.map(({ node, label, type }) => [node, freshName(legalName(label) || legalName(type), taken)]));
}

/** The name itself where it is free, else with the first free number behind it. */
export function freshName(wanted: string, taken: Set<string>): string {
  let name = wanted;
  for (let count = 2; taken.has(name); count += 1) name = `${wanted}_${count}`;
  taken.add(name);
  return name;
}

/** A word of Latin letters, digits, _ and - that starts with a letter or digit; '' where nothing is left. */
export function legalName(label: string): string {
  return label
    .normalize('NFKD')
    .replaceAll(/\p{Mark}/gu, '')
    .replaceAll(/[^A-Za-z0-9_-]+/gu, '_')
    .replaceAll(/^[_-]+|[_-]+$/gu, '');
}
