import type { RunProgress } from '../state/run-state.ts';

/** So many of the last epochs tell the pace: a machine does not stay as busy as it was. */
const epochsOfPace = 5;

/**
 * Seconds until the last epoch ends: by the last epochs of this session, validation included, else by the median step alone.
 * null while neither is known. Early stopping may end the run before.
 */
export function secondsLeft(progress: Pick<RunProgress, 'epochs' | 'stepsPerEpoch' | 'step' | 'msPerStep' | 'history'>): number | null {
  const { epochs, stepsPerEpoch, step, msPerStep, history } = progress;
  const remaining = Math.max(0, epochs * stepsPerEpoch - step);
  const seconds = history.slice(-epochsOfPace).map((point) => point.seconds);
  const [first] = seconds;
  if (first !== undefined && stepsPerEpoch > 0) {
    const mean = seconds.reduce((sum, value) => sum + value, 0) / seconds.length;
    return (mean * remaining) / stepsPerEpoch;
  }
  return msPerStep === null ? null : (msPerStep * remaining) / 1000;
}
