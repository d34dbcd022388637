import { useEffect, useState, type DragEvent, type MouseEvent } from 'react';
import { EmptyState } from '../components/empty-state.tsx';
import { Button } from '../components/button.tsx';
import { catalog } from '../../core/nodes/catalog.ts';
import { currentDocument, presentDocument, useDocument } from '../state/document-store.ts';
import { useView } from '../state/view-store.ts';
import { runCommand } from '../app/commands.ts';
import { dropNode } from './actions/add-node.ts';
import { spliceReach } from './actions/move-nodes.ts';
import { canvasControl } from './canvas-control.ts';
import { CanvasMenu, canvasMenuPlace, type CanvasMenuPlace } from './canvas-menu.tsx';
import { listenToCanvasKeys } from './canvas-keys.ts';
import { listenToClipboard } from './clipboard/clipboard-events.ts';
import { showDropWire } from './drag-store.ts';
import { FlowCanvas } from './flow/flow-canvas.tsx';
import { graphGeometry, wireNear } from '../../core/drawing/graph-geometry.ts';
import { splicePorts } from './graph/splice.ts';
import { ConnectList } from './quick-add/connect-list.tsx';
import { QuickAddList } from './quick-add/quick-add-list.tsx';
import type { Wire } from '../../core/graph/graph-document.ts';

/** Where the graph is drawn. */
export function Canvas(): React.JSX.Element {
  const isEmpty = useDocument((state) => presentDocument(state).nodes.length === 0);
  const [menu, setMenu] = useState<CanvasMenuPlace | null>(null);
  const onContextMenu = (event: MouseEvent) => {
    const place = canvasMenuPlace(event);
    if (place === null) return;
    event.preventDefault();
    setMenu(place);
  };
  useEffect(() => listenToClipboard(document), []);
  useEffect(() => listenToCanvasKeys(window), []);
  return (
    <div className="canvas" onDragOver={onDragOver} onDragLeave={() => showDropWire(null)} onDrop={onDrop} onContextMenu={onContextMenu}>
      <FlowCanvas />
      {isEmpty ? <EmptyCanvas /> : null}
      <QuickAddList />
      <ConnectList />
      {menu === null ? null : <CanvasMenu place={menu} onClose={() => setMenu(null)} />}
    </div>
  );
}

function EmptyCanvas(): React.JSX.Element {
  return (
    <div className="canvas-empty">
      <EmptyState title="Nothing drawn yet" text="Start with a Series node. Drag it here from the palette, double-click the canvas, or drop a CSV file.">
        <Button icon="plus" onClick={() => runCommand('quick-add')}>
          Add a node
        </Button>
      </EmptyState>
    </div>
  );
}

/** The wire that the node type dragged from the palette would be spliced into. */
function wireUnder(event: DragEvent, type: string): Wire | undefined {
  const point = canvasControl()?.toCanvas({ x: event.clientX, y: event.clientY });
  const graph = currentDocument();
  const fitting = graph.wires.filter((wire) => splicePorts(graph, wire, type) !== null);
  return point === undefined ? undefined : wireNear(graphGeometry(graph), fitting, point, spliceReach);
}

function onDragOver(event: DragEvent): void {
  const { draggedType } = useView.getState();
  if (draggedType === null) return;
  event.preventDefault();
  showDropWire(wireUnder(event, draggedType)?.id ?? null);
}

function onDrop(event: DragEvent): void {
  const { draggedType } = useView.getState();
  const type = draggedType === null ? undefined : catalog.get(draggedType);
  const point = canvasControl()?.toCanvas({ x: event.clientX, y: event.clientY });
  showDropWire(null);
  if (type === undefined || point === undefined) return;
  event.preventDefault();
  dropNode(type, point, wireUnder(event, type.type));
}
