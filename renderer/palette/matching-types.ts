import type { NodeType } from '../../core/nodes/node-type.ts';
import { categoryTitles } from '../theme/categories.ts';

/** The node types whose title, name, category or summary has every word of a query, in their order. */
export function matchingTypes(types: readonly NodeType[], query: string): readonly NodeType[] {
  const words = query.toLowerCase().split(/\s+/).filter((word) => word !== '');
  return types.filter((type) => {
    const text = `${type.title} ${type.type} ${categoryTitles[type.category]} ${type.summary}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}
