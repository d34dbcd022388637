import type { ImputePlan } from '../../core/compile/model.ts';
import { valueIndex } from '../../core/forecast/series-table.ts';
import type { SeriesTable } from '../../core/forecast/series-table.ts';
import type { Samples, WindowSettings } from '../../core/forecast/windows.ts';
import type { Program } from '../../core/program/program.ts';
import type { Session } from '../session.ts';
import type { Scaling } from '../training/dataset.ts';
import { windowSamples } from '../training/window-contest.ts';
import { columnPositions } from '../training/window-settings.ts';
import type { FilledSeries } from './prediction-messages.ts';
import { predictionFeeds } from './prediction-feeds.ts';
import { rowName } from './time-names.ts';

interface FillingTask {
  /** Gaps open, in the data's unit; at least a window long. */
  readonly table: SeriesTable;
  readonly settings: WindowSettings;
  readonly scaling: Scaling;
  /** The target's position. */
  readonly target: number;
  readonly plan: ImputePlan;
}

/** Fills every missing value of a series from the window in whose middle it stands (at the ends of the series as near to it as can be). */
export function* fillWithModel(session: Session, program: Program, task: FillingTask): Generator<undefined, FilledSeries> {
  const { table, settings: { window }, scaling, target, plan } = task;
  const columns = columnPositions(plan, table);
  const values = table.values.slice();
  const gaps = gapsOf(table, columns, window);
  const samples = samplesOf(gaps.map(({ series, origin }) => ({ series, origin })));
  const placeOf = new Map(Array.from({ length: samples.count }, (_, place) => [`${samples.series[place]} ${samples.origin[place]}`, place]));
  const feeds = predictionFeeds(table, task.settings, scaling);
  const told = yield* windowSamples(session, program, { feeds, scaler: scaling.scaler }, target, { kind: plan.kind, columns }, samples);
  let filled = 0;
  for (const { series, step, position, origin } of gaps) {
    const column = columns[position]!;
    if (!hasKnown(table, series, origin, window, column)) continue;
    const place = placeOf.get(`${series} ${origin}`)!;
    values[valueIndex(table, series, step, column)] = told[(place * window + step - (origin + 1 - window)) * columns.length + position]!;
    filled += 1;
  }
  return { target: plan.label, ...filledRows({ ...table, values }, columns), filled, leftOpen: gaps.length - filled };
}

interface Gap {
  readonly series: number;
  readonly step: number;
  /** Among the columns that are filled. */
  readonly position: number;
  /** Of the window that tells it. */
  readonly origin: number;
}

function gapsOf(table: SeriesTable, columns: readonly number[], window: number): readonly Gap[] {
  const gaps: Gap[] = [];
  for (let series = 0; series < table.seriesCount; series += 1) {
    for (let step = 0; step < table.steps; step += 1) {
      const origin = Math.min(table.steps - 1, Math.max(window - 1, step + Math.floor(window / 2)));
      columns.forEach((column, position) => {
        if (table.observed[valueIndex(table, series, step, column)] === 0) gaps.push({ series, step, position, origin });
      });
    }
  }
  return gaps;
}

/** Each window once. */
function samplesOf(windows: readonly Pick<Gap, 'series' | 'origin'>[]): Samples {
  const different = [...new Map(windows.map((window) => [`${window.series} ${window.origin}`, window])).values()];
  return {
    part: null,
    count: different.length,
    series: Int32Array.from(different, ({ series }) => series),
    origin: Int32Array.from(different, ({ origin }) => origin),
  };
}

function hasKnown(table: SeriesTable, series: number, origin: number, window: number, column: number): boolean {
  for (let row = origin + 1 - window; row <= origin; row += 1) if (table.observed[valueIndex(table, series, row, column)] === 1) return true;
  return false;
}

/** The columns that are filled, at every time step, and beside each whether the value stood in the data (0) or was filled (1). */
function filledRows(table: SeriesTable, columns: readonly number[]): Pick<FilledSeries, 'header' | 'rows'> {
  const several = table.seriesCount > 1;
  const names = columns.map((column) => table.columns[column]!.name);
  const rows = Array.from({ length: table.seriesCount * table.steps }, (_, row) => {
    const series = Math.floor(row / table.steps);
    const step = row % table.steps;
    const place = [...(several ? [table.seriesNames?.[series] ?? series + 1] : []), rowName(table, step)];
    const cells = columns.flatMap((column) => {
      const index = valueIndex(table, series, step, column);
      const value = table.values[index]!;
      return [value, table.observed[index] === 1 || Number.isNaN(value) ? 0 : 1];
    });
    return [...place, ...cells];
  });
  return { header: [...(several ? ['series'] : []), table.time.kind === 'step' ? 'step' : table.time.name, ...names.flatMap((name) => [name, `${name} filled`])], rows };
}
