import { Background, ConnectionMode, MiniMap, ReactFlow, ReactFlowProvider, SelectionMode, useConnection, useReactFlow, useStore, useStoreApi } from '@xyflow/react';
import { useEffect, useRef } from 'react';
import { catalog } from '../../../core/nodes/catalog.ts';
import { useDocument } from '../../state/document-store.ts';
import { gridStep } from '../geometry/node-geometry.ts';
import { openQuickAdd } from '../../state/view-store.ts';
import { categoryColor } from '../../theme/categories.ts';
import { canvasControl, registerCanvas } from '../canvas-control.ts';
import { showZoomLevel, zoomLevel } from '../zoom-level.ts';
import { ConnectionLine, ConnectionProblem } from './connection-view.tsx';
import type { FlowNode, FlowWire } from './flow-adapter.ts';
import { flowControl } from './flow-control.ts';
import { NodeView } from './node-view.tsx';
import { useFlowEvents } from './use-flow-events.ts';
import { useFlowGraph } from './use-flow-graph.ts';
import { WireView } from './wire-view.tsx';

const nodeTypes = { unroll: NodeView };
const edgeTypes = { unroll: WireView };
const snapGrid: [number, number] = [gridStep, gridStep];
const closest = { padding: 0.12, maxZoom: 1, minZoom: 0.3 } as const;
const noAttribution = { hideAttribution: true } as const;

export function FlowCanvas(): React.JSX.Element {
  return (
    <ReactFlowProvider>
      <Flow />
    </ReactFlowProvider>
  );
}

function Flow(): React.JSX.Element {
  const { nodes, wires } = useFlowGraph();
  const events = useFlowEvents();
  const wrapper = useRef<HTMLDivElement>(null);
  const flow = useReactFlow<FlowNode, FlowWire>();
  const store = useStoreApi<FlowNode, FlowWire>();
  const project = useDocument((state) => state.project?.handle ?? null);
  const level = useStore((state) => zoomLevel(state.transform[2]));
  useEffect(() => showZoomLevel(level), [level]);
  useEffect(() => {
    const element = wrapper.current;
    return element === null ? undefined : registerCanvas(flowControl(flow, store, element));
  }, [flow, store]);
  // Each project opens whole; what follows is the person's to move.
  useEffect(() => {
    const frame = requestAnimationFrame(() => canvasControl()?.fit());
    return () => cancelAnimationFrame(frame);
  }, [project]);
  return (
    <div className="flow" data-zoom={level} ref={wrapper} onDoubleClick={onDoubleClick}>
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
        elevateNodesOnSelect={false}
        zoomOnDoubleClick={false}
        onlyRenderVisibleElements
        snapToGrid
        snapGrid={snapGrid}
        minZoom={0.1}
        maxZoom={2.5}
        fitView
        fitViewOptions={closest}
        proOptions={noAttribution}
      >
        <Background gap={gridStep * 3} size={1.5} />
        <MiniMap<FlowNode> pannable zoomable nodeColor={minimapColor} nodeStrokeWidth={0} ariaLabel="Map of the whole graph" />
        <ConnectionProblem />
        <ConnectingMark />
      </ReactFlow>
    </div>
  );
}

function minimapColor(node: FlowNode): string {
  const type = useDocument.getState().survey.nodes.get(node.id as never)?.node.type ?? '';
  return categoryColor(catalog.get(type)?.category);
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
