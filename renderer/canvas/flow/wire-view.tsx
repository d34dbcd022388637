import type { EdgeProps } from '@xyflow/react';
import { memo } from 'react';
import type { NodePosition } from '../../../core/graph/graph-document.ts';
import { useDrag } from '../drag-store.ts';
import { columnDistance, portOffset } from '../geometry/node-geometry.ts';
import { curvePath, pointOnCurve, wireCurve } from '../geometry/wire-geometry.ts';
import { labelLines } from '../graph/wire-label.ts';
import { useZoomLevel, type ZoomLevel } from '../zoom-level.ts';
import type { FlowWire } from './flow-adapter.ts';

/** A wire with what runs on it. */
export const WireView = memo(function WireView({ id, sourceX, sourceY, targetX, targetY, selected, data }: EdgeProps<FlowWire>): React.JSX.Element {
  const isDropTarget = useDrag((state) => state.wire === id);
  const level = useZoomLevel((state) => state.level);
  const curve = wireCurve({ x: sourceX, y: sourceY }, { x: targetX, y: targetY });
  const path = curvePath(curve);
  const classes = ['wire', `wire-${data?.carries ?? 'unknown'}`, selected === true ? 'wire-selected' : '', isDropTarget ? 'wire-drop' : ''];
  return (
    <g className={classes.join(' ')}>
      <path d={path} className="wire-reach react-flow__edge-interaction" />
      <path d={path} className="wire-line react-flow__edge-path" />
      {level === 'far' || data === undefined || data.label === '' ? null : (
        <WireLabel label={data.label} level={level} middle={pointOnCurve(curve, 0.5)} distance={Math.abs(targetX - sourceX)} />
      )}
    </g>
  );
});

interface WireLabelProps {
  readonly label: string;
  readonly level: Exclude<ZoomLevel, 'far'>;
  readonly middle: NodePosition;
  /** Between the ports that it joins, in canvas pixels. */
  readonly distance: number;
}

const typeSizes = { near: 10.5, middle: 17 } as const;
const portMargin = 12;
const aboveNodes = portOffset('output', 0).y + 12;

/** Between the nodes; from farther off it is larger and stands above them. */
function WireLabel({ label, level, middle, distance }: WireLabelProps): React.JSX.Element {
  const typeSize = typeSizes[level];
  const lineHeight = typeSize * 1.25;
  const lines = labelLines(label, level === 'near' ? distance - portMargin : columnDistance - portMargin, typeSize);
  const first = level === 'near' ? middle.y - ((lines.length - 1) * lineHeight) / 2 : middle.y - aboveNodes - (lines.length - 1) * lineHeight;
  return (
    <text className="wire-label" y={first} fontSize={typeSize} aria-hidden="true">
      {lines.map((line, index) => (
        <tspan key={line} x={middle.x} dy={index === 0 ? '0.35em' : lineHeight}>
          {index === 0 ? line : ` ${line}`}
        </tspan>
      ))}
    </text>
  );
}
