import { Background, ConnectionMode, Panel, ReactFlow, ReactFlowProvider, SelectionMode, useConnection, useReactFlow, useStore, useStoreApi } from '@xyflow/react';
import { useEffect, useRef } from 'react';
import { useDocument } from '../../state/document-store.ts';
import { gridStep } from '../../../core/drawing/node-geometry.ts';
import { openQuickAdd } from '../../state/view-store.ts';
import { canvasControl, registerCanvas } from '../canvas-control.ts';
import { useDrag } from '../drag-store.ts';
import { isFar, showZoomLevel, zoomLevel } from '../zoom-level.ts';
import { ConnectionLine, ConnectionProblem } from './connection-view.tsx';
import type { FlowNode, FlowWire } from './flow-adapter.ts';
import { flowControl } from './flow-control.ts';
import { NodeView } from './node-view.tsx';
import { OverviewMap } from './overview-map.tsx';
import { StillWires } from './still-wires.tsx';
import { useFlowEvents } from './use-flow-events.ts';
import { useFlowGraph } from './use-flow-graph.ts';
import { WireView } from './wire-view.tsx';

const nodeTypes = { unroll: NodeView };
const edgeTypes = { unroll: WireView };
const snapGrid: [number, number] = [gridStep, gridStep];
/** Around a point beside each end of a wire; its half at the port is the port's own. In canvas pixels. */
const reconnectRadius = 14;
const noAttribution = { hideAttribution: true } as const;

export function FlowCanvas(): React.JSX.Element {
  return (
    <ReactFlowProvider>
      <Flow />
    </ReactFlowProvider>
  );
}

function Flow(): React.JSX.Element {
  const { nodes, wires, stillWires } = useFlowGraph();
  const events = useFlowEvents();
  const wrapper = useRef<HTMLDivElement>(null);
  const flow = useReactFlow<FlowNode, FlowWire>();
  const store = useStoreApi<FlowNode, FlowWire>();
  const project = useDocument((state) => state.project?.handle ?? null);
  const isMeasured = useStore((state) => state.width > 0);
  const isDragging = useDrag((state) => state.positions.size > 0);
  const level = useStore((state) => zoomLevel(state.transform[2]));
  useEffect(() => showZoomLevel(level), [level]);
  useEffect(() => {
    const element = wrapper.current;
    return element === null ? undefined : registerCanvas(flowControl(flow, store, element));
  }, [flow, store]);
  // Each project opens whole; what follows is the person's to move.
  useEffect(() => {
    if (isMeasured) canvasControl()?.fit('at-once');
  }, [project, isMeasured]);
  return (
    <div className="flow" data-zoom={level} data-dragging={isDragging ? 'yes' : undefined} ref={wrapper} onDoubleClick={onDoubleClick}>
      <ReactFlow<FlowNode, FlowWire>
        nodes={nodes}
        edges={wires}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        {...events}
        connectionMode={ConnectionMode.Strict}
        connectionLineComponent={ConnectionLine}
        connectionRadius={24}
        connectOnClick={false}
        deleteKeyCode={null}
        multiSelectionKeyCode={['Control', 'Meta', 'Shift']}
        selectionMode={SelectionMode.Partial}
        disableKeyboardA11y
        nodesFocusable={false}
        edgesFocusable={false}
        edgesReconnectable={!isFar(level)}
        reconnectRadius={reconnectRadius}
        elevateNodesOnSelect={false}
        zoomOnDoubleClick={false}
        onlyRenderVisibleElements
        snapToGrid
        snapGrid={snapGrid}
        minZoom={0.1}
        maxZoom={2.5}
        proOptions={noAttribution}
      >
        <Background gap={gridStep * 3} size={1.5} />
        <Panel position="bottom-right">
          <OverviewMap />
        </Panel>
        <StillWires wires={stillWires} />
        <ConnectionProblem />
        {/* While nodes are dragged the pointer meets this alone: among a thousand nodes it is slow to find what lies under it. */}
        {isDragging ? <div className="drag-shield" /> : null}
        <ConnectingMark />
      </ReactFlow>
    </div>
  );
}

/** Tells the style sheet what is being wired, so that ports that do not fit step back without being drawn again. */
function ConnectingMark(): React.JSX.Element | null {
  const mark = useConnection((connection) => {
    if (!connection.inProgress) return null;
    const { nodeId: node, id, type } = connection.fromHandle;
    const ports = connection.fromNode.data['ports'] as FlowNode['data']['ports'];
    const list = type === 'source' ? ports.outputs : ports.inputs;
    const carries = list.find((port) => port.name === id)?.carries ?? 'unknown';
    return `${carries} ${type === 'source' ? 'input' : 'output'} ${node}`;
  });
  const [carries = '', wanted = ''] = mark?.split(' ') ?? [];
  return mark === null ? null : <div className="connecting-mark" data-carries={carries} data-wanted={wanted} />;
}

/** Quick add where nothing is. */
function onDoubleClick(event: React.MouseEvent): void {
  if (!(event.target instanceof Element) || !event.target.classList.contains('react-flow__pane')) return;
  const at = { x: event.clientX, y: event.clientY };
  openQuickAdd({ position: canvasControl()?.toCanvas(at) ?? null, at, end: null, after: null });
}
