import type { Diagnostic } from '../../core/diagnostics/diagnostic.ts';
import type { Result } from '../../core/diagnostics/result.ts';
import { observedTable, type SeriesTable, type TimeIndex } from '../../core/forecast/series-table.ts';
import type { WindowSettings } from '../../core/forecast/windows.ts';

export function valueOf<Value>(result: Result<Value>): Value {
  if (!result.ok) throw new Error(result.diagnostics.map(({ message }) => message).join('\n'));
  return result.value;
}

export function diagnosticsOf(result: Result<unknown>): readonly Diagnostic[] {
  return result.ok ? [] : result.diagnostics;
}

export function messagesOf(result: Result<unknown>): readonly string[] {
  return diagnosticsOf(result).map(({ message }) => message);
}

/** One series; `columns` maps names to values. */
export function oneSeries(columns: Readonly<Record<string, readonly number[]>>, time?: TimeIndex): SeriesTable {
  const names = Object.keys(columns);
  const steps = columns[names[0]!]!.length;
  const values = Float64Array.from({ length: steps * names.length }, (_, position) => columns[names[position % names.length]!]![Math.floor(position / names.length)]!);
  return observedTable(names.map((name) => ({ name, unit: null })), 1, steps, values, time);
}

/** Windows of one column split by time, 60 % for training and 20 % for validation, unless said otherwise. */
export function windowSettings(settings: Partial<WindowSettings> = {}): WindowSettings {
  return {
    window: 3,
    stride: 1,
    horizon: 1,
    split: { by: 'time', trainingShare: 0.6, validationShare: 0.2 },
    inputColumns: [0],
    targetColumns: [0],
    horizonWeights: null,
    sequenceTargets: false,
    mask: false,
    labels: [],
    categories: [],
    whole: false,
    hide: null,
    ...settings,
  };
}

export function countingUp(length: number): number[] {
  return Array.from({ length }, (_, step) => step);
}
