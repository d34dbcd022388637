import { surveyGraph, type DataFactsByNode } from '../check/graph-survey.ts';
import type { GraphDocument } from '../graph/graph-document.ts';
import { graphGeometry } from './graph-geometry.ts';
import { boundsOf, overlap, type Rectangle } from './node-geometry.ts';
import { drawNode, pictureRectangle, shownPorts } from './picture-nodes.ts';
import { pictureColors, type PictureColors, type PictureTheme } from './picture-theme.ts';
import { element, escapeXml, pictureFonts, shortNumber } from './svg-text.ts';
import { curvePath, pointOnCurve, type Curve } from './wire-geometry.ts';
import { labelLines, lineWidth, wireLabel } from './wire-label.ts';

export interface PictureWishes {
  readonly theme: PictureTheme;
  /** What runs on each wire, with its axes named. */
  readonly shapes: boolean;
}

const margin = 16;
const labelSize = 10;
const lineHeight = labelSize * 1.25;
/** Between a level wire and the middle of the last line above it. */
const aboveWire = 10;
/** A wire that falls or rises by more than this has its label on it. */
const levelFall = 24;
const portMargin = 12;

/**
 * A graph as an SVG picture: what the canvas shows, where it shows it, without what only a person at the screen needs. A pure
 * function of the document and of what is known of its data. Whatever is wrong with the graph, it is drawn.
 */
export function graphPicture(document: GraphDocument, data: DataFactsByNode, { theme, shapes }: PictureWishes): string {
  const colors = pictureColors[theme];
  const { facts } = surveyGraph(document, data).propagation;
  const geometry = graphGeometry(document);
  const wired = new Set(document.wires.flatMap(({ from, to }) => [`output ${from.node} ${from.port}`, `input ${to.node} ${to.port}`]));
  const nodes = document.nodes.map((node) => {
    const whole = geometry.ports.get(node.id)!;
    const shown = shownPorts(whole, (direction, port) => wired.has(`${direction} ${node.id} ${port}`));
    return { node, whole, shown, rectangle: pictureRectangle(geometry.rectangles.get(node.id)!, whole, shown) };
  });
  const wires = document.wires.flatMap((wire) => {
    const curve = geometry.curveOf(wire);
    return curve === undefined ? [] : [{ curve, runs: facts.get(wire.from.node)?.outputs[wire.from.port] }];
  });
  const labels: PlacedLabel[] = [];
  for (const { curve, runs } of shapes ? wires : []) {
    const label = wireLabel(runs);
    if (label === '') continue;
    const above = placeLabel(label, curve, 'above');
    // Two states run side by side: the words of the second stand below it.
    labels.push(labels.some(({ box }) => overlap(box, above.box, 0)) ? placeLabel(label, curve, 'below') : above);
  }
  const box = boundsOf([...nodes.map(({ rectangle }) => rectangle), ...wires.map(({ curve }) => curveBox(curve)), ...labels.map(({ box: own }) => own)]);
  const [left, top, width, height] = [Math.floor(box.x - margin), Math.floor(box.y - margin), Math.ceil(box.width + 2 * margin), Math.ceil(box.height + 2 * margin)];
  const content = [
    element('title', {}, escapeXml(document.name)),
    element('rect', { x: left, y: top, width, height, fill: colors.ground }),
    element('g', { fill: 'none', 'stroke-width': 1.75 }, wires.map(({ curve, runs }) => drawWire(curve, runs?.kind, colors)).join('\n')),
    ...nodes.map(({ node, whole, shown, rectangle }) => drawNode(node, rectangle, whole, shown, colors)),
    ...(labels.length === 0 ? [] : [element('g', { 'font-size': labelSize, fill: colors.muted, 'text-anchor': 'middle' }, labels.map((label) => drawLabel(label, colors)).join('\n'))]),
  ].join('\n');
  return `${element('svg', { xmlns: 'http://www.w3.org/2000/svg', width, height, viewBox: [left, top, width, height].join(' '), 'font-family': pictureFonts, role: 'img' }, `\n${content}\n`)}\n`;
}

function drawWire(curve: Curve, carries: 'series' | 'tensor' | undefined, colors: PictureColors): string {
  const rounded = (point: Curve['start']): Curve['start'] => ({ x: Number(shortNumber(point.x)), y: Number(shortNumber(point.y)) });
  const path = curvePath({ start: rounded(curve.start), startControl: rounded(curve.startControl), endControl: rounded(curve.endControl), end: rounded(curve.end) });
  return element('path', { d: path, stroke: carries === 'series' ? colors.categories.data : colors.wire, ...(carries === undefined && { 'stroke-dasharray': '4 4' }) });
}

interface PlacedLabel {
  readonly lines: readonly string[];
  readonly x: number;
  /** The middle of the first line. */
  readonly y: number;
  /** The wire passes behind the words. */
  readonly hasGround: boolean;
  readonly box: Rectangle;
}

/** Above (or below) a level wire, between the nodes; over the middle of one that falls or rises. */
function placeLabel(label: string, curve: Curve, side: 'above' | 'below'): PlacedLabel {
  const isLevel = Math.abs(curve.end.y - curve.start.y) <= levelFall;
  const middle = pointOnCurve(curve, 0.5);
  const lines = labelLines(label, Math.abs(curve.end.x - curve.start.x) - portMargin, labelSize);
  const rise = (lines.length - 1) * lineHeight;
  const y = isLevel ? middle.y + (side === 'above' ? -aboveWire - rise : aboveWire) : middle.y - rise / 2;
  const width = Math.max(...lines.map((line) => lineWidth(line, labelSize))) + 6;
  return { lines, x: middle.x, y, hasGround: !isLevel, box: { x: middle.x - width / 2, y: y - lineHeight / 2, width, height: lines.length * lineHeight } };
}

function drawLabel({ lines, x, y, hasGround, box }: PlacedLabel, colors: PictureColors): string {
  const ground = hasGround ? element('rect', { ...box, rx: 3, fill: colors.ground }) : '';
  const words = lines.map((line, index) => element('tspan', { x, y: y + index * lineHeight + labelSize * 0.35 }, `${escapeXml(line)}${index < lines.length - 1 ? ' ' : ''}`)).join('');
  return ground + element('text', {}, words);
}

function curveBox({ start, startControl, endControl, end }: Curve): Rectangle {
  const [xs, ys] = [[start.x, startControl.x, endControl.x, end.x], [start.y, startControl.y, endControl.y, end.y]];
  const [x, y] = [Math.min(...xs), Math.min(...ys)];
  return { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y };
}
