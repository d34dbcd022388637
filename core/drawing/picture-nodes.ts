import type { GraphNode } from '../graph/graph-document.ts';
import { catalog } from '../nodes/catalog.ts';
import { categoryOutline } from './category-outlines.ts';
import { nodeHeight, nodeWidth, portOffset, type Rectangle } from './node-geometry.ts';
import { portRows, type NodePort, type NodePorts } from './node-ports.ts';
import { nodeSummary } from './node-summary.ts';
import type { PictureColors } from './picture-theme.ts';
import { element, escapeXml, fitted } from './svg-text.ts';
import { lineWidth } from './wire-label.ts';

const titleSize = 13;
/** A long name is written so small before its end is left out. */
const leastTitleSize = 10.5;
const smallSize = 11;
const stateSize = 9;
const padding = 12;
const glyphSize = 14;
const corner = 8;
const optionalRow = 12;

/** The ports of a node that the picture shows: states only where something is wired to them. */
export function shownPorts(ports: NodePorts, isWired: (direction: 'input' | 'output', port: string) => boolean): NodePorts {
  const keep = (direction: 'input' | 'output') => (port: NodePort): boolean => port.optional !== true || isWired(direction, port.name);
  return { inputs: ports.inputs.filter(keep('input')), outputs: ports.outputs.filter(keep('output')) };
}

/** As tall as its rows: on the canvas those of states are always there, here only down to the last that is shown. */
export function pictureRectangle(rectangle: Rectangle, whole: NodePorts, shown: NodePorts): Rectangle {
  const all = portRows(whole).optional;
  const isShown = (port: NodePort | undefined): boolean => port !== undefined && (shown.inputs.includes(port) || shown.outputs.includes(port));
  const last = all.findLastIndex(({ input, output }) => isShown(input) || isShown(output));
  return { ...rectangle, height: nodeHeight(whole) - optionalRow * (all.length - 1 - last) };
}

/** A node: its name, its type and key figures, its ports. */
export function drawNode(node: GraphNode, { x, y, height }: Rectangle, whole: NodePorts, shown: NodePorts, colors: PictureColors): string {
  const type = catalog.get(node.type);
  const hue = type === undefined ? colors.wire : colors.categories[type.category];
  const glyph = type === undefined ? '' : element('path', {
    d: categoryOutline(type.category), fill: 'none', stroke: hue, 'stroke-width': 1.6, 'stroke-linecap': 'round', 'stroke-linejoin': 'round',
    transform: `translate(${x + nodeWidth - padding - glyphSize} ${y + 11}) scale(${glyphSize / 16})`,
  });
  const words = (text: string, top: number, size: number, color: string, more: Readonly<Record<string, string | number>> = {}): string =>
    element('text', { x: x + padding, y: y + top, 'font-size': size, fill: color, ...more }, escapeXml(text));
  const room = nodeWidth - 2 * padding;
  const titleRoom = room - glyphSize - 4;
  const nameSize = Math.max(leastTitleSize, Math.min(titleSize, (titleSize * titleRoom) / boldWidth(node.label, titleSize)));
  return element('g', {}, [
    element('title', {}, escapeXml(`${node.label}: ${secondLine(node)}`)),
    element('rect', { x, y, width: nodeWidth, height, rx: corner, fill: colors.node, stroke: colors.border }),
    element('path', { d: `M${x},${y + corner}a${corner},${corner} 0 0 1 ${corner},${-corner}h${nodeWidth - 2 * corner}a${corner},${corner} 0 0 1 ${corner},${corner}q0,-5 -${corner},-5h-${nodeWidth - 2 * corner}q-${corner},0 -${corner},5z`, fill: hue }),
    glyph,
    words(fitted(node.label, titleRoom, nameSize, boldWidth), 24, nameSize, colors.text, { 'font-weight': 600 }),
    words(fitted(secondLine(node), room, smallSize, lineWidth), 43, smallSize, colors.muted),
    ...drawPorts({ x, y }, whole, shown, colors),
  ].join(''));
}

/** Of the widest of the families, which Linux falls back to: a name must not run into the sign of its kind. */
function boldWidth(text: string, size: number): number {
  return lineWidth(text, size) * 1.24;
}

/** The figures, after the type where the name does not tell it. */
function secondLine(node: GraphNode): string {
  const title = catalog.get(node.type)?.title ?? node.type;
  const summary = nodeSummary(node);
  const isTold = node.label.toLowerCase().includes(title.toLowerCase()) || summary === title;
  return isTold ? summary : `${title} · ${summary}`;
}

function drawPorts(place: { readonly x: number; readonly y: number }, whole: NodePorts, shown: NodePorts, colors: PictureColors): readonly string[] {
  return (['input', 'output'] as const).flatMap((direction) => {
    const ports = direction === 'input' ? shown.inputs : shown.outputs;
    const mainCount = ports.filter(({ optional }) => optional !== true).length;
    return ports.flatMap((port): readonly string[] => {
      const offset = portOffset(direction, port, whole);
      const [x, y] = [place.x + offset.x, place.y + offset.y];
      const isOptional = port.optional === true;
      const name = isOptional ? port.name.replace(/^(initial|final) /u, '') : port.name;
      const size = isOptional ? stateSize : smallSize;
      const isNamed = isOptional || mainCount > 1;
      const text = element('text', { x: x + (direction === 'input' ? padding : -padding), y: y + size * 0.35, 'font-size': size, fill: colors.muted, ...(direction === 'output' && { 'text-anchor': 'end' }) }, escapeXml(name));
      return [drawPort(port, x, y, colors), ...(isNamed ? [text] : [])];
    });
  });
}

/** Series are squares, tensors are dots, states are rings. */
function drawPort({ carries, optional }: NodePort, x: number, y: number, colors: PictureColors): string {
  if (optional === true) return element('circle', { cx: x, cy: y, r: 3.5, fill: colors.node, stroke: colors.wire, 'stroke-width': 1.5 });
  if (carries === 'series') return element('rect', { x: x - 4, y: y - 4, width: 8, height: 8, rx: 2, fill: colors.categories.data });
  return element('circle', { cx: x, cy: y, r: 4, fill: carries === null ? colors.danger : colors.wire });
}
