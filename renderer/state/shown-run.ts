import { create } from 'zustand';
import { grownSince, type LossTrace } from './loss-trace.ts';
import { progressOf, type RunProgress, type RunState } from './run-state.ts';
import { useRuns } from './runs-store.ts';

/** As often as numbers that change can be read. */
const readingMilliseconds = 1_000;

/** Where no event comes that numbers could be shown with. */
const patienceMilliseconds = 1_200;

/** A line that leaves what its chart spans waits so long at most. */
const leavingMilliseconds = 500;

interface ShownRun {
  readonly state: RunState;
}

/**
 * The training as it is shown. A window's every change may be drawn by the very processor that trains, and takes the more of it
 * the farther apart the places are that change: they change together, and no more often than somebody can read. What somebody
 * waits for (that it begins, its first loss, its baselines, its end) is shown at once; the ends of lines follow faster, by `LiveLines`.
 */
export const useShownRun = create<ShownRun>()(() => ({ state: useRuns.getState().state }));

let pause: ReturnType<typeof setTimeout> | undefined;
let shownAt = 0;

useRuns.subscribe(({ state }) => {
  const shown = useShownRun.getState().state;
  if (state === shown) return;
  if (stageOf(state) !== stageOf(shown) || performance.now() - shownAt >= readingMilliseconds) show();
  else pause ??= setTimeout(show, patienceMilliseconds);
});

function show(): void {
  clearTimeout(pause);
  pause = undefined;
  shownAt = performance.now();
  useShownRun.setState({ state: useRuns.getState().state });
}

/** Within a stage a training changes only in its numbers. */
function stageOf(state: RunState): string {
  const progress = progressOf(state);
  return JSON.stringify([state.kind, state.kind === 'active' ? state.phase : null, progress?.run, progress?.facts === null, progress?.losses.points.length === 0, progress?.warnings.length, Object.keys(progress?.baselines ?? {}).length]);
}

/**
 * Calls back at every event with what the run has beyond what is shown of it; gives the function that ends it. `grown` tells
 * whether there was room for all of it: where there was not, all of it is shown before its time.
 */
export function followRun<Growth>(growthOf: (progress: RunProgress, shown: RunProgress) => Growth, grown: (growth: Growth) => boolean): () => void {
  return useRuns.subscribe(({ state }) => {
    const progress = progressOf(state);
    const shown = progressOf(useShownRun.getState().state);
    if (progress === null || shown === null || progress === shown || progress.run !== shown.run) return;
    if (!grown(growthOf(progress, shown)) && performance.now() - shownAt >= leavingMilliseconds) show();
  });
}

/** What a trace has beyond what is shown of it, its steps counted in epochs. */
export function grownTrace(traceOf: (progress: RunProgress) => LossTrace): (progress: RunProgress, shown: RunProgress) => readonly (readonly [epoch: number, value: number])[] {
  return (progress, shown) => grownSince(traceOf(progress), traceOf(shown)).map(([step, value]) => [step / progress.stepsPerEpoch, value]);
}

/** The validation losses beyond what is shown of them, from the last one that is. */
export function grownValidation({ history }: RunProgress, shown: RunProgress): readonly (readonly [epoch: number, loss: number])[] {
  const known = shown.history.findLastIndex(({ validationLoss }) => validationLoss !== null);
  return history.slice(Math.max(0, known)).flatMap(({ epoch, validationLoss }) => (validationLoss === null ? [] : [[epoch, validationLoss] as const]));
}
