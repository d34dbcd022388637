import { create } from 'zustand';
import type { Where } from '../../core/diagnostics/diagnostic.ts';
import type { GraphDocument } from '../../core/graph/graph-document.ts';
import type { NodeId, WireId } from '../../core/graph/identifiers.ts';
import { presentDocument, useDocument } from './document-store.ts';

export interface SelectionState {
  readonly nodes: ReadonlySet<NodeId>;
  readonly wires: ReadonlySet<WireId>;
  /** The node that the keyboard stands on. */
  readonly current: NodeId | null;
  /** A parameter that the inspector shall put the focus on. */
  readonly parameter: string | null;
}

const nothing: SelectionState = { nodes: new Set(), wires: new Set(), current: null, parameter: null };

export const useSelection = create<SelectionState>()(() => nothing);

export function selectNothing(): void {
  useSelection.setState((state) => ({ ...nothing, current: state.current }));
}

export function selectNodes(nodes: Iterable<NodeId>, wires: Iterable<WireId> = []): void {
  const chosen = new Set(nodes);
  useSelection.setState((state) => {
    const current = state.current !== null && chosen.has(state.current) ? state.current : ([...chosen].at(-1) ?? state.current);
    return { nodes: chosen, wires: new Set(wires), current, parameter: null };
  });
}

export function selectWires(wires: Iterable<WireId>): void {
  useSelection.setState({ nodes: new Set(), wires: new Set(wires), parameter: null });
}

/** Selects what a diagnostic speaks of; false where that is nothing on the canvas. */
export function selectPlace(where: Where): boolean {
  if (where.kind === 'wire') {
    selectWires([where.wire]);
    return true;
  }
  if (where.kind !== 'node') return false;
  selectNodes([where.node]);
  useSelection.setState({ parameter: where.parameter ?? null });
  return true;
}

/** The one selected node, if it is one and nothing else. */
export function onlyNode({ nodes, wires }: SelectionState): NodeId | null {
  const [node] = nodes;
  return nodes.size === 1 && wires.size === 0 && node !== undefined ? node : null;
}

/** The selection without what the document no longer has. */
function keepExisting(state: SelectionState, document: GraphDocument): SelectionState {
  const nodes = new Set(document.nodes.map((node) => node.id));
  const wires = new Set(document.wires.map((wire) => wire.id));
  const isWhole = [...state.nodes].every((node) => nodes.has(node)) && [...state.wires].every((wire) => wires.has(wire));
  const current = state.current !== null && nodes.has(state.current) ? state.current : null;
  if (isWhole && current === state.current) return state;
  return {
    nodes: new Set([...state.nodes].filter((node) => nodes.has(node))),
    wires: new Set([...state.wires].filter((wire) => wires.has(wire))),
    current,
    parameter: null,
  };
}

useDocument.subscribe((state, previous) => {
  const document = presentDocument(state);
  const before = presentDocument(previous);
  if (document.nodes === before.nodes && document.wires === before.wires) return;
  useSelection.setState((selection) => keepExisting(selection, document));
});
