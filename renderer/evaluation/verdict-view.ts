import type { RunReport, StopReason } from '../../electron/ipc/run-messages.ts';
import { baselineLabels, baselineNames, plainestBaseline } from './forecasters.ts';

/** How good the news is. */
export type VerdictTone = 'good' | 'mixed' | 'bad' | 'unknown';

export interface VerdictView {
  readonly tone: VerdictTone;
  /** The verdict as a sentence. */
  readonly sentence: string;
  /** What a verdict that is not good means, and what to try; null where there is nothing to add. */
  readonly advice: string | null;
}

/** What a model that is no better than the plainest baseline is worth. */
const plainest: Readonly<Record<'naive' | 'shares' | 'mean' | 'interpolation' | 'lastValue' | 'meanSeries', { readonly lost: string; readonly open: string }>> = {
  naive: { lost: 'Repeating the last value forecasts better', open: 'repeating the last value' },
  shares: { lost: 'Always giving each class its share says more', open: 'always giving each class its share' },
  interpolation: { lost: 'A straight line across the gap is nearer', open: 'a straight line across the gap' },
  lastValue: { lost: 'Repeating the last value is nearer', open: 'repeating the last value' },
  meanSeries: { lost: 'Always drawing the mean series is nearer', open: 'always drawing the mean series' },
  mean: { lost: 'Always telling the mean is nearer', open: 'always telling the mean' },
};

/** A model that loses to the plainest baseline is said to lose, first and plainly. */
export function verdictView({ verdict, skill }: Pick<RunReport, 'verdict' | 'skill'>): VerdictView {
  const name = plainestBaseline(skill);
  const first = name === undefined ? undefined : skill?.[name];
  if (verdict === undefined || skill === undefined || name === undefined || first === undefined) {
    return { tone: 'unknown', sentence: 'There is no verdict: the run was not judged on this part.', advice: null };
  }
  const sentence = `The model ${verdict}.`;
  const words = plainest[name === 'linear' || name === 'seasonalNaive' ? 'naive' : name];
  if (first.verdict === 'loses') {
    return {
      tone: 'bad',
      sentence,
      advice: `${words.lost}. Train longer, lower the learning rate, or change the graph; do not use these ${name === 'naive' ? 'forecasts' : 'predictions'}.`,
    };
  }
  if (first.verdict === 'no-clear-difference') {
    return {
      tone: 'mixed',
      sentence,
      advice: `On this part the model cannot be told from ${words.open}. Train longer, bring more data, or change the graph.`,
    };
  }
  const better = baselineNames.filter((baseline) => skill[baseline]?.verdict === 'loses').map((baseline) => baselineLabels[baseline]);
  if (better.length > 0) {
    return { tone: 'mixed', sentence, advice: `The ${better.join(' and the ')} baseline ${name === 'naive' ? 'forecasts' : 'does'} better, and is simpler: the model does not earn its keep yet.` };
  }
  return { tone: 'good', sentence, advice: null };
}

/** Why training ended, in words; null: it is under way. */
export function stopInWords(stopped: StopReason | null): string {
  switch (stopped) {
    case null:
      return 'Under way';
    case 'completed':
      return 'All epochs trained';
    case 'early-stopping':
      return 'Stopped early: no better validation loss';
    case 'cancelled':
      return 'Stopped by you';
    case 'not-finite':
      return 'Stopped: the loss or the gradient was not finite';
    case 'diverged':
      return 'Stopped: the loss grew beyond hope';
    case 'engine-failed':
      return 'The engine failed';
    case 'interrupted':
      return 'Cut off before its end';
    case 'imported':
      return 'Imported with its weights';
  }
}
