import { diagnose } from '../diagnostics/diagnose.ts';
import type { Diagnostic, Where } from '../diagnostics/diagnostic.ts';
import { printCount } from '../diagnostics/phrases.ts';
import type { SeriesTable } from './series-table.ts';
import { parts } from './split.ts';
import type { Obstacle } from './window-obstacles.ts';
import type { WindowPlan } from './windows.ts';

const obstacleWords: Readonly<Record<Obstacle, string>> = {
  'crosses-border': 'the targets cross the border of a part',
  'missing-input': 'an input is missing',
  'looks-ahead': 'the last input lies in a gap filled from a later value',
  'no-season': 'no season lies before the origin',
  'no-target': 'no target was observed',
};

/** What is to be said of a plan: parts without windows, and how many of `total` windows are left out and why. */
export function reportWindows(
  table: SeriesTable,
  { settings, borders, samples, leftOut }: Omit<WindowPlan, 'diagnostics'>,
  total: number,
  where: Where,
): readonly Diagnostic[] {
  const causes = (Object.keys(leftOut) as Obstacle[]).filter((obstacle) => leftOut[obstacle] > 0);
  const besidesBorders = causes.filter((obstacle) => obstacle !== 'crosses-border').map((obstacle) => obstacleWords[obstacle]);
  const diagnostics: Diagnostic[] = [];
  const { trainingShare, validationShare } = settings.split;
  const shares = { training: trainingShare, validation: validationShare, test: 1 - trainingShare - validationShare };
  for (const part of parts) {
    const [start, end] = borders[part];
    if (samples[part].count > 0 || shares[part] < 1e-9) continue;
    // Rows that have room for a horizon can only have lost their windows to something else.
    const hasRoom = borders.by === 'series' ? end > start : end - Math.max(start, settings.window) >= settings.horizon + settings.stride - 1;
    const lacksSeason = leftOut['no-season'] > 0 && besidesBorders.length === 1;
    const facts = { window: settings.window, horizon: settings.horizon, by: borders.by, start, end, seriesCount: table.seriesCount, lacksSeason };
    diagnostics.push(diagnose(`${part}-part-without-windows`, where, { ...facts, leftOut: hasRoom ? besidesBorders.join(', or ') : '' }));
  }
  const sum = causes.reduce((count, obstacle) => count + leftOut[obstacle], 0);
  if (sum > 0) {
    const reasons = causes.map((obstacle) => `${printCount(leftOut[obstacle])} because ${obstacleWords[obstacle]}`).join(', ');
    diagnostics.push(diagnose('windows-left-out', where, { leftOut: sum, of: total, reasons }));
  }
  return diagnostics;
}
