import type { Model } from '../../core/compile/model.ts';
import type { Diagnostic } from '../../core/diagnostics/diagnostic.ts';
import { succeed } from '../../core/diagnostics/result.ts';
import type { Result } from '../../core/diagnostics/result.ts';
import { prepareBatches } from '../../core/forecast/batches.ts';
import type { BatchSource } from '../../core/forecast/batches.ts';
import { fillGaps } from '../../core/forecast/gaps.ts';
import { fitScaler, identityScaler } from '../../core/forecast/scaler.ts';
import type { FittedScaler, Scaler } from '../../core/forecast/scaler.ts';
import type { SeriesTable } from '../../core/forecast/series-table.ts';
import { planWindows } from '../../core/forecast/windows.ts';
import type { WindowPlan, WindowSettings } from '../../core/forecast/windows.ts';
import { setParameter } from '../../core/params/parse-parameters.ts';
import type { LoadedSeries } from './read-series.ts';

/** The data of a model, ready for batches. */
export interface Dataset {
  /** Gaps filled, in the data's unit. */
  readonly table: SeriesTable;
  readonly scaler: Scaler;
  /** The windows that are trained and validated on. */
  readonly plan: WindowPlan;
  /** The windows that are judged: for an iterated forecast those with room for every step of it, else the same. */
  readonly judged: WindowPlan;
  readonly batches: BatchSource;
  readonly targetColumns: readonly string[];
  /** Rows of a season; null: no seasonal baseline. */
  readonly season: number | null;
  /** Warnings and notes. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * From loaded series to windows: gaps, then the scaler (fitted on the training part, or the run's own where one is given),
 * then the windows, then scaled batches. Whatever does not fit the data comes back as diagnostics.
 */
export function makeDataset(model: Model, loaded: LoadedSeries, runScaler: Scaler | null): Result<Dataset> {
  const filled = fillSeries(model, loaded);
  if (!filled.ok) return filled;
  const table = filled.value;
  const fitted = runScaler === null ? fittedScaler(model, table) : succeed({ scaler: runScaler, warnings: [] });
  if (!fitted.ok) return fitted;
  const settings = windowSettings(model, table);
  const where = { kind: 'node', node: model.data.windowNode } as const;
  const plan = planWindows(table, settings, model.data.season, where);
  if (!plan.ok) return plan;
  const judged = model.target.iterateTo === null ? plan : planWindows(table, judgedSettings(model, settings), model.data.season, where);
  if (!judged.ok) return judged;
  const { scaler, warnings } = fitted.value;
  return succeed({
    table,
    scaler,
    plan: plan.value,
    judged: judged.value,
    batches: prepareBatches(table, plan.value, scaler),
    targetColumns: settings.targetColumns.map((column) => table.columns[column]!.name),
    season: model.data.season,
    diagnostics: [...warnings, ...judged.value.diagnostics],
  });
}

/** The loaded series with gaps filled as the model says. */
export function fillSeries(model: Model, { node, label, table, source, lines, file }: LoadedSeries): Result<SeriesTable> {
  const where = file === null ? ({ kind: 'node', node } as const) : ({ kind: 'file', file: source } as const);
  const place = { node, label };
  const repairs = [setParameter(place, 'gaps', 'linear'), setParameter(place, 'gaps', 'last-value')];
  return fillGaps(table, model.data.gaps, { where, source, lines, repairs });
}

/** How a model cuts windows out of this table. Throws RangeError for a target column that the checks let through. */
export function windowSettings(model: Model, table: SeriesTable): WindowSettings {
  const { window, stride, split } = model.data;
  const { columns, horizon, horizonWeights, everyStep } = model.target;
  const names = table.columns.map(({ name }) => name);
  const inputColumns = names.map((_, position) => position);
  const targetColumns = columns === null ? inputColumns : columns.map((name) => positionOf(names, name));
  return { window, stride, horizon, split, inputColumns, targetColumns, horizonWeights, sequenceTargets: everyStep };
}

/** The settings of the windows that forecasts are made from: the horizon is every step that is forecast. */
export function judgedSettings(model: Model, settings: WindowSettings): WindowSettings {
  return { ...settings, horizon: model.target.iterateTo ?? settings.horizon, horizonWeights: null };
}

function positionOf(names: readonly string[], name: string): number {
  const position = names.indexOf(name);
  if (position < 0) throw new RangeError(`no column "${name}" among ${names.join(', ')}`);
  return position;
}

function fittedScaler(model: Model, table: SeriesTable): Result<FittedScaler> {
  const { scale, split } = model.data;
  if (scale === null) return succeed({ scaler: identityScaler(table.columns.length), warnings: [] });
  return fitScaler(scale.kind, table, split, { kind: 'node', node: scale.node });
}
