import { isStateful } from '../../core/compile/stateless.ts';
import { countOf } from '../../core/diagnostics/phrases.ts';
import { serializeDocument } from '../../core/document/serialize-document.ts';
import { firstTarget, takesSequence, targetWidth } from '../../core/compile/model.ts';
import type { Model, TargetPlan } from '../../core/compile/model.ts';
import type { CallingFacts, ExportableModel, ScalerPlace, TrainingTable, WeightValues } from '../../core/export/exportable-model.ts';
import type { TrainedRun } from '../host/open-trained.ts';
import type { StoredRun } from '../runs/run-directory.ts';
import { serializeRunRecord } from '../runs/run-record.ts';
import { weightsByLayer } from '../runs/weights-file.ts';
import type { CompiledDocument } from '../training/prepare-experiment.ts';

/** A run's model with its kept weights, as writers take it. `wasStateful`: in training, each window began with what the one before left. */
export function exportableOf({ run, compiled, kept }: TrainedRun, scaler: ScalerPlace, table: TrainingTable | null = null, wasStateful = false): ExportableModel {
  const { model, program, document } = compiled;
  const weights = new Map<string, WeightValues>();
  for (const { node, weight, shape, values } of weightsByLayer(program, kept)) weights.set(`${node}/${weight}`, { shape, values });
  for (const { name, role } of program.variables) {
    const found = kept.get(name);
    if (role === 'moving' && found?.values instanceof Float32Array) weights.set(name, { shape: found.shape, values: found.values });
  }
  return { name: document.name, model, program, training: document.training, weights, facts: callingFacts(run, compiled, scaler, wasStateful), table, provenance: provenanceOf(run), source: sourceOf(run) };
}

/** Without what holds on this machine alone, and without what the run came to on data that need not come along. */
function sourceOf({ document, record }: StoredRun): NonNullable<ExportableModel['source']> {
  return { project: serializeDocument(document), record: serializeRunRecord({ ...record, projectDirectory: '.', evaluation: {} }) };
}

/** What a run's record says of how its model is called. */
type RecordedFacts = Pick<StoredRun['record'], 'columns' | 'targetColumns' | 'scaler' | 'labels'>;

/** How a run's model is called. `wasStateful`: in training, each window began with what the one before left. */
export function callingFacts({ record }: { readonly record: RecordedFacts }, { model }: Pick<CompiledDocument, 'model'>, scaler: ScalerPlace = 'outside', wasStateful = false): CallingFacts {
  const target = firstTarget(model);
  const width = targetWidth(target);
  const carries = isStateful(model);
  const batch = carries ? 1 : 'batch';
  return {
    inputs: [batch, model.data.window, model.inputFeatures],
    outputs: takesSequence(target) ? [batch, model.data.window, width] : [batch, width],
    ...(wasStateful && { states: carries ? 'carried' : 'anew' }),
    columns: record.columns,
    targetColumns: record.targetColumns,
    horizon: target.kind === 'forecast' ? target.horizon : 0,
    meaning: `${meaningOf(target, record, scaler)}${furtherFeatures(model, record)}`,
    scaling: record.columns.map((column, position) => ({ column, ...record.scaler.columns[position]! })),
    labelScaling: target.kind === 'regress' ? target.columns.map((label) => ({ label, ...scaleOfLabel(record, label) })) : [],
    classes: target.kind === 'classify' ? target.classes : [],
    features: featuresOf(model, record),
    isCentered: target.kind === 'impute' && target.centerWindows,
    scaler,
  };
}

function scaleOfLabel({ labels }: RecordedFacts, name: string): { readonly offset: number; readonly factor: number } {
  return labels?.find((label) => label.name === name)?.scale ?? { offset: 0, factor: 1 };
}

function featuresOf({ data: { mask, labels, categories } }: Model, record: RecordedFacts): NonNullable<CallingFacts['features']> {
  return [
    ...(mask ? record.columns.map((column) => ({ name: `mask of ${column}`, offset: 0, factor: 1, typical: 1, isMask: true })) : []),
    ...labels.map((name) => {
      const { offset, factor } = scaleOfLabel(record, name);
      return { name, offset, factor, typical: offset + 0.5 * factor };
    }),
    ...categories.map(({ name }) => ({ name: `number of ${name}`, offset: 0, factor: 1, typical: 0 })),
  ];
}

/** What follows the columns in each time step of a window, as words that go on the sentence. */
function furtherFeatures({ data: { mask, labels, categories } }: Model, record: RecordedFacts): string {
  const masks = mask ? ['; in the windows missing values are 0, and after the columns stands a mask for each: 1 where it has a value'] : [];
  const numbers = categories.map(({ name, classes }) => `; the windows then give ${name} by its number: ${classes.map((own, index) => `${index} ${own}`).join(', ')}`);
  const scaled = labels.map((name) => {
    const { offset, factor } = scaleOfLabel(record, name);
    return `; the windows then give ${name} at every time step, as (value − ${offset}) / ${factor}`;
  });
  return [...masks, ...scaled, ...numbers].join('');
}

function meaningOf(target: TargetPlan, record: RecordedFacts, scaler: ScalerPlace): string {
  switch (target.kind) {
    case 'forecast':
      return `the next ${countOf(target.horizon, 'time step')} of ${record.targetColumns.join(', ')}, step by step, in that order within a step${quantilesInWords(target)}`;
    case 'classify':
      return target.loss.kind === 'binary-crossentropy'
        ? `the logit of ${target.classes[1]} (against ${target.classes[0]}), whose sigmoid is its probability`
        : `a logit for each of ${target.classes.join(', ')}, whose softmax are their probabilities`;
    case 'reconstruct':
      return `${record.targetColumns.join(', ')} at every time step of the window`;
    case 'impute':
      return `${record.targetColumns.join(', ')} at every time step of the window, missing values filled${target.centerWindows ? '; the mean of what is visible in a window is taken from its values before, and to be added to the output after' : ''}`;
    case 'regress': {
      if (scaler === 'inside') return target.columns.join(', ');
      const scaled = target.columns.map((name) => {
        const { offset, factor } = scaleOfLabel(record, name);
        return `${name} (offset ${offset}, factor ${factor})`;
      });
      return `${scaled.join(', ')}, each scaled: (value − offset) / factor`;
    }
  }
}

function quantilesInWords({ loss }: Extract<TargetPlan, { readonly kind: 'forecast' }>): string {
  return loss.kind === 'quantiles' ? `, each as its quantiles ${loss.levels.join(', ')} beside each other, to be sorted where they cross` : '';
}

function provenanceOf({ record }: StoredRun): Readonly<Record<string, string>> {
  const data = record.data.map(({ file, sha256 }) => `${file} (SHA-256 ${sha256})`).join(', ');
  return {
    producer: `Unroll ${record.versions['unroll'] ?? ''}`.trim(),
    project: record.project,
    run: record.id,
    seed: String(record.seed),
    trained: record.finished ?? record.started,
    data: data === '' ? 'generated' : data,
  };
}
