import { create } from 'zustand';
import { grownSince, type LossTrace } from './loss-trace.ts';
import { progressOf, type RunProgress, type RunState } from './run-state.ts';
import { useRuns } from './runs-store.ts';

/** Not quite twice a second: as often as numbers that change can be read. */
const readingMilliseconds = 550;

/** How far the training is, in the bar at the top, far from everything else that changes. */
const glanceMilliseconds = 1_000;

interface ShownRun {
  readonly state: RunState;
  readonly glance: RunState;
}

/**
 * The training as words and numbers show it. A window's every change may be drawn by the very processor that trains, and takes the more of it
 * the farther apart the places are that change: they change together, and no more often than somebody can read. What somebody
 * waits for (that it begins, its first loss, its end) is shown at once; the line of the loss itself follows faster, by `LiveLine`.
 */
export const useShownRun = create<ShownRun>()(() => ({ state: useRuns.getState().state, glance: useRuns.getState().state }));

/** Where no event comes that it could be shown with. */
const patienceMilliseconds = 700;

let pause: ReturnType<typeof setTimeout> | undefined;
let shownAt = 0;
let glancedAt = 0;

useRuns.subscribe(({ state }) => {
  const shown = useShownRun.getState().state;
  if (state === shown) return;
  if (stageOf(state) !== stageOf(shown)) show(true);
  else if (performance.now() - shownAt >= readingMilliseconds) show(false);
  else pause ??= setTimeout(show, patienceMilliseconds, false);
});

function show(isAwaited: boolean): void {
  clearTimeout(pause);
  pause = undefined;
  shownAt = performance.now();
  const { state } = useRuns.getState();
  const isGlanced = isAwaited || shownAt - glancedAt >= glanceMilliseconds;
  if (isGlanced) glancedAt = shownAt;
  useShownRun.setState(isGlanced ? { state, glance: state } : { state });
}

/** Within a stage a training changes only in its numbers. */
function stageOf(state: RunState): string {
  const progress = progressOf(state);
  return JSON.stringify([state.kind, state.kind === 'active' ? state.phase : null, progress?.run, progress?.facts === null, progress?.losses.points.length === 0, progress?.warnings.length]);
}

/** Calls back at every event with what a trace of the run has beyond what is shown, its steps counted in epochs; gives the function that ends it. */
export function followTrace(traceOf: (progress: RunProgress) => LossTrace, grown: (points: readonly (readonly [epoch: number, value: number])[]) => void): () => void {
  return useRuns.subscribe(({ state }) => {
    const progress = progressOf(state);
    const shown = progressOf(useShownRun.getState().state);
    if (progress === null || shown === null || progress.run !== shown.run) return;
    const points = grownSince(traceOf(progress), traceOf(shown));
    if (points.length > 1) grown(points.map(([step, value]) => [step / progress.stepsPerEpoch, value]));
  });
}
