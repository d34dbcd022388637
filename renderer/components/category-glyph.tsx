import { categoryOutline } from '../../core/drawing/category-outlines.ts';
import type { NodeCategory } from '../../core/nodes/node-type.ts';
import { categoryColor } from '../theme/categories.ts';

/** The sign of a category in its hue; beside words that say the same. */
export function CategoryGlyph({ category }: { readonly category: NodeCategory }): React.JSX.Element {
  return (
    <svg className="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false" style={{ color: categoryColor(category) }}>
      <path d={categoryOutline(category)} />
    </svg>
  );
}
