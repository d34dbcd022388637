import { diagnose } from '../../core/diagnostics/diagnose.ts';
import { fail, succeed } from '../../core/diagnostics/result.ts';
import type { Result } from '../../core/diagnostics/result.ts';
import { valueIndex } from '../../core/forecast/series-table.ts';
import type { SeriesTable } from '../../core/forecast/series-table.ts';
import { splitBorders } from '../../core/forecast/split.ts';
import type { PlottedColumn, PlottedSeries } from '../ipc/data-messages.ts';
import type { DataTasks } from './data-tasks.ts';
import { findSamplePlan } from './sample-plan.ts';
import type { SeriesCache } from './series-cache.ts';

type PlotArgument = Parameters<DataTasks['plot']>[0];

/** One series of a node as few points as a screen can show: the lowest and the highest value of every stretch. */
export async function plotSeries(cache: SeriesCache, argument: PlotArgument): Promise<Result<PlottedSeries>> {
  const { document, directory, node: id, series, range, points } = argument;
  const node = document.nodes.find((candidate) => candidate.id === id);
  const label = node?.label ?? id;
  const missing = diagnose('series-missing', { kind: 'node', node: id }, { label });
  if (node === undefined) return fail(missing);
  const loaded = await cache.load(node, document, directory);
  if (!loaded.ok) return loaded;
  if (loaded.value === null || series >= loaded.value.series.table.seriesCount) return fail(missing);
  const { table } = loaded.value.series;
  const start = Math.min(range?.[0] ?? 0, table.steps - 1);
  const end = Math.max(start + 1, Math.min(range?.[1] ?? table.steps, table.steps));
  const columns = table.columns.map((_, column) => downSample(table, series, column, start, end, Math.max(2, points)));
  const plan = findSamplePlan(document, id, table);
  const parts = plan === null ? null : splitBorders(plan.split, table);
  return succeed({ time: table.time.kind, seriesCount: table.seriesCount, steps: table.steps, range: [start, end], columns, parts });
}

function downSample(table: SeriesTable, series: number, column: number, start: number, end: number, points: number): PlottedColumn {
  const stretch = Math.max(1, Math.ceil((2 * (end - start)) / points));
  const x: number[] = [];
  const y: number[] = [];
  const valueAt = (step: number): number => table.values[valueIndex(table, series, step, column)]!;
  const add = (step: number): void => {
    x.push(timeOf(table, step));
    y.push(valueAt(step));
  };
  for (let first = start; first < end; first += stretch) {
    const last = Math.min(first + stretch, end);
    if (last - first === 1) {
      add(first);
      continue;
    }
    let low = first;
    let high = first;
    for (let step = first + 1; step < last; step += 1) {
      // A missing value loses every comparison, so a stretch shows one only where it holds nothing else.
      if (valueAt(step) < valueAt(low) || Number.isNaN(valueAt(low))) low = step;
      if (valueAt(step) > valueAt(high) || Number.isNaN(valueAt(high))) high = step;
    }
    add(Math.min(low, high));
    if (low !== high) add(Math.max(low, high));
  }
  const { name, unit } = table.columns[column]!;
  return { column: name, unit, x: Float64Array.from(x), y: Float64Array.from(y) };
}

function timeOf(table: SeriesTable, step: number): number {
  switch (table.time.kind) {
    case 'step':
      return step;
    case 'date':
      return table.time.milliseconds[step]!;
    case 'number':
      return table.time.values[step]!;
  }
}
