import type { ReactFlowInstance, ReactFlowState } from '@xyflow/react';
import type { NodeId } from '../../../core/graph/identifiers.ts';
import { currentDocument } from '../../state/document-store.ts';
import { useApplication } from '../../state/application-store.ts';
import type { CanvasControl } from '../canvas-control.ts';
import { graphGeometry } from '../../../core/drawing/graph-geometry.ts';
import { boundsOf, overlap } from '../../../core/drawing/node-geometry.ts';
import type { FlowNode, FlowWire } from './flow-adapter.ts';

interface FlowStore {
  readonly getState: () => Pick<ReactFlowState<FlowNode, FlowWire>, 'width' | 'height' | 'transform'>;
}

const widest = 1;
const farthest = 0.1;
const margin = 48;

function motionMilliseconds(): number {
  const { reducedMotion } = useApplication.getState().preferences;
  const isReduced = reducedMotion === 'on' || (reducedMotion === 'system' && matchMedia('(prefers-reduced-motion: reduce)').matches);
  return isReduced ? 0 : 160;
}

/** What the window can ask of this React Flow; element: what it lies in. */
export function flowControl(flow: ReactFlowInstance<FlowNode, FlowWire>, store: FlowStore, element: HTMLElement): CanvasControl {
  const fit: CanvasControl['fit'] = (how) => {
    const { width, height } = store.getState();
    const bounds = boundsOf([...graphGeometry(currentDocument()).rectangles.values()]);
    if (bounds.width === 0 || width === 0) return;
    const zoom = Math.min(widest, Math.max(farthest, Math.min((width - 2 * margin) / bounds.width, (height - 2 * margin) / bounds.height)));
    void flow.setCenter(bounds.x + bounds.width / 2, bounds.y + bounds.height / 2, { zoom, duration: how === 'at-once' ? 0 : motionMilliseconds() });
  };
  const toCanvas: CanvasControl['toCanvas'] = (point) => flow.screenToFlowPosition({ ...point }, { snapToGrid: false });
  const seen = () => {
    const { width, height, transform: [x, y, zoom] } = store.getState();
    return { x: -x / zoom, y: -y / zoom, width: width / zoom, height: height / zoom };
  };
  const reveal = (nodes: readonly NodeId[]) => {
    const { rectangles } = graphGeometry(currentDocument());
    const wanted = nodes.flatMap((node) => rectangles.get(node) ?? []);
    if (wanted.every((rectangle) => overlap(rectangle, seen(), -rectangle.width))) return;
    const bounds = boundsOf(wanted);
    void flow.setCenter(bounds.x + bounds.width / 2, bounds.y + bounds.height / 2, { zoom: flow.getZoom(), duration: motionMilliseconds() });
  };
  const focus = (node: NodeId | null, tries = 5) => {
    const target = node === null ? element.querySelector<HTMLElement>('.react-flow__node[tabindex="0"]') : element.querySelector<HTMLElement>(`.react-flow__node[data-id="${CSS.escape(node)}"]`);
    if (target !== null) target.focus({ preventScroll: true });
    // The node may be drawn with the next frames only.
    else if (tries > 0) requestAnimationFrame(() => focus(node, tries - 1));
    else element.closest<HTMLElement>('.workspace-canvas')?.focus({ preventScroll: true });
  };
  return {
    fit,
    reveal,
    toCanvas,
    toWindow: (position) => flow.flowToScreenPosition({ ...position }),
    middle: () => {
      const { x, y, width, height } = seen();
      return { x: x + width / 2, y: y + height / 2 };
    },
    zoomIn: () => void flow.zoomIn({ duration: motionMilliseconds() }),
    zoomOut: () => void flow.zoomOut({ duration: motionMilliseconds() }),
    focus: (node) => focus(node),
  };
}
