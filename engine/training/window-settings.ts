import { tellsWindow } from '../../core/compile/model.ts';
import type { ForecastPlan, ImputePlan, Model, ReconstructPlan } from '../../core/compile/model.ts';
import type { SeriesTable } from '../../core/forecast/series-table.ts';
import type { HidingSettings, WindowSettings } from '../../core/forecast/windows.ts';

function forecasts(model: Model): readonly ForecastPlan[] {
  return model.targets.filter((target) => target.kind === 'forecast');
}

/** How a model cuts windows out of this table: with room for every forecast. Throws RangeError for a column that the checks let through. */
export function windowSettings(model: Model, table: SeriesTable): WindowSettings {
  const own = forecasts(model).map((target) => forecastSettings(model, target, table));
  const { window, stride, split } = model.data;
  return {
    window,
    stride,
    split,
    horizon: Math.max(0, ...own.map(({ horizon }) => horizon)),
    horizonWeights: null,
    inputColumns: table.columns.map((_, position) => position),
    targetColumns: [...new Set(own.flatMap(({ targetColumns }) => targetColumns))],
    sequenceTargets: own.some(({ sequenceTargets }) => sequenceTargets),
    mask: model.data.mask,
    labels: model.data.labels,
    categories: model.data.categories.map(({ name }) => name),
    whole: model.targets.some(tellsWindow),
    hide: hidingSettings(model, table),
  };
}

/** What is hidden of each window: nothing where no target fills gaps. */
function hidingSettings(model: Model, table: SeriesTable): HidingSettings | null {
  const target = model.targets.find(({ kind }) => kind === 'impute');
  if (target?.kind !== 'impute') return null;
  return { columns: columnPositions(target, table), share: target.hiddenShare, run: target.hiddenRun, centers: target.centerWindows };
}

/** Where the columns that a target names stand in the table. */
export function columnPositions({ columns }: Pick<ForecastPlan | ImputePlan | ReconstructPlan, 'columns'>, table: SeriesTable): readonly number[] {
  const names = table.columns.map(({ name }) => name);
  return columns === null ? names.map((_, position) => position) : columns.map((name) => positionOf(names, name));
}

/** What one forecast takes of each window. */
export function forecastSettings(model: Model, target: ForecastPlan, table: SeriesTable): WindowSettings {
  const { window, stride, split, mask, labels } = model.data;
  const categories = model.data.categories.map(({ name }) => name);
  const { horizon, horizonWeights, everyStep } = target;
  const inputColumns = table.columns.map((_, position) => position);
  const targetColumns = columnPositions(target, table);
  return { window, stride, horizon, split, inputColumns, targetColumns, horizonWeights, sequenceTargets: everyStep, mask, labels, categories, whole: model.targets.some(tellsWindow), hide: hidingSettings(model, table) };
}

/** The settings of the windows that are judged: they have room for every step that is forecast, iterated ones too. */
export function judgedSettings(model: Model, settings: WindowSettings): WindowSettings {
  const horizon = Math.max(0, ...forecasts(model).map(stepsAhead));
  return { ...settings, horizon, horizonWeights: null };
}

/** Time steps that a forecast tells in evaluation and prediction. */
export function stepsAhead({ horizon, iterateTo }: ForecastPlan): number {
  return iterateTo ?? horizon;
}

function positionOf(names: readonly string[], name: string): number {
  const position = names.indexOf(name);
  if (position < 0) throw new RangeError(`no column "${name}" among ${names.join(', ')}`);
  return position;
}
