import type { NodeCategory } from '../../core/nodes/node-type.ts';

/** The headings of the palette, in its order; the hue of each is the token `--category-…`. */
export const categoryTitles: Readonly<Record<NodeCategory, string>> = {
  data: 'Data',
  recurrent: 'Recurrent',
  convolution: 'Convolution',
  normalization: 'Normalisation',
  regularization: 'Regularisation',
  dense: 'Dense',
  merge: 'Merge',
  target: 'Target',
  unknown: 'Unknown',
};

export function categoryColor(category: NodeCategory | undefined): string {
  return category === undefined ? 'var(--border-strong)' : `var(--category-${category})`;
}
