import type { EdgeProps } from '@xyflow/react';
import { memo } from 'react';
import { useDrag } from '../drag-store.ts';
import { pointOnCurve, curvePath, wireCurve } from '../geometry/wire-geometry.ts';
import { labelLines } from '../graph/wire-label.ts';
import type { FlowWire } from './flow-adapter.ts';

const lineHeight = 13;
const labelMargin = 12;

/** A wire with its shape: in one line where there is room, else a line an axis. */
export const WireView = memo(function WireView({ id, sourceX, sourceY, targetX, targetY, selected, data }: EdgeProps<FlowWire>): React.JSX.Element {
  const isDropTarget = useDrag((state) => state.wire === id);
  const curve = wireCurve({ x: sourceX, y: sourceY }, { x: targetX, y: targetY });
  const path = curvePath(curve);
  const middle = pointOnCurve(curve, 0.5);
  const lines = labelLines(data?.label ?? '', Math.abs(targetX - sourceX) - labelMargin);
  const classes = ['wire', `wire-${data?.carries ?? 'unknown'}`, selected === true ? 'wire-selected' : '', isDropTarget ? 'wire-drop' : ''];
  return (
    <g className={classes.join(' ')}>
      <path d={path} className="wire-reach react-flow__edge-interaction" />
      <path d={path} className="wire-line react-flow__edge-path" />
      {lines.length === 0 ? null : (
        <text className="wire-label" x={middle.x} y={middle.y - ((lines.length - 1) * lineHeight) / 2} aria-hidden="true">
          {lines.map((line, index) => (
            <tspan key={line} x={middle.x} dy={index === 0 ? '0.35em' : lineHeight}>
              {index === 0 ? line : ` ${line}`}
            </tspan>
          ))}
        </text>
      )}
    </g>
  );
});
