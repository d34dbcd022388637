import type { ForecastPlan, Model } from '../../core/compile/model.ts';
import type { SeriesTable } from '../../core/forecast/series-table.ts';
import type { WindowSettings } from '../../core/forecast/windows.ts';

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
  };
}

/** What one forecast takes of each window. */
export function forecastSettings(model: Model, { columns, horizon, horizonWeights, everyStep }: ForecastPlan, table: SeriesTable): WindowSettings {
  const { window, stride, split } = model.data;
  const names = table.columns.map(({ name }) => name);
  const inputColumns = names.map((_, position) => position);
  const targetColumns = columns === null ? inputColumns : columns.map((name) => positionOf(names, name));
  return { window, stride, horizon, split, inputColumns, targetColumns, horizonWeights, sequenceTargets: everyStep };
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
