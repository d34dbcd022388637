import { printCount } from '../../core/diagnostics/phrases.ts';
import type { RunSummary } from '../../electron/ipc/run-messages.ts';
import { stopInWords } from '../evaluation/verdict-view.ts';

/** '12 of 20', or '20' where all that were asked for are done. */
export function epochsInWords({ epochs, epochsWanted }: Pick<RunSummary, 'epochs' | 'epochsWanted'>): string {
  return epochs === epochsWanted ? printCount(epochs) : `${printCount(epochs)} of ${printCount(epochsWanted)}`;
}

/** What came of a run in a phrase: its verdict, or why it has none. */
export function outcomeInWords({ verdict, stopped }: Pick<RunSummary, 'verdict' | 'stopped'>): string {
  if (stopped !== null && verdict !== null) return verdict;
  return stopInWords(stopped);
}

/** How good the news of a run is: its verdict names the plainest baseline first. */
export function toneOf({ skill, stopped, verdict }: Pick<RunSummary, 'skill' | 'stopped' | 'verdict'>): 'good' | 'mixed' | 'bad' | 'none' {
  if (stopped === null) return 'none';
  if (skill === null || verdict === null) return stopped === 'completed' || stopped === 'imported' || stopped === 'cancelled' || stopped === 'early-stopping' ? 'none' : 'bad';
  if (/(?:^|; )loses to (?:naive|the shares|the mean)/u.test(verdict)) return 'bad';
  return /(?:^|; )beats (?:naive|the shares|the mean)/u.test(verdict) && !verdict.includes('loses to') ? 'good' : 'mixed';
}

/** What differs from the run before, in one line. */
export function changesInWords(changes: readonly string[], isFirst: boolean): string {
  if (changes.length > 0) return changes.join('; ');
  return isFirst ? 'the first run' : 'nothing changed';
}
