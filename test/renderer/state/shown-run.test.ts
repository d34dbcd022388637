import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { ProjectHandle } from '../../../electron/ipc/project-messages.ts';
import type { EpochPoint, RunEvent, RunHandle, RunReport } from '../../../electron/ipc/run-messages.ts';
import { progressOf } from '../../../renderer/state/run-state.ts';
import { forgetRun, receiveRunEvent, resume, useRuns } from '../../../renderer/state/runs-store.ts';
import { followRun, grownTrace, grownValidation, useShownRun } from '../../../renderer/state/shown-run.ts';
import { always, standInForDesktop } from '../support/unroll-double.ts';

const run = 'run-1' as RunHandle;
const project = 'project-1' as ProjectHandle;
const tell = (event: RunEvent): void => receiveRunEvent({ project, run, event });
const steps = (step: number, losses: readonly number[]): Extract<RunEvent, { readonly kind: 'progress' }> => ({ kind: 'progress', epoch: 1, stepInEpoch: step, step, msPerStep: 1, losses, learningRates: losses, epochsFinished: [] });
const shown = () => useShownRun.getState().state;
const shownLosses = () => progressOf(shown())?.losses.points;
const epoch = (number: number, validationLoss: number | null): EpochPoint => ({ epoch: number, step: 10 * number, trainingLoss: 1, validationLoss, learningRate: 0.1, best: false, seconds: 1 });

beforeEach(async () => {
  vi.useFakeTimers();
  standInForDesktop({ resumeRun: always({ run, facts: {} as never }) });
  await resume(run);
  tell({ kind: 'started', seed: 1, epochs: 2, stepsPerEpoch: 10, parameters: 1, finishedEpochs: 0, finishedSteps: 0 });
});

afterEach(() => {
  forgetRun();
  vi.useRealTimers();
});

it('a beginning, the first loss, the baselines and the end are shown at once, numbers when they can be read', () => {
  expect(shown()).toMatchObject({ kind: 'active' });
  tell(steps(1, [3]));
  expect(shownLosses()).toEqual([3]);
  tell({ kind: 'baselines', losses: { naive: 5 } });
  expect(progressOf(shown())?.baselines).toEqual({ naive: 5 });
  tell(steps(2, [2]));
  vi.advanceTimersByTime(900);
  tell(steps(3, [1]));
  expect(shownLosses()).toEqual([3]);
  vi.advanceTimersByTime(100);
  tell(steps(4, [0.5]));
  expect(shownLosses()).toEqual([3, 2, 1, 0.5]);
  tell(steps(5, [0.25]));
  vi.advanceTimersByTime(1_200);
  expect(shownLosses()).toEqual([3, 2, 1, 0.5, 0.25]);
  tell(steps(6, [0]));
  tell({ kind: 'phase', phase: 'evaluating' });
  expect([shown(), shownLosses()]).toMatchObject([{ phase: 'evaluating' }, [3, 2, 1, 0.5, 0.25, 0]]);
  tell({ kind: 'finished', report: {} as RunReport });
  expect(shown().kind).toBe('finished');
});

it('the ends of lines follow every event from what is shown on, over epochs', () => {
  tell(steps(1, [3]));
  const seen: unknown[] = [];
  const end = followRun((progress, known) => [grownTrace(({ losses }) => losses)(progress, known), grownValidation(progress, known)], (growth) => {
    seen.push(growth);
    return true;
  });
  tell(steps(2, [2]));
  tell({ ...steps(3, [1]), epochsFinished: [epoch(1, 0.9), epoch(2, null), epoch(3, 0.8)] });
  end();
  tell(steps(4, [0]));
  expect(seen).toEqual([
    [[[0.1, 3], [0.2, 2]], []],
    [[[0.1, 3], [0.2, 2], [0.3, 1]], [[1, 0.9], [3, 0.8]]],
  ]);
});

it('validation losses follow from the last one that is shown on', () => {
  tell({ ...steps(1, [3]), epochsFinished: [epoch(1, 0.9), epoch(2, 0.8), epoch(3, null)] });
  const known = progressOf(shown())!;
  tell({ ...steps(2, [2]), epochsFinished: [epoch(4, 0.7)] });
  expect(grownValidation(progressOf(useRuns.getState().state)!, known)).toEqual([[2, 0.8], [4, 0.7]]);
});

it('a line that leaves its chart has all of it shown, but not at every event', () => {
  tell(steps(1, [3]));
  const end = followRun(() => null, () => false);
  tell(steps(2, [2]));
  expect(shownLosses()).toEqual([3]);
  vi.advanceTimersByTime(500);
  tell(steps(3, [1]));
  expect(shownLosses()).toEqual([3, 2, 1]);
  tell(steps(4, [0]));
  expect(shownLosses()).toEqual([3, 2, 1]);
  end();
});
