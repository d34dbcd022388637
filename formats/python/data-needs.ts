import type { Model, TargetPlan } from '../../core/compile/model.ts';
import { firstTarget } from '../../core/compile/model.ts';

/** What of the data pipeline a model uses: the rest is not written, so that what is written can be read. */
export interface DataNeeds {
  /** Values may be missing: filled ones are read and never scored. */
  readonly hasGaps: boolean;
  /** Which values stood in the data is asked. */
  readonly needsObserved: boolean;
  /** A mask stands beside each column. */
  readonly hasMask: boolean;
  /** How gaps are filled; null: they are not. */
  readonly filling: 'last-value' | 'linear' | null;
  /** Some of what a model reads is scaled. */
  readonly isScaled: boolean;
  /** Labels or categories follow the columns. */
  readonly hasFeatures: boolean;
  /** Each target counts by a weight of its own: not all of them count alike. */
  readonly isWeighted: boolean;
  /** What series are told apart or judged by, besides their columns. */
  readonly labels: readonly string[];
}

export function dataNeeds(model: Model): DataNeeds {
  const target = firstTarget(model);
  const isFile = model.data.source.kind === 'csv';
  const { gaps, scale, mask, labels, categories } = model.data;
  const hasGaps = isFile && gaps !== 'refuse';
  return {
    hasGaps,
    needsObserved: hasGaps || mask,
    hasMask: mask,
    filling: hasGaps && target.kind !== 'impute' && gaps !== 'keep' ? gaps : null,
    isScaled: scale !== null || labels.length > 0,
    hasFeatures: labels.length + categories.length > 0,
    isWeighted: isWeighted(model, target, isFile, hasGaps),
    labels: labelsOf(target),
  };
}

function isWeighted({ data }: Model, target: TargetPlan, isFile: boolean, hasGaps: boolean): boolean {
  switch (target.kind) {
    case 'forecast':
      // An early step of a sequence may be asked for what lies in an earlier part.
      return hasGaps || target.horizonWeights !== null || (target.everyStep && data.split.by === 'time');
    case 'classify':
      return target.balanced || isFile;
    case 'regress':
      return isFile;
    case 'reconstruct':
      return hasGaps;
    case 'impute':
      return true;
  }
}

function labelsOf(target: TargetPlan): readonly string[] {
  switch (target.kind) {
    case 'forecast':
    case 'reconstruct':
    case 'impute':
      return [];
    case 'classify':
      return [target.column];
    case 'regress':
      return target.columns;
  }
}
