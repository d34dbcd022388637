import type { ClassifyPlan, ForecastPlan, ImputePlan, Model, ReconstructPlan, RegressPlan } from '../../core/compile/model.ts';
import { targetWidth } from '../../core/compile/model.ts';
import { diagnose } from '../../core/diagnostics/diagnose.ts';
import type { Diagnostic } from '../../core/diagnostics/diagnostic.ts';
import { fail, succeed } from '../../core/diagnostics/result.ts';
import type { Result } from '../../core/diagnostics/result.ts';
import { prepareBatches } from '../../core/forecast/batch-source.ts';
import type { BatchSource } from '../../core/forecast/batch-source.ts';
import type { Scaler } from '../../core/forecast/scaler.ts';
import { labelOf } from '../../core/forecast/series-labels.ts';
import type { SeriesLabel } from '../../core/forecast/series-labels.ts';
import type { SeriesTable } from '../../core/forecast/series-table.ts';
import { classCounts, classTargets, forecastTargets, imputeTargets, labelScale, numberTargets, windowTargets } from '../../core/forecast/target-batches.ts';
import type { LabelScale, TargetBatches } from '../../core/forecast/target-batches.ts';
import type { WindowPlan } from '../../core/forecast/windows.ts';
import { columnPositions, forecastSettings } from './window-settings.ts';

/** A target with what it takes of the data. */
export type TargetData =
  | { readonly kind: 'forecast'; readonly plan: ForecastPlan; readonly source: BatchSource; readonly names: readonly string[] }
  | { readonly kind: 'classify'; readonly plan: ClassifyPlan; readonly label: SeriesLabel }
  | { readonly kind: 'regress'; readonly plan: RegressPlan; readonly labels: readonly SeriesLabel[]; readonly scales: readonly LabelScale[] }
  /** `columns`: positions in the table. */
  | { readonly kind: 'impute'; readonly plan: ImputePlan; readonly columns: readonly number[]; readonly names: readonly string[] }
  | { readonly kind: 'reconstruct'; readonly plan: ReconstructPlan; readonly columns: readonly number[]; readonly names: readonly string[] };

/** `scales`: a run's own scaling of labels; null: fitted on the training part. Fails for classes that cannot be learned. */
export function targetData(
  model: Model,
  table: SeriesTable,
  plan: WindowPlan,
  scaler: Scaler,
  scales: ReadonlyMap<string, LabelScale> | null,
  labelScales: ReadonlyMap<string, LabelScale>,
): Result<{ readonly targets: readonly TargetData[]; readonly diagnostics: readonly Diagnostic[] }> {
  const problems: Diagnostic[] = [];
  const targets = model.targets.map((target): TargetData => {
    switch (target.kind) {
      case 'forecast': {
        const settings = forecastSettings(model, target, table);
        const names = settings.targetColumns.map((column) => table.columns[column]!.name);
        return { kind: target.kind, plan: target, source: prepareBatches(table, { ...plan, settings }, scaler, labelScales), names };
      }
      case 'classify': {
        const label = labelOf(table, target.column);
        problems.push(...classProblems(target, classCounts(label, table, plan.samples.training)));
        return { kind: target.kind, plan: target, label };
      }
      case 'regress': {
        const labels = target.columns.map((name) => labelOf(table, name));
        const own = labels.map((label) => scales?.get(label.name) ?? labelScale(label, table, plan.samples.training));
        return { kind: target.kind, plan: target, labels, scales: own };
      }
      case 'impute':
        return { kind: target.kind, plan: target, ...columnsOf(target, table) };
      case 'reconstruct':
        return { kind: target.kind, plan: target, ...columnsOf(target, table) };
    }
  });
  const errors = problems.filter(({ severity }) => severity === 'error');
  return errors.length > 0 ? fail(...errors) : succeed({ targets, diagnostics: problems });
}

function columnsOf(target: ImputePlan | ReconstructPlan, table: SeriesTable): { readonly columns: readonly number[]; readonly names: readonly string[] } {
  const columns = columnPositions(target, table);
  return { columns, names: columns.map((column) => table.columns[column]!.name) };
}

/** What a target is fed in training and validation. */
export function targetBatches(target: TargetData, table: SeriesTable, plan: WindowPlan, inputs: BatchSource, scaler: Scaler): TargetBatches {
  switch (target.kind) {
    case 'forecast':
      return forecastTargets(target.source);
    case 'classify': {
      const counts = classCounts(target.label, table, plan.samples.training);
      return classTargets(table, target.label, targetWidth(target.plan), target.plan.balanced ? balancedWeights(counts) : counts.map(() => 1));
    }
    case 'regress':
      return numberTargets(table, target.labels, target.scales);
    case 'impute':
      return imputeTargets(inputs, target.columns, target.plan.visibleWeight);
    case 'reconstruct':
      return windowTargets(table, plan.settings.window, target.columns, scaler);
  }
}

/** Samples / (classes · samples of the class): every class weighs alike, and all together as much as unweighted. */
function balancedWeights(counts: readonly number[]): readonly number[] {
  const total = counts.reduce((sum, count) => sum + count, 0);
  return counts.map((count) => (count === 0 ? 0 : total / (counts.length * count)));
}

/** One class alone cannot be told from others, and a single sample is none to learn a class from. */
function classProblems({ node, label, column, classes }: ClassifyPlan, counts: readonly number[]): readonly Diagnostic[] {
  const where = { kind: 'node', node, parameter: 'label' } as const;
  const only = classes.filter((_, position) => counts[position]! > 0);
  if (only.length === 1) return [diagnose('one-class', where, { label, name: column, only: only[0]! })];
  const rare = classes.filter((_, position) => counts[position]! < 2);
  return rare.length === 0 ? [] : [diagnose('class-with-one-member', where, { label, name: column, classes: rare })];
}
