import type { Model } from '../../core/compile/model.ts';
import { pythonTarget } from './python-target.ts';
import type { PythonTarget } from './python-target.ts';

/** What of the data pipeline a model uses: the rest is not written, so that what is written can be read. */
export interface DataNeeds {
  /** Values may be missing: filled ones are read and never scored. */
  readonly hasGaps: boolean;
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
  const target = pythonTarget(model);
  const isFile = model.data.source.kind === 'csv';
  const { gaps, scale, labels, categories } = model.data;
  const hasGaps = isFile && gaps !== 'refuse';
  const filling = isFile && (gaps === 'last-value' || gaps === 'linear') ? gaps : null;
  return { hasGaps, filling, isScaled: scale !== null || labels.length > 0, hasFeatures: labels.length + categories.length > 0, isWeighted: isWeighted(model, target, isFile, hasGaps), labels: labelsOf(target) };
}

function isWeighted({ data }: Model, target: PythonTarget, isFile: boolean, hasGaps: boolean): boolean {
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
  }
}

function labelsOf(target: PythonTarget): readonly string[] {
  switch (target.kind) {
    case 'forecast':
    case 'reconstruct':
      return [];
    case 'classify':
      return [target.column];
    case 'regress':
      return target.columns;
  }
}
