import { diagnose } from '../../core/diagnostics/diagnose.ts';
import { fail, succeed } from '../../core/diagnostics/result.ts';
import type { Result } from '../../core/diagnostics/result.ts';
import { readTruth } from '../../core/forecast/batch-targets.ts';
import { fillGaps } from '../../core/forecast/gaps.ts';
import { valueIndex } from '../../core/forecast/series-table.ts';
import type { SeriesTable } from '../../core/forecast/series-table.ts';
import { planWindows } from '../../core/forecast/windows.ts';
import type { WindowSettings } from '../../core/forecast/windows.ts';
import { seriesNode } from '../../core/nodes/series.ts';
import { rowName } from '../../engine/host/time-names.ts';
import type { Sample } from '../ipc/data-messages.ts';
import type { DataTasks } from './data-tasks.ts';
import { findSamplePlan } from './sample-plan.ts';
import type { SeriesCache } from './series-cache.ts';

type SampleArgument = Parameters<DataTasks['sample']>[0];

/** What one window becomes: its input, its target, its part. */
export async function readSample(cache: SeriesCache, { document, directory, part, sample }: SampleArgument): Promise<Result<Sample>> {
  const node = document.nodes.find(({ type }) => type === seriesNode.type);
  const missing = diagnose('series-missing', { kind: 'project' }, { label: node?.label ?? 'The project' });
  if (node === undefined) return fail(missing);
  const loaded = await cache.load(node, document, directory);
  if (!loaded.ok) return loaded;
  if (loaded.value === null) return fail(missing);
  const { table: given, source, lines, file } = loaded.value.series;
  const plan = findSamplePlan(document, node.id, given);
  if (plan === null) return fail(diagnose('window-node-missing', { kind: 'project' }, { label: node.label }));
  const where = file === null ? ({ kind: 'node', node: node.id } as const) : ({ kind: 'file', file: source } as const);
  const filled = fillGaps(given, plan.gaps, { where, source, lines });
  if (!filled.ok) return filled;
  const table = filled.value;
  const windows = planWindows(table, plan.settings, plan.season, { kind: 'node', node: plan.windowNode });
  if (!windows.ok) return windows;
  const { samples } = windows.value;
  const counts = { training: samples.training.count, validation: samples.validation.count, test: samples.test.count };
  const chosen = samples[part];
  const series = chosen.series[sample];
  const origin = chosen.origin[sample];
  if (series === undefined || origin === undefined) return fail(diagnose('sample-missing', { kind: 'project' }, { part, count: chosen.count }));
  const start = origin + 1 - plan.settings.window;
  return succeed({
    part,
    sample,
    counts,
    series,
    origin: rowName(table, origin),
    start,
    inputs: plan.settings.inputColumns.map((column) => ({ column: table.columns[column]!.name, values: rowsOf(table, series, column, start, origin + 1) })),
    ...targetsOf(table, plan.settings, series, origin),
  });
}

function rowsOf(table: SeriesTable, series: number, column: number, start: number, end: number): readonly number[] {
  return Array.from({ length: end - start }, (_, row) => table.values[valueIndex(table, series, start + row, column)]!);
}

function targetsOf(table: SeriesTable, settings: WindowSettings, series: number, origin: number): Pick<Sample, 'targets' | 'scored'> {
  const one = { part: null, count: 1, series: Int32Array.of(series), origin: Int32Array.of(origin) };
  const { truth, weights } = readTruth(table, settings, one);
  const { horizon, targetColumns } = settings;
  const ofColumn = (position: number): number[] => Array.from({ length: horizon }, (_, step) => step * targetColumns.length + position);
  return {
    targets: targetColumns.map((column, position) => ({ column: table.columns[column]!.name, values: ofColumn(position).map((index) => truth[index]!) })),
    scored: targetColumns.map((_, position) => ofColumn(position).map((index) => weights[index]! > 0)),
  };
}
