import type { GraphDocument, NodePosition, PortReference, Wire } from '../graph/graph-document.ts';
import type { NodeId } from '../graph/identifiers.ts';
import { portsByNode, type NodePorts } from './node-ports.ts';
import { columnDistance, nodeRectangle, portOffset, type Rectangle } from './node-geometry.ts';
import { distanceToCurve, wireCurve, type Curve } from './wire-geometry.ts';

/** Where everything of a graph lies, in canvas pixels. */
export interface GraphGeometry {
  readonly ports: ReadonlyMap<NodeId, NodePorts>;
  readonly rectangles: ReadonlyMap<NodeId, Rectangle>;
  /** undefined for a wire whose end is missing. */
  readonly curveOf: (wire: Wire) => Curve | undefined;
}

type PlacedGraph = Pick<GraphDocument, 'nodes' | 'wires' | 'layout'>;

/** A node without a place stands in a row with its like, above all others. */
export function positionOf(layout: GraphDocument['layout'], node: NodeId, place: number): NodePosition {
  return (Object.hasOwn(layout, node) ? layout[node] : undefined) ?? { x: place * columnDistance, y: -columnDistance };
}

export function graphGeometry(document: PlacedGraph): GraphGeometry {
  const ports = portsByNode(document);
  const rectangles = new Map(document.nodes.map((node, place) => [node.id, nodeRectangle(positionOf(document.layout, node.id, place), ports.get(node.id)!)]));
  const end = (reference: PortReference, direction: 'input' | 'output'): NodePosition | undefined => {
    const rectangle = rectangles.get(reference.node);
    const own = ports.get(reference.node);
    const port = (direction === 'input' ? own?.inputs : own?.outputs)?.find(({ name }) => name === reference.port);
    if (rectangle === undefined || own === undefined || port === undefined) return undefined;
    const offset = portOffset(direction, port, own);
    return { x: rectangle.x + offset.x, y: rectangle.y + offset.y };
  };
  const curveOf = (wire: Wire): Curve | undefined => {
    const start = end(wire.from, 'output');
    const stop = end(wire.to, 'input');
    return start === undefined || stop === undefined ? undefined : wireCurve(start, stop);
  };
  return { ports, rectangles, curveOf };
}

/** The nearest of the wires that pass within reach of a point. */
export function wireNear(geometry: GraphGeometry, wires: readonly Wire[], point: NodePosition, reach: number): Wire | undefined {
  let nearest: Wire | undefined;
  let least = reach;
  for (const wire of wires) {
    const curve = geometry.curveOf(wire);
    if (curve === undefined || !isNearBounds(curve, point, reach)) continue;
    const distance = distanceToCurve(curve, point);
    if (distance > least) continue;
    least = distance;
    nearest = wire;
  }
  return nearest;
}

/** Cheap first question: a curve never leaves the rectangle around its four points. */
function isNearBounds({ start, startControl, endControl, end }: Curve, { x, y }: NodePosition, reach: number): boolean {
  const xs = [start.x, startControl.x, endControl.x, end.x];
  const ys = [start.y, startControl.y, endControl.y, end.y];
  return x >= Math.min(...xs) - reach && x <= Math.max(...xs) + reach && y >= Math.min(...ys) - reach && y <= Math.max(...ys) + reach;
}
