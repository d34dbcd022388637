import { measuredHere, table } from '../bench/performance-page.ts';
import type { ProcessMemory } from './memory.ts';
import { printSpread, type Spread } from './spread.ts';

/** All that `npm run bench:app` measures. Times in milliseconds, memory in megabytes. */
export interface AppReport {
  readonly pairs: number;
  readonly startup: { readonly npmStart: Spread; readonly emptyWindow: Spread };
  readonly firstLoss: Spread;
  readonly trainingSpeed: { readonly withCharts: Spread; readonly without: Spread; readonly ratio: Spread };
  /** A second. */
  readonly chartUpdates: number;
  readonly dragging: readonly { readonly nodes: number; readonly frames: number; readonly median: number; readonly p95: number }[];
  readonly memory: readonly ProcessMemory[];
}

const whole = (value: number | null): string => (value === null ? '–' : value.toFixed(0));

/** The window's part of docs/performance.md. */
export function windowSection({ startup, firstLoss, trainingSpeed, chartUpdates, dragging, memory }: AppReport): string {
  const { withCharts, without, ratio } = trainingSpeed;
  const times = table(['', 'median (quartiles)', 'wanted'], [
    ['`npm start` to the gallery', printSpread(startup.npmStart, 'ms'), '≤ 2,500 ms'],
    ['an empty Electron window, in the same run', printSpread(startup.emptyWindow, 'ms'), ''],
    ['Train to the first loss on the screen', printSpread(firstLoss, 'ms'), '≤ 1,500 ms'],
    ['a training step with the charts on the screen', printSpread(withCharts, 'ms', 2), ''],
    ['a training step without', printSpread(without, 'ms', 2), ''],
    ['with / without, in pairs', printSpread(ratio, '×', 3), '≤ 1.03 ×'],
    ['the loss chart is drawn, meanwhile', `${chartUpdates.toFixed(1)} times a second`, '≥ 10'],
    ...dragging.map(({ nodes, frames, median, p95 }) => [
      `a frame while ten of ${nodes.toLocaleString('en')} nodes are dragged`, `${median.toFixed(1)} ms, p95 ${p95.toFixed(1)} ms (${frames} frames)`, nodes === 1_000 ? 'p95 ≤ 20 ms' : '',
    ]),
  ]);
  const held = table(['memory, MB', 'gallery', 'a project open', 'after a training'], memory.map(({ process, gallery, project, trained }) => [process, whole(gallery), whole(project), whole(trained)]));
  return `${measuredHere()}, drawn by the processor on a display that nobody sees.\n\n${times}\n\n${held}`;
}
