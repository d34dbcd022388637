import { create } from 'zustand';
import type { NodePosition } from '../../core/graph/graph-document.ts';
import type { NodeId, WireId } from '../../core/graph/identifiers.ts';

/** What is under way on the canvas and not in the document yet. */
export interface DragState {
  /** Where dragged nodes are meanwhile. */
  readonly positions: ReadonlyMap<NodeId, NodePosition>;
  /** The wire that what is dragged would be spliced into. */
  readonly wire: WireId | null;
}

const none: DragState = { positions: new Map(), wire: null };

export const useDrag = create<DragState>()(() => none);

export function showDragged(moved: ReadonlyMap<NodeId, NodePosition>, wire: WireId | null): void {
  useDrag.setState(({ positions }) => ({ positions: new Map([...positions, ...moved]), wire }));
}

export function showDropWire(wire: WireId | null): void {
  if (useDrag.getState().wire !== wire) useDrag.setState({ wire });
}

export function endDrag(): void {
  useDrag.setState(none);
}
