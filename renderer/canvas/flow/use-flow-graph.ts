import { useMemo, useRef } from 'react';
import { presentDocument, useDocument } from '../../state/document-store.ts';
import { useSelection } from '../../state/selection-store.ts';
import { useDrag } from '../drag-store.ts';
import { flowNodes, flowWires, withDragged, type FlowNode, type FlowWire } from './flow-adapter.ts';

/** What React Flow draws now: places while dragging from the drag, all else from the document. */
export function useFlowGraph(): { readonly nodes: FlowNode[]; readonly wires: FlowWire[] } {
  const document = useDocument(presentDocument);
  const survey = useDocument((state) => state.survey);
  const selectedNodes = useSelection((state) => state.nodes);
  const selectedWires = useSelection((state) => state.wires);
  const current = useSelection((state) => state.current);
  const dragged = useDrag((state) => state.positions);
  const oldNodes = useRef<ReadonlyMap<string, FlowNode>>(new Map());
  const oldWires = useRef<ReadonlyMap<string, FlowWire>>(new Map());
  const placed = useMemo(() => {
    oldNodes.current = flowNodes(document, { selectedNodes, current }, oldNodes.current);
    return [...oldNodes.current.values()];
  }, [document, selectedNodes, current]);
  const nodes = useMemo(() => (dragged.size === 0 ? placed : withDragged(placed, dragged)), [placed, dragged]);
  const wires = useMemo(() => {
    oldWires.current = flowWires(document, survey, { selectedWires }, oldWires.current);
    return [...oldWires.current.values()];
  }, [document, survey, selectedWires]);
  return { nodes, wires };
}
