import type { Model } from '../../core/compile/model.ts';
import type { Diagnostic } from '../../core/diagnostics/diagnostic.ts';
import { fail, succeed } from '../../core/diagnostics/result.ts';
import type { Result } from '../../core/diagnostics/result.ts';
import { prepareBatches } from '../../core/forecast/batch-source.ts';
import type { BatchSource } from '../../core/forecast/batch-source.ts';
import { settleCategories, untrainedCategories } from '../../core/forecast/categories.ts';
import { fillGaps } from '../../core/forecast/gaps.ts';
import { fitScaler, identityScaler } from '../../core/forecast/scaler.ts';
import type { FittedScaler, Scaler } from '../../core/forecast/scaler.ts';
import type { SeriesTable } from '../../core/forecast/series-table.ts';
import { labelOf } from '../../core/forecast/series-labels.ts';
import { labelScale } from '../../core/forecast/target-batches.ts';
import type { LabelScale, SampleFeeds } from '../../core/forecast/target-batches.ts';
import { planWindows } from '../../core/forecast/windows.ts';
import type { WindowPlan } from '../../core/forecast/windows.ts';
import { setParameter } from '../../core/params/parse-parameters.ts';
import type { LoadedSeries } from './read-series.ts';
import { targetBatches, targetData } from './target-data.ts';
import type { TargetData } from './target-data.ts';
import { judgedSettings, windowSettings } from './window-settings.ts';

/** How numbers are scaled: what a run learned from its training part, by which its weights must be used. */
export interface Scaling {
  readonly scaler: Scaler;
  /** Of labels that are numbers, by name. */
  readonly labels: ReadonlyMap<string, LabelScale>;
  /** Of labels that name classes: in the order in which a run counts them, by name. */
  readonly classes: ReadonlyMap<string, readonly string[]>;
}

/** The data of a model, ready for batches. */
export interface Dataset {
  /** Gaps filled, in the data's unit. */
  readonly table: SeriesTable;
  readonly scaler: Scaler;
  /** Of the labels that are features of a window, by name. */
  readonly labelScales: ReadonlyMap<string, LabelScale>;
  /** The windows that are trained and validated on. */
  readonly plan: WindowPlan;
  /** The windows that are judged: for an iterated forecast those with room for every step of it, else the same. */
  readonly judged: WindowPlan;
  /** Windows, scaled. */
  readonly batches: BatchSource;
  readonly feeds: SampleFeeds;
  /** In the order of the model's targets. */
  readonly targets: readonly TargetData[];
  /** What the first target tells: names of columns or labels. */
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
export function makeDataset(model: Model, loaded: LoadedSeries, scaling: Scaling | null): Result<Dataset> {
  const filled = fillSeries(model, loaded, scaling?.classes ?? new Map());
  if (!filled.ok) return filled;
  const table = filled.value;
  const fitted = scaling === null ? fittedScaler(model, table) : succeed({ scaler: scaling.scaler, warnings: [] });
  if (!fitted.ok) return fitted;
  const settings = windowSettings(model, table);
  const where = { kind: 'node', node: model.data.windowNode } as const;
  const plan = planWindows(table, settings, model.data.season, where);
  if (!plan.ok) return plan;
  const further = judgedSettings(model, settings);
  const judged = further.horizon === settings.horizon ? plan : planWindows(table, further, model.data.season, where);
  if (!judged.ok) return judged;
  const { scaler, warnings } = fitted.value;
  const labelScales = scalesOfLabels(model.data.labels, table, plan.value, scaling?.labels ?? null);
  const found = targetData(model, table, plan.value, scaler, scaling?.labels ?? null, labelScales);
  if (!found.ok) return fail(...found.diagnostics);
  const { targets, diagnostics } = found.value;
  const first = targets.find((target) => target.kind === 'forecast');
  const batches = first?.source ?? prepareBatches(table, { ...plan.value, settings }, scaler, labelScales);
  return succeed({
    table,
    scaler,
    labelScales,
    plan: plan.value,
    judged: judged.value,
    batches,
    feeds: { inputs: batches, hides: settings.hide !== null, labels: null, targets: targets.map((target) => targetBatches(target, table, plan.value, batches, scaler)) },
    targets,
    targetColumns: namesOf(targets[0]!),
    season: model.data.season,
    diagnostics: [...warnings, ...judged.value.diagnostics, ...untrainedCategories(table, settings.categories, plan.value.borders, { ...where, parameter: 'categories' }), ...diagnostics],
  });
}

/** The run's own where there is one, else fitted on the training part. */
function scalesOfLabels(names: readonly string[], table: SeriesTable, { samples }: WindowPlan, own: Scaling['labels'] | null): Scaling['labels'] {
  return new Map(names.map((name) => [name, own?.get(name) ?? labelScale(labelOf(table, name), table, samples.training)]));
}

/** What a target tells: columns, the label of a class, labels. */
function namesOf(target: TargetData): readonly string[] {
  switch (target.kind) {
    case 'forecast':
    case 'impute':
    case 'reconstruct':
      return target.names;
    case 'classify':
      return [target.plan.column];
    case 'regress':
      return target.plan.columns;
  }
}

/** The loaded series with gaps filled as the model says, and categories counted as the run does (`classes`, by label). */
export function fillSeries(model: Model, { node, label, table, source, lines, file }: LoadedSeries, classes: Scaling['classes']): Result<SeriesTable> {
  const where = file === null ? ({ kind: 'node', node } as const) : ({ kind: 'file', file: source } as const);
  const place = { node, label };
  const settled = settleCategories(table, model.data.categories.map(({ name }) => name), classes, { where, source, lines });
  if (!settled.ok) return settled;
  const repairs = [setParameter(place, 'gaps', 'linear'), setParameter(place, 'gaps', 'last-value')];
  // Whoever fills gaps may be given some, whatever its own series were like.
  const filling = model.targets.some(({ kind }) => kind === 'impute') ? 'keep' : model.data.gaps;
  return fillGaps(settled.value, filling, { where, source, lines, repairs });
}

function fittedScaler(model: Model, table: SeriesTable): Result<FittedScaler> {
  const { scale, split } = model.data;
  if (scale === null) return succeed({ scaler: identityScaler(table.columns.length), warnings: [] });
  return fitScaler(scale.kind, table, split, { kind: 'node', node: scale.node });
}
