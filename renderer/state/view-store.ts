import { create } from 'zustand';
import type { NodePosition, PortReference } from '../../core/graph/graph-document.ts';
import type { NodeId } from '../../core/graph/identifiers.ts';

export type DockTab = 'data' | 'training' | 'evaluation' | 'runs' | 'problems';

/** A wish to add a node by name. */
export interface QuickAdd {
  /** Where the node goes, in canvas pixels; null: beside `after`, or where there is room. */
  readonly position: NodePosition | null;
  /** Where the list opens, in pixels of the window; null: over the middle of the canvas. */
  readonly at: { readonly x: number; readonly y: number } | null;
  /** An open end of a wire: only what fits is offered, and is wired to it. */
  readonly end: { readonly port: PortReference; readonly direction: 'output' | 'input' } | null;
  /** The node that the new one is to follow, wired if its output fits. */
  readonly after: NodeId | null;
}

export type Panel = 'palette' | 'inspector' | 'dock';

export type DialogName = 'shortcuts' | 'preferences' | 'about' | 'gallery' | 'picture';

export interface ViewState {
  readonly dock: { readonly tab: DockTab; readonly open: boolean };
  /** In pixels: the height of the dock, the widths of the others. */
  readonly sizes: Readonly<Record<Panel, number>>;
  readonly paletteOpen: boolean;
  readonly inspectorOpen: boolean;
  /** Of the palette. */
  readonly foldedCategories: readonly string[];
  readonly dialog: DialogName | null;
  readonly quickAdd: QuickAdd | null;
  /** The node whose ports are to be wired by keyboard. */
  readonly connecting: NodeId | null;
  /** The node type that is being dragged from the palette. */
  readonly draggedType: string | null;
}

/** In a small window, or at a large zoom, the side panels would cover the canvas: they start closed. */
const isNarrow = typeof matchMedia === 'function' && matchMedia('(width <= 860px)').matches;

/** In pixels; `usual` until the person drags an edge. */
export const panelSizes = {
  palette: { least: 160, most: 400, usual: 200 },
  inspector: { least: 240, most: 560, usual: 288 },
  dock: { least: 120, most: 720, usual: 280 },
} as const satisfies Readonly<Record<Panel, { readonly least: number; readonly most: number; readonly usual: number }>>;

export const useView = create<ViewState>()(() => ({
  dock: { tab: 'training', open: true },
  sizes: { palette: panelSizes.palette.usual, inspector: panelSizes.inspector.usual, dock: panelSizes.dock.usual },
  paletteOpen: !isNarrow,
  inspectorOpen: !isNarrow,
  foldedCategories: [],
  dialog: null,
  quickAdd: null,
  connecting: null,
  draggedType: null,
}));

export function showDock(tab: DockTab): void {
  useView.setState(({ dock }) => ({ dock: { ...dock, tab, open: true } }));
}

export function toggleDock(): void {
  useView.setState(({ dock }) => ({ dock: { ...dock, open: !dock.open } }));
}

export function setPanelSize(panel: Panel, size: number): void {
  const { least, most } = panelSizes[panel];
  const kept = Math.min(most, Math.max(least, Math.round(size)));
  useView.setState(({ sizes }) => ({ sizes: { ...sizes, [panel]: kept } }));
}

export function foldCategory(category: string, folded: boolean): void {
  useView.setState(({ foldedCategories }) => ({
    foldedCategories: folded ? [...foldedCategories, category] : foldedCategories.filter((other) => other !== category),
  }));
}

export function togglePalette(): void {
  useView.setState(({ paletteOpen }) => ({ paletteOpen: !paletteOpen }));
}

export function toggleInspector(): void {
  useView.setState(({ inspectorOpen }) => ({ inspectorOpen: !inspectorOpen }));
}

export function showDialog(dialog: DialogName | null): void {
  useView.setState({ dialog });
}

export function openQuickAdd(quickAdd: QuickAdd): void {
  useView.setState({ quickAdd, connecting: null });
}

export function closeQuickAdd(): void {
  useView.setState({ quickAdd: null });
}

export function startConnecting(node: NodeId | null): void {
  useView.setState({ connecting: node, quickAdd: null });
}
