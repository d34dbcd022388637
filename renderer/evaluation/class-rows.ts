import type { ClassReport, RunReport } from '../../electron/ipc/run-messages.ts';
import { baselineLabels, baselineNames, skillInWords, type Forecaster } from './forecasters.ts';

export interface ClassRow {
  readonly forecaster: Forecaster;
  readonly label: string;
  /** Share of samples whose most probable class is right. */
  readonly accuracy: number;
  readonly balancedAccuracy: number;
  readonly crossEntropy: number;
  /** By how many per cent the model's Brier score is smaller, with its 95 % interval; null for the model. */
  readonly skill: string | null;
}

/** The model and the baselines that told the same samples apart. */
export function classRows(report: Pick<RunReport, 'skill'>, classes: ClassReport): readonly ClassRow[] {
  const rowOf = (forecaster: Forecaster, label: string, { accuracy, balancedAccuracy, crossEntropy }: Omit<ClassReport, 'baselines'>, skill: string | null): ClassRow => ({
    forecaster,
    label,
    accuracy,
    balancedAccuracy,
    crossEntropy,
    skill,
  });
  return [
    rowOf('model', 'model', classes, null),
    ...baselineNames.flatMap((name) => {
      const scores = classes.baselines[name];
      return scores === undefined ? [] : [rowOf(name, baselineLabels[name], scores, skillInWords(report, name, 'samples'))];
    }),
  ];
}

export interface ConfusionRow {
  readonly name: string;
  readonly count: number;
  /** `share` is of the samples that truly are of the row's class. */
  readonly cells: readonly { readonly said: string; readonly count: number; readonly share: number; readonly right: boolean }[];
}

/** Who was taken for whom: a row a true class. */
export function confusionRows({ names, confusion }: Pick<ClassReport, 'names' | 'confusion'>): readonly ConfusionRow[] {
  return confusion.map((row, own) => {
    const count = row.reduce((sum, cell) => sum + cell, 0);
    const cells = row.map((cell, said) => ({ said: names[said] ?? '', count: cell, share: count === 0 ? 0 : cell / count, right: said === own }));
    return { name: names[own] ?? '', count, cells };
  });
}
