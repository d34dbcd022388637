import { printCount } from '../../../core/diagnostics/phrases.ts';
import type { WireFacts } from '../../../core/nodes/node-type.ts';
import { printShape } from '../../../core/shapes/shape.ts';
import { knownSize, printSize, type Size } from '../../../core/shapes/size.ts';

/** What runs on a wire, with its axes named: "(batch, 50 time, 1 feature)", "(10,000 series, 60 time, 1 column)". */
export function wireLabel(facts: WireFacts | undefined): string {
  if (facts === undefined) return '';
  if (facts.kind === 'tensor') return printShape(facts.shape);
  const { seriesCount, steps, columns } = facts;
  const axes = [sized(seriesCount, 'series'), sized(steps, 'time'), columns === undefined ? 'columns' : `${columns.length} column${columns.length === 1 ? '' : 's'}`];
  return `(${axes.join(', ')})`;
}

function sized(size: Size | undefined, axis: string): string {
  if (size === undefined) return axis;
  const known = knownSize(size);
  return `${known === undefined ? printSize(size) : printCount(known)} ${axis}`;
}

/** The label in lines that fit between two nodes: one if there is room for it, else one an axis. */
export function labelLines(label: string, room: number): readonly string[] {
  if (label === '') return [];
  return label.length * averageLetterWidth <= room ? [label] : label.split(/(?<=,) /);
}

/** Of the label's type size, in canvas pixels. */
const averageLetterWidth = 5.6;
