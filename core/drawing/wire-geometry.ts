import type { NodePosition } from '../graph/graph-document.ts';

export interface Curve {
  readonly start: NodePosition;
  readonly startControl: NodePosition;
  readonly endControl: NodePosition;
  readonly end: NodePosition;
}

/** A wire leaves to the right and arrives from the left, in a cubic Bézier curve. */
export function wireCurve(start: NodePosition, end: NodePosition): Curve {
  const distance = end.x - start.x;
  const reach = distance >= 0 ? Math.max(distance / 2, Math.min(32, Math.abs(end.y - start.y) / 2)) : Math.min(160, 32 + Math.abs(distance) / 4);
  return { start, startControl: { x: start.x + reach, y: start.y }, endControl: { x: end.x - reach, y: end.y }, end };
}

export function curvePath({ start, startControl, endControl, end }: Curve): string {
  return `M${start.x},${start.y} C${startControl.x},${startControl.y} ${endControl.x},${endControl.y} ${end.x},${end.y}`;
}

/** A point of the curve; share: 0 at its start, 1 at its end. */
export function pointOnCurve({ start, startControl, endControl, end }: Curve, share: number): NodePosition {
  const rest = 1 - share;
  const [first, second, third, last] = [rest ** 3, 3 * rest ** 2 * share, 3 * rest * share ** 2, share ** 3] as const;
  return {
    x: first * start.x + second * startControl.x + third * endControl.x + last * end.x,
    y: first * start.y + second * startControl.y + third * endControl.y + last * end.y,
  };
}

const samples = 24;

/** How far a point is from the curve, taken as short straight pieces, in canvas pixels. */
export function distanceToCurve(curve: Curve, point: NodePosition): number {
  let least = Infinity;
  let before = curve.start;
  for (let sample = 1; sample <= samples; sample += 1) {
    const after = pointOnCurve(curve, sample / samples);
    least = Math.min(least, distanceToPiece(before, after, point));
    before = after;
  }
  return least;
}

function distanceToPiece(start: NodePosition, end: NodePosition, { x, y }: NodePosition): number {
  const across = end.x - start.x;
  const down = end.y - start.y;
  const length = across ** 2 + down ** 2;
  const share = length === 0 ? 0 : Math.min(1, Math.max(0, ((x - start.x) * across + (y - start.y) * down) / length));
  return Math.hypot(x - start.x - share * across, y - start.y - share * down);
}
