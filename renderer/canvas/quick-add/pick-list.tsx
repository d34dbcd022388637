import Fuse from 'fuse.js';
import { useEffect, useId, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import type { NodeCategory } from '../../../core/nodes/node-type.ts';
import { CategoryGlyph } from '../../components/category-glyph.tsx';
import { Icon } from '../../components/icon.tsx';

export interface PickItem {
  readonly key: string;
  readonly title: string;
  readonly detail: string;
  /** Its sign stands before the title. */
  readonly category: NodeCategory | undefined;
  /** Further words that it is found by. */
  readonly words: string;
}

interface PickListProps {
  readonly label: string;
  readonly placeholder: string;
  readonly items: readonly PickItem[];
  /** Said where nothing is found, and where there are no items at all. */
  readonly nothing: string;
  readonly at: { readonly x: number; readonly y: number };
  readonly onPick: (key: string) => void;
  readonly onDismiss: () => void;
}

const width = 320;
const height = 340;

/** A list that is searched by typing and chosen from by arrows and Enter, or by the pointer. */
export function PickList({ label, placeholder, items, nothing, at, onPick, onDismiss }: PickListProps): React.JSX.Element {
  const id = useId();
  const [query, setQuery] = useState('');
  const [chosen, setChosen] = useState(0);
  const list = useRef<HTMLUListElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const fuse = useMemo(() => new Fuse(items, { keys: [{ name: 'title', weight: 3 }, { name: 'words', weight: 2 }, { name: 'detail', weight: 1 }], threshold: 0.4, ignoreLocation: true }), [items]);
  const found = query.trim() === '' ? items : fuse.search(query).map(({ item }) => item);
  const current = found[Math.min(chosen, found.length - 1)];

  useEffect(() => input.current?.focus(), []);
  useEffect(() => list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' }), [chosen, query]);

  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0 && found.length > 0) setChosen((Math.min(chosen, found.length - 1) + step + found.length) % found.length);
    else if (event.key === 'Enter' && current !== undefined) onPick(current.key);
    else if (event.key === 'Escape' || event.key === 'Tab') onDismiss();
    else if (step === 0) return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div className="pick-veil" onPointerDown={onDismiss}>
      <div className="pick-list" role="dialog" aria-label={label} style={placeInside(at)} onPointerDown={(event) => event.stopPropagation()}>
        <div className="pick-search">
          <Icon name="search" />
          <input
            ref={input}
            role="combobox"
            aria-label={label}
            aria-expanded="true"
            aria-controls={`${id}-list`}
            aria-autocomplete="list"
            {...(current === undefined ? {} : { 'aria-activedescendant': `${id}-${current.key}` })}
            placeholder={placeholder}
            value={query}
            spellCheck={false}
            onChange={(event) => {
              setQuery(event.target.value);
              setChosen(0);
            }}
            onKeyDown={onKeyDown}
          />
        </div>
        <ul id={`${id}-list`} role="listbox" aria-label={label} ref={list}>
          {found.map((item, index) => (
            <li
              key={item.key}
              id={`${id}-${item.key}`}
              role="option"
              aria-selected={item === current}
              onPointerMove={() => setChosen(index)}
              onClick={() => onPick(item.key)}
            >
              {item.category === undefined ? <span /> : <CategoryGlyph category={item.category} />}
              <span className="pick-title">{item.title}</span>
              <span className="pick-detail">{item.detail}</span>
            </li>
          ))}
        </ul>
        {found.length === 0 ? <p className="pick-nothing">{nothing}</p> : null}
      </div>
    </div>
  );
}

/** The list stays inside the window. */
function placeInside({ x, y }: { readonly x: number; readonly y: number }): { readonly left: number; readonly top: number } {
  return { left: Math.max(8, Math.min(x, window.innerWidth - width - 8)), top: Math.max(8, Math.min(y, window.innerHeight - height - 8)) };
}
