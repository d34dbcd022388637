import { printCount } from '../diagnostics/phrases.ts';
import type { WireFacts } from '../nodes/node-type.ts';
import { printShape } from '../shapes/shape.ts';
import { knownSize, printSize, type Size } from '../shapes/size.ts';

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

/** The mean width of a letter, as a share of the type size. */
const letterWidth = 0.54;

/** About how wide a line is, in canvas pixels like the type size. */
export function lineWidth(line: string, typeSize: number): number {
  return line.length * letterWidth * typeSize;
}

/** The label in as few lines as fit; room and type size in canvas pixels. An axis is never broken. */
export function labelLines(label: string, room: number, typeSize: number): readonly string[] {
  const lines: string[] = [];
  for (const axis of label === '' ? [] : label.split(/(?<=,) /)) {
    const last = lines.at(-1);
    const joined = last === undefined ? axis : `${last} ${axis}`;
    if (last !== undefined && lineWidth(joined, typeSize) <= room) lines[lines.length - 1] = joined;
    else lines.push(axis);
  }
  return lines;
}
