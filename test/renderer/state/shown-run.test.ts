import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { ProjectHandle } from '../../../electron/ipc/project-messages.ts';
import type { RunEvent, RunHandle, RunReport } from '../../../electron/ipc/run-messages.ts';
import { progressOf } from '../../../renderer/state/run-state.ts';
import { receiveRunEvent, resume } from '../../../renderer/state/runs-store.ts';
import { followTrace, useShownRun } from '../../../renderer/state/shown-run.ts';
import { always, standInForDesktop } from '../support/unroll-double.ts';

const run = 'run-1' as RunHandle;
const project = 'project-1' as ProjectHandle;
const tell = (event: RunEvent): void => receiveRunEvent({ project, run, event });
const steps = (step: number, losses: readonly number[]): RunEvent => ({ kind: 'progress', epoch: 1, stepInEpoch: step, step, msPerStep: 1, losses, learningRates: losses, epochsFinished: [] });
const shown = () => useShownRun.getState().state;
const shownLosses = () => progressOf(shown())?.losses.points;

beforeEach(async () => {
  vi.useFakeTimers();
  standInForDesktop({ resumeRun: always({ run, facts: {} as never }) });
  await resume(run);
  tell({ kind: 'started', seed: 1, epochs: 2, stepsPerEpoch: 10, parameters: 1, finishedEpochs: 0, finishedSteps: 0 });
});

afterEach(() => {
  vi.useRealTimers();
});

it('a beginning, the first loss and the end are shown at once, numbers and, more seldom, the bar at the top when they can be read', () => {
  expect(shown()).toMatchObject({ kind: 'active' });
  tell(steps(1, [3]));
  expect(shownLosses()).toEqual([3]);
  tell(steps(2, [2]));
  vi.advanceTimersByTime(100);
  tell(steps(3, [1]));
  expect(shownLosses()).toEqual([3]);
  vi.advanceTimersByTime(450);
  expect(shownLosses()).toEqual([3]);
  tell(steps(4, [0.5]));
  expect(shownLosses()).toEqual([3, 2, 1, 0.5]);
  tell(steps(5, [0.25]));
  vi.advanceTimersByTime(700);
  expect(shownLosses()).toEqual([3, 2, 1, 0.5, 0.25]);
  tell(steps(6, [0]));
  tell({ kind: 'phase', phase: 'evaluating' });
  expect([shown(), shownLosses()]).toMatchObject([{ phase: 'evaluating' }, [3, 2, 1, 0.5, 0.25, 0]]);
  tell({ kind: 'finished', report: {} as RunReport });
  expect(shown().kind).toBe('finished');
});

it('a line follows every event from what is shown on, over epochs', () => {
  tell(steps(1, [3]));
  const seen: unknown[] = [];
  const end = followTrace(({ losses }) => losses, (points) => void seen.push(points));
  tell(steps(2, [2]));
  tell(steps(3, [1]));
  end();
  tell(steps(4, [0]));
  expect(seen).toEqual([[[0.1, 3], [0.2, 2]], [[0.1, 3], [0.2, 2], [0.3, 1]]]);
});
