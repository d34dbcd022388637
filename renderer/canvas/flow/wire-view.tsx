import type { EdgeProps } from '@xyflow/react';
import { memo } from 'react';
import type { NodePosition } from '../../../core/graph/graph-document.ts';
import { useDrag } from '../drag-store.ts';
import { columnDistance, firstPortMiddle } from '../../../core/drawing/node-geometry.ts';
import { curvePath, pointOnCurve, wireCurve } from '../../../core/drawing/wire-geometry.ts';
import { labelLines, lineWidth } from '../../../core/drawing/wire-label.ts';
import { isFar, useZoomLevel, type ZoomLevel } from '../zoom-level.ts';
import type { FlowWire, LabelPlace } from './flow-adapter.ts';

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
      {isFar(level) || data === undefined || data.label === '' || (data.place === 'near' && level !== 'near') ? null : (
        <WireLabel label={data.label} place={data.place} level={level} middle={pointOnCurve(curve, 0.5)} across={Math.abs(targetX - sourceX)} down={Math.abs(targetY - sourceY)} />
      )}
    </g>
  );
});

interface WireLabelProps {
  readonly label: string;
  readonly place: LabelPlace;
  readonly level: Exclude<ZoomLevel, 'far' | 'farthest'>;
  readonly middle: NodePosition;
  /** Between the ports that it joins, in canvas pixels. */
  readonly across: number;
  readonly down: number;
}

const typeSize = 10.5;
const largeTypeSize = 17;
const portMargin = 12;
/** From the wire to the middle of the last line above it: beside the nodes, or clear of them. */
const aboveWire = 10;
const aboveNodes = firstPortMiddle + 12;
/** A wire that falls or rises by more than this is no longer between neighbours in a row. */
const levelFall = 24;

/** Above a level wire, between the nodes; from farther off large and above them. On a wire that falls or rises, over its middle. */
function WireLabel({ label, place, level, middle, across, down }: WireLabelProps): React.JSX.Element {
  const isLevel = down <= levelFall;
  const isLarge = isLevel && level !== 'near' && place === 'above';
  const size = isLarge ? largeTypeSize : level !== 'near' ? (typeSize + largeTypeSize) / 2 : typeSize;
  const lineHeight = size * 1.25;
  const lines = labelLines(label, (isLarge ? columnDistance : across) - portMargin, size);
  const rise = (lines.length - 1) * lineHeight;
  const raised = (isLarge ? aboveNodes : aboveWire) + rise;
  const first = middle.y - (!isLevel ? rise / 2 : place === 'below' ? -size : raised);
  const width = Math.max(...lines.map((line) => lineWidth(line, size))) + 6;
  return (
    <>
      {/* The wire passes behind the words. */}
      {isLevel ? null : <rect className="wire-label-ground" x={middle.x - width / 2} y={first - lineHeight / 2} width={width} height={lines.length * lineHeight} rx={3} />}
      <text className="wire-label" y={first} fontSize={size} aria-hidden="true">
        {lines.map((line, index) => (
          <tspan key={line} x={middle.x} dy={index === 0 ? '0.35em' : lineHeight}>
            {index === 0 ? line : ` ${line}`}
          </tspan>
        ))}
      </text>
    </>
  );
}
