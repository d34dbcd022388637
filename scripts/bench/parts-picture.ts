import { area, drawing, line, text } from '../pictures/drawing.ts';
import type { Colour } from '../pictures/drawing.ts';
import type { BenchRow } from './training-bench.ts';

const colours = { batch: 'grey', call: 'line', forward: 'blue', backward: 'pale', peak: 'red' } as const satisfies Readonly<Record<string, Colour>>;
const [rowHeight, left, width, top] = [30, 290, 560, 60] as const;

/** Where each case's training step goes, as bars of ms, with a mark at what the arithmetic alone would take at peak. */
export function drawParts(rows: readonly BenchRow[]): string {
  const longest = Math.max(...rows.map(({ parts }) => parts?.step ?? 0));
  const x = (milliseconds: number): number => left + (milliseconds / longest) * width;
  const bars = rows.flatMap(({ name, parts }, index) => {
    if (parts === undefined) return [];
    const y = top + index * rowHeight;
    const forward = Math.max(0, parts.evaluation - parts.call);
    const pieces = { batch: parts.batch, call: parts.call, forward, backward: Math.max(0, parts.step - parts.batch - parts.call - forward) };
    let start = 0;
    const drawn = Object.entries(pieces).map(([piece, milliseconds]) => {
      const from = x(start);
      start += milliseconds;
      return area({ x: from, y, width: x(start) - from, height: 18 }, colours[piece as keyof typeof pieces]);
    });
    const floor = x(parts.multiplyAdds / parts.peak / 1e6);
    return [
      text({ x: left - 10, y: y + 13 }, name, { anchor: 'end' }), ...drawn,
      line({ x: floor, y: y - 3 }, { x: floor, y: y + 21 }, colours.peak, 2),
      text({ x: x(parts.step) + 6, y: y + 13 }, `${parts.step.toFixed(2)} ms`),
    ];
  });
  const legend = [['batch', 'putting the batch together'], ['call', 'calling TensorFlow'], ['forward', 'forward pass and loss'], ['backward', 'backward pass and optimiser'], ['peak', 'arithmetic alone, at peak']] as const;
  const keys = legend.flatMap(([piece, label], index) => [area({ x: 20 + index * 190, y: 18, width: 12, height: 12 }, colours[piece]), text({ x: 38 + index * 190, y: 29 }, label)]);
  return drawing('Where the time of a training step goes', 980, top + rows.length * rowHeight + 10, [...keys, ...bars]);
}
