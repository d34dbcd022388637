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
        <WireLabel label={data.label} level={level} middle={pointOnCurve(curve, 0.5)} across={Math.abs(targetX - sourceX)} down={Math.abs(targetY - sourceY)} />
      )}
    </g>
  );
});

interface WireLabelProps {
  readonly label: string;
  readonly level: Exclude<ZoomLevel, 'far'>;
  readonly middle: NodePosition;
  /** Between the ports that it joins, in canvas pixels. */
  readonly across: number;
  readonly down: number;
}

const typeSize = 10.5;
const largeTypeSize = 17;
const portMargin = 12;
const aboveNodes = portOffset('output', 0).y + 12;
/** A wire that falls or rises by more than this is no longer between neighbours in a row. */
const levelFall = 24;

/** Between the nodes; from farther off it is large and stands above them, where they stand in a row. */
function WireLabel({ label, level, middle, across, down }: WireLabelProps): React.JSX.Element {
  const isAbove = level === 'middle' && down <= levelFall;
  const size = isAbove ? largeTypeSize : level === 'middle' ? (typeSize + largeTypeSize) / 2 : typeSize;
  const lineHeight = size * 1.25;
  const lines = labelLines(label, (isAbove ? columnDistance : across) - portMargin, size);
  const first = isAbove ? middle.y - aboveNodes - (lines.length - 1) * lineHeight : middle.y - ((lines.length - 1) * lineHeight) / 2;
  return (
    <text className="wire-label" y={first} fontSize={size} aria-hidden="true">
      {lines.map((line, index) => (
        <tspan key={line} x={middle.x} dy={index === 0 ? '0.35em' : lineHeight}>
          {index === 0 ? line : ` ${line}`}
        </tspan>
      ))}
    </text>
  );
}
