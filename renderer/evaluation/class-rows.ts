import type { BaselineName, ClassReport, RunReport } from '../../electron/ipc/run-messages.ts';
import { printPercents } from '../charts/print-number.ts';
import { baselineLabels, baselineNames } from './forecasters.ts';

export interface ClassRow {
  readonly forecaster: 'model' | BaselineName;
  readonly label: string;
  /** Share of samples whose most probable class is right. */
  readonly accuracy: number;
  readonly balancedAccuracy: number;
  readonly crossEntropy: number;
  /** By how many per cent the model's Brier score is smaller, with its 95 % interval; null for the model. */
  readonly skill: string | null;
}

/** The model and the baselines that told the same samples apart. */
export function classRows({ skill }: Pick<RunReport, 'skill'>, classes: ClassReport): readonly ClassRow[] {
  const rowOf = (forecaster: ClassRow['forecaster'], label: string, scores: Omit<ClassReport, 'baselines'>, own: string | null): ClassRow => {
    const { accuracy, balancedAccuracy, crossEntropy } = scores;
    return { forecaster, label, accuracy, balancedAccuracy, crossEntropy, skill: own };
  };
  return [
    rowOf('model', 'model', classes, null),
    ...baselineNames.flatMap((name) => {
      const scores = classes.baselines[name];
      const found = skill?.[name];
      if (scores === undefined) return [];
      const [value = '', low = '', high = ''] = found === undefined ? [] : printPercents([found.skill, ...(found.interval.every(Number.isFinite) ? found.interval : [])]);
      return [rowOf(name, baselineLabels[name], scores, found === undefined ? null : low === '' ? `${value} (too few samples)` : `${value} (${low} to ${high})`)];
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
