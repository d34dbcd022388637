import { useConnection, type ConnectionLineComponentProps } from '@xyflow/react';
import { curvePath, wireCurve } from '../../../core/drawing/wire-geometry.ts';
import { connectionProblem } from '../graph/connect.ts';
import { endsOf } from './flow-adapter.ts';
import { graphToWire } from './use-flow-events.ts';

/** The wire that is being drawn. */
export function ConnectionLine({ fromX, fromY, toX, toY, fromHandle, connectionStatus }: ConnectionLineComponentProps): React.JSX.Element {
  const pointer = { x: toX, y: toY };
  const origin = { x: fromX, y: fromY };
  const curve = fromHandle.type === 'source' ? wireCurve(origin, pointer) : wireCurve(pointer, origin);
  return <path className={`wire-line connection-${connectionStatus ?? 'open'}`} d={curvePath(curve)} />;
}

/** Why the port under the pointer does not take the wire, in words, while it is dragged there. */
export function ConnectionProblem(): React.JSX.Element | null {
  const problem = useConnection((connection) => {
    if (!connection.inProgress || connection.toHandle === null) return null;
    const { fromHandle, toHandle } = connection;
    const fromOutput = fromHandle.type === 'source';
    if (fromHandle.type === toHandle.type) {
      if (fromHandle.nodeId === toHandle.nodeId && fromHandle.id === toHandle.id) return null;
      return fromOutput ? 'This is an output too: end the wire at an input, on the left of a node.' : 'This is an input too: end the wire at an output, on the right of a node.';
    }
    const [source, target] = fromOutput ? [fromHandle, toHandle] : [toHandle, fromHandle];
    const ends = endsOf({ source: source.nodeId, sourceHandle: source.id ?? null, target: target.nodeId, targetHandle: target.id ?? null });
    return ends === null ? null : connectionProblem(graphToWire(), ends.from, ends.to);
  });
  if (problem === null) return null;
  return (
    <div className="connection-problem" role="status">
      {problem}
    </div>
  );
}
