import { create } from 'zustand';
import type { NodePosition } from '../../core/graph/graph-document.ts';
import type { NodeId, WireId } from '../../core/graph/identifiers.ts';

/** What is under way on the canvas and not in the document yet. */
export interface DragState {
  /** Where dragged nodes are meanwhile. */
  readonly positions: ReadonlyMap<NodeId, NodePosition>;
  /** Which nodes are dragged: the very same set from the first move to the drop. */
  readonly moving: ReadonlySet<NodeId>;
  /** The wire that what is dragged would be spliced into. */
  readonly wire: WireId | null;
  /** The wire whose end is being moved to another port. */
  readonly rewired: WireId | null;
}

const none: DragState = { positions: new Map(), moving: new Set(), wire: null, rewired: null };

export const useDrag = create<DragState>()(() => none);

export function showDragged(moved: ReadonlyMap<NodeId, NodePosition>, wire: WireId | null): void {
  useDrag.setState(({ positions, moving }) => {
    const all = new Map([...positions, ...moved]);
    return { positions: all, moving: all.size === moving.size ? moving : new Set(all.keys()), wire };
  });
}

export function showDropWire(wire: WireId | null): void {
  if (useDrag.getState().wire !== wire) useDrag.setState({ wire });
}

export function startRewiring(wire: WireId): void {
  useDrag.setState({ ...none, rewired: wire });
}

export function endDrag(): void {
  useDrag.setState(none);
}
