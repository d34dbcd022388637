import type { EpochPoint } from '../../electron/ipc/run-messages.ts';
import { useAnswer } from '../data/use-answer.ts';
import { desktop } from '../state/desktop.ts';
import type { RunProgress } from '../state/run-state.ts';

const none: readonly EpochPoint[] = [];

/** The epochs of a resumed run's earlier sessions, as its history has them; none of a new run. */
export function useEarlierEpochs({ run, losses }: Pick<RunProgress, 'run' | 'losses'>): readonly EpochPoint[] {
  const { startStep } = losses;
  const { value } = useAnswer(startStep === 0 ? null : `${run} ${startStep}`, () => desktop().readRun({ run }));
  return value?.history.filter(({ step }) => step <= startStep) ?? none;
}
