import { currentDocument } from '../state/document-store.ts';
import { selectNodes, selectNothing, useSelection } from '../state/selection-store.ts';
import { useQuestion } from '../state/questions-store.ts';
import { useView } from '../state/view-store.ts';
import { nudgeSelection } from './actions/move-nodes.ts';
import { canvasControl } from './canvas-control.ts';
import { graphGeometry } from '../../core/drawing/graph-geometry.ts';
import { neighbour, type Direction } from './geometry/neighbour.ts';
import { gridStep } from '../../core/drawing/node-geometry.ts';

const arrows: Readonly<Record<string, Direction>> = { ArrowLeft: 'left', ArrowRight: 'right', ArrowUp: 'up', ArrowDown: 'down' };
const steps: Readonly<Record<Direction, readonly [x: number, y: number]>> = { left: [-1, 0], right: [1, 0], up: [0, -1], down: [0, 1] };

/** Arrows, Enter and Escape while the canvas has the focus, or nothing has. Gives the function that ends it. */
export function listenToCanvasKeys(page: Window): () => void {
  const onKeyDown = (event: KeyboardEvent) => {
    const { dialog, quickAdd, connecting } = useView.getState();
    const isElsewhere = !(event.target instanceof Element) || (event.target !== document.body && event.target.closest('.workspace-canvas') === null);
    if (event.defaultPrevented || isElsewhere || event.ctrlKey || event.metaKey) return;
    if (dialog !== null || quickAdd !== null || connecting !== null || useQuestion.getState().question !== null) return;
    if (onCanvasKey(event)) event.preventDefault();
  };
  page.addEventListener('keydown', onKeyDown);
  return () => page.removeEventListener('keydown', onKeyDown);
}

/** Whether the key meant something. */
function onCanvasKey({ key, altKey, shiftKey, target }: KeyboardEvent): boolean {
  const direction = arrows[key];
  if (direction !== undefined) {
    if (altKey) nudgeSelection(steps[direction][0] * gridStep * (shiftKey ? 4 : 1), steps[direction][1] * gridStep * (shiftKey ? 4 : 1));
    else goTo(direction, shiftKey);
    return true;
  }
  if (key === 'Escape') {
    selectNothing();
    return true;
  }
  const isButton = target instanceof Element && target.closest('button') !== null;
  if ((key === 'Enter' || key === ' ') && !isButton) {
    const { current, nodes } = useSelection.getState();
    if (current === null) return false;
    if (key === ' ' || !nodes.has(current)) selectNodes([current]);
    else document.querySelector<HTMLElement>('[data-region="inspector"] :is(input, select, button)')?.focus();
    return true;
  }
  return false;
}

/** Selects the nearest node in a direction; with nothing to start from, the first one. */
function goTo(direction: Direction, extend: boolean): void {
  const graph = currentDocument();
  const { current, nodes } = useSelection.getState();
  const { rectangles } = graphGeometry(graph);
  const isFresh = current === null || nodes.size === 0;
  const next = isFresh ? (current ?? graph.nodes[0]?.id) : neighbour(rectangles, current, direction);
  if (next === undefined) return;
  selectNodes(extend ? [...nodes, next] : [next]);
  useSelection.setState({ current: next });
  canvasControl()?.reveal([next]);
  canvasControl()?.focus(next);
}
