import type { NodePosition } from '../../core/graph/graph-document.ts';
import type { NodeId } from '../../core/graph/identifiers.ts';

interface WindowPoint {
  readonly x: number;
  readonly y: number;
}

/** What the rest of the window can ask of the canvas that is shown. */
export interface CanvasControl {
  /** at-once: without a motion, which a click would stop half-way. */
  readonly fit: (how?: 'at-once') => void;
  readonly zoomIn: () => void;
  readonly zoomOut: () => void;
  /** Moves the canvas so that the nodes can be seen, if they cannot. */
  readonly reveal: (nodes: readonly NodeId[]) => void;
  /** From pixels of the window to canvas pixels. */
  readonly toCanvas: (point: WindowPoint) => NodePosition;
  readonly toWindow: (position: NodePosition) => WindowPoint;
  /** The middle of what is seen, in canvas pixels. */
  readonly middle: () => NodePosition;
  /** Puts the keyboard on the canvas, on a node if one is given. */
  readonly focus: (node: NodeId | null) => void;
}

let shown: CanvasControl | null = null;

/** null while no canvas is shown. */
export function canvasControl(): CanvasControl | null {
  return shown;
}

/** For the canvas alone: says that it is shown; gives the function that takes it back. */
export function registerCanvas(control: CanvasControl): () => void {
  shown = control;
  return () => {
    if (shown === control) shown = null;
  };
}
