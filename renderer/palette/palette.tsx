import { useState } from 'react';
import type { NodeCategory, NodeType } from '../../core/nodes/node-type.ts';
import { addableTypes } from '../../core/nodes/catalog.ts';
import { CategoryGlyph } from '../components/category-glyph.tsx';
import { Icon } from '../components/icon.tsx';
import { PanelEdge } from '../components/panel-edge.tsx';
import { addNode } from '../canvas/actions/add-node.ts';
import { onlyNode, useSelection } from '../state/selection-store.ts';
import { foldCategory, panelSizes, setPanelSize, useView } from '../state/view-store.ts';
import { categoryTitles } from '../theme/categories.ts';
import { matchingTypes } from './matching-types.ts';

/** Every node type by category: dragged onto the canvas, or added by a click. */
export function Palette(): React.JSX.Element {
  const [query, setQuery] = useState('');
  const width = useView((state) => state.sizes.palette);
  const types = matchingTypes(addableTypes, query);
  const categories = (Object.keys(categoryTitles) as NodeCategory[]).filter((category) => types.some((type) => type.category === category));
  return (
    <nav className="side-panel side-panel-start palette" aria-label="Palette" data-region="palette" style={{ width }}>
      <PanelEdge label="Width of the palette" side="right" size={width} {...panelSizes.palette} onSize={(size) => setPanelSize('palette', size)} />
      <div className="palette-search">
        <Icon name="search" />
        <input type="search" aria-label="Search the palette" placeholder="Search nodes" value={query} spellCheck={false} onChange={(event) => setQuery(event.target.value)} />
      </div>
      <div className="palette-list">
        {categories.map((category) => (
          <PaletteSection key={category} category={category} types={types.filter((type) => type.category === category)} isSearched={query !== ''} />
        ))}
        {types.length === 0 ? <p className="palette-nothing">No node is called that.</p> : null}
      </div>
    </nav>
  );
}

interface PaletteSectionProps {
  readonly category: NodeCategory;
  readonly types: readonly NodeType[];
  /** What was searched for is shown wherever it is. */
  readonly isSearched: boolean;
}

/** One category; its heading stays in sight while its node types are scrolled, and folds them away. */
function PaletteSection({ category, types, isSearched }: PaletteSectionProps): React.JSX.Element {
  const isFolded = useView((state) => state.foldedCategories.includes(category)) && !isSearched;
  return (
    <section aria-label={categoryTitles[category]}>
      <h2>
        <button type="button" aria-expanded={!isFolded} disabled={isSearched} onClick={() => foldCategory(category, !isFolded)}>
          {categoryTitles[category]}
          <span className="visually-hidden"> nodes</span>
          {isFolded ? <span className="palette-count">{types.length}</span> : null}
          {isSearched ? null : <Icon name={isFolded ? 'chevronRight' : 'chevronDown'} />}
        </button>
      </h2>
      {isFolded ? null : (
        <ul>
          {types.map((type) => (
            <li key={type.type}>
              <PaletteItem type={type} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function PaletteItem({ type }: { readonly type: NodeType }): React.JSX.Element {
  return (
    <button
      type="button"
      className="palette-item"
      title={type.summary}
      draggable
      onDragStart={(event) => {
        event.dataTransfer.setData('text/plain', type.title);
        event.dataTransfer.effectAllowed = 'copy';
        useView.setState({ draggedType: type.type });
      }}
      onDragEnd={() => useView.setState({ draggedType: null })}
      onClick={() => addNode(type, { position: null, end: null, after: onlyNode(useSelection.getState()) })}
    >
      <CategoryGlyph category={type.category} />
      <span className="palette-item-title">{type.title}</span>
    </button>
  );
}
