import { useMemo, useRef } from 'react';
import { presentDocument, useDocument } from '../../state/document-store.ts';
import { useSelection } from '../../state/selection-store.ts';
import { useDrag } from '../drag-store.ts';
import { isFar, useZoomLevel } from '../zoom-level.ts';
import { asNodeId, asWireId, flowNodes, flowWires, withDragged, type FlowNode, type FlowWire } from './flow-adapter.ts';

const none: FlowWire[] = [];

interface FlowGraph {
  readonly nodes: FlowNode[];
  readonly wires: FlowWire[];
  /** From very far: wires that nothing moves or marks, to be drawn together. */
  readonly stillWires: readonly FlowWire[];
}

/** What React Flow draws now: places while dragging from the drag, all else from the document. */
export function useFlowGraph(): FlowGraph {
  const document = useDocument(presentDocument);
  const survey = useDocument((state) => state.survey);
  const selectedNodes = useSelection((state) => state.nodes);
  const selectedWires = useSelection((state) => state.wires);
  const current = useSelection((state) => state.current);
  const dragged = useDrag((state) => state.positions);
  const moving = useDrag((state) => state.moving);
  const dropWire = useDrag((state) => state.wire);
  const isBlocks = useZoomLevel(({ level }) => isFar(level));
  const oldNodes = useRef<ReadonlyMap<string, FlowNode>>(new Map());
  const oldWires = useRef<ReadonlyMap<string, FlowWire>>(new Map());
  const placed = useMemo(() => {
    oldNodes.current = flowNodes(document, { selectedNodes, current }, oldNodes.current);
    return [...oldNodes.current.values()];
  }, [document, selectedNodes, current]);
  const nodes = useMemo(() => (dragged.size === 0 ? placed : withDragged(placed, dragged)), [placed, dragged]);
  const allWires = useMemo(() => {
    oldWires.current = flowWires(document, survey, { selectedWires }, oldWires.current);
    return [...oldWires.current.values()];
  }, [document, survey, selectedWires]);
  const { wires, stillWires } = useMemo(() => {
    if (!isBlocks) return { wires: allWires, stillWires: none };
    const isOwn = ({ id, source, target, selected }: FlowWire) =>
      selected === true || asWireId(id) === dropWire || moving.has(asNodeId(source)) || moving.has(asNodeId(target));
    return { wires: allWires.filter(isOwn), stillWires: allWires.filter((wire) => !isOwn(wire)) };
  }, [allWires, isBlocks, moving, dropWire]);
  return { nodes, wires, stillWires };
}
