import type { NodePosition } from '../graph/graph-document.ts';
import { portRows, type NodePort, type NodePorts } from './node-ports.ts';

/** Of a node on the canvas, in canvas pixels; canvas.css has the same numbers. */
export const nodeWidth = 160;
const headerHeight = 32;
const summaryHeight = 16;
const portHeight = 20;
const optionalPortHeight = 12;
const bottomPadding = 4;
export const portSize = 12;

/** Distance between the left edges of nodes that follow each other: room for a shape on the wire between. */
export const columnDistance = 240;
/** Room for a shape above a row. */
export const rowGap = 48;
export const gridStep = 8;

export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export function nodeHeight(ports: NodePorts): number {
  const { main, optional } = portRows(ports);
  return headerHeight + summaryHeight + portHeight * Math.max(1, main.length) + optionalPortHeight * optional.length + bottomPadding;
}

/** The middle of a port, from the node's upper left corner. */
export function portOffset(direction: 'input' | 'output', port: NodePort, ports: NodePorts): NodePosition {
  const { main, optional } = portRows(ports);
  const isOptional = port.optional === true;
  const row = (isOptional ? optional : main).findIndex((pair) => pair[direction]?.name === port.name);
  const above = headerHeight + summaryHeight + (isOptional ? portHeight * Math.max(1, main.length) : 0);
  return { x: direction === 'input' ? 0 : nodeWidth, y: above + (isOptional ? optionalPortHeight : portHeight) * (row + 0.5) };
}

/** The middle of a node's first row of ports, where the wires of a plain chain run. */
export const firstPortMiddle = headerHeight + summaryHeight + portHeight / 2;

export function nodeRectangle(position: NodePosition, ports: NodePorts): Rectangle {
  return { ...position, width: nodeWidth, height: nodeHeight(ports) };
}

export function overlap(first: Rectangle, second: Rectangle, gap: number): boolean {
  return (
    first.x < second.x + second.width + gap &&
    second.x < first.x + first.width + gap &&
    first.y < second.y + second.height + gap &&
    second.y < first.y + first.height + gap
  );
}

export function boundsOf(rectangles: readonly Rectangle[]): Rectangle {
  if (rectangles.length === 0) return { x: 0, y: 0, width: 0, height: 0 };
  const left = Math.min(...rectangles.map(({ x }) => x));
  const top = Math.min(...rectangles.map(({ y }) => y));
  const right = Math.max(...rectangles.map(({ x, width }) => x + width));
  const bottom = Math.max(...rectangles.map(({ y, height }) => y + height));
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/** The nearest free place at or below a wish, on the grid. */
export function freePosition(wish: NodePosition, { width, height }: Pick<Rectangle, 'width' | 'height'>, taken: readonly Rectangle[]): NodePosition {
  const x = snap(wish.x);
  let y = snap(wish.y);
  for (;;) {
    const candidate = { x, y, width, height };
    const blocking = taken.filter((rectangle) => overlap(candidate, rectangle, gridStep));
    if (blocking.length === 0) return { x, y };
    y = snap(Math.max(...blocking.map((rectangle) => rectangle.y + rectangle.height)) + rowGap);
  }
}

export function snap(value: number): number {
  return Math.round(value / gridStep) * gridStep;
}
