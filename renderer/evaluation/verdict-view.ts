import type { RunReport, StopReason } from '../../electron/ipc/run-messages.ts';
import { baselineLabels, baselineNames } from './forecasters.ts';

/** How good the news is. */
export type VerdictTone = 'good' | 'mixed' | 'bad' | 'unknown';

export interface VerdictView {
  readonly tone: VerdictTone;
  /** The verdict as a sentence. */
  readonly sentence: string;
  /** What a verdict that is not good means, and what to try; null where there is nothing to add. */
  readonly advice: string | null;
}

/** A model that loses to naive is said to lose, first and plainly. */
export function verdictView({ verdict, skill }: Pick<RunReport, 'verdict' | 'skill'>): VerdictView {
  const naive = skill?.naive;
  if (verdict === undefined || skill === undefined || naive === undefined) {
    return { tone: 'unknown', sentence: 'There is no verdict: the run was not judged on this part.', advice: null };
  }
  const sentence = `The model ${verdict}.`;
  if (naive.verdict === 'loses') {
    return {
      tone: 'bad',
      sentence,
      advice: 'Repeating the last value forecasts better. Train longer, lower the learning rate, or change the graph; do not use these forecasts.',
    };
  }
  if (naive.verdict === 'no-clear-difference') {
    return {
      tone: 'mixed',
      sentence,
      advice: 'On this part the model cannot be told from repeating the last value. Train longer, bring more data, or change the graph.',
    };
  }
  const better = baselineNames.filter((baseline) => skill[baseline]?.verdict === 'loses').map((baseline) => baselineLabels[baseline]);
  if (better.length > 0) {
    return { tone: 'mixed', sentence, advice: `The ${better.join(' and the ')} baseline forecasts better, and is simpler: the model does not earn its keep yet.` };
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
  }
}
