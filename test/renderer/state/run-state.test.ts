import { describe, expect, it } from 'vitest';
import type { RunEvent, RunHandle, RunReport, StartedRun } from '../../../electron/ipc/run-messages.ts';
import { doneShare, isBusy, nextRunState, progressOf, type RunAction, type RunState } from '../../../renderer/state/run-state.ts';

const run = 'run-1' as RunHandle;
const started: RunEvent = { kind: 'started', seed: 1, epochs: 2, stepsPerEpoch: 10, parameters: 1470, finishedEpochs: 0, finishedSteps: 0 };
const progress: RunEvent = { kind: 'progress', epoch: 1, stepInEpoch: 5, step: 5, msPerStep: 2, losses: [5, 4, 3, 2, 1], learningRates: [0.1, 0.1, 0.1, 0.1, 0.1], epochsFinished: [] };
const report = { run: 'run', stopped: 'completed' } as unknown as RunReport;
const accepted = { kind: 'accepted', started: { run, facts: { parameters: 1470 } as StartedRun['facts'] } } as const;

const event = (told: RunEvent, of: RunHandle = run): RunAction => ({ kind: 'event', run: of, event: told });
const play = (...actions: readonly RunAction[]): RunState => actions.reduce(nextRunState, { kind: 'idle' });
const asked: RunAction = { kind: 'asked', document: null };

describe('a training', () => {
  it('is prepared, goes on and ends', () => {
    expect(play(asked).kind).toBe('preparing');
    const active = play(asked, accepted, event(started), event(progress));
    expect(active).toMatchObject({ kind: 'active', phase: 'training', progress: { step: 5, losses: { points: [5, 4, 3, 2, 1] }, facts: { parameters: 1470 } } });
    expect(doneShare(progressOf(active)!)).toBe(0.25);
    expect(nextRunState(active, event({ kind: 'finished', report }))).toMatchObject({ kind: 'finished', report, progress: { step: 5 } });
  });
  it('comes to the same whether its first event or the answer to the wish comes first', () => {
    expect(play(asked, event(started), accepted, event(progress))).toEqual(play(asked, accepted, event(started), event(progress)));
  });
  it('that is refused says why, and another can be asked for', () => {
    const refused = play(asked, { kind: 'refused', diagnostics: [] });
    expect([refused.kind, isBusy(refused), nextRunState(refused, asked).kind]).toEqual(['refused', false, 'preparing']);
  });
  it('that fails while it is prepared can be told of', () => {
    expect(play(asked, event({ kind: 'failed', diagnostics: [], resumable: false }))).toMatchObject({ kind: 'failed', progress: null, run });
  });
  it('is one at a time: a wish while one is under way changes nothing', () => {
    const active = play(asked, event(started));
    expect(nextRunState(active, asked)).toBe(active);
  });
  it('hears nothing of another run, and nothing after its end', () => {
    const active = play(asked, event(started));
    expect(nextRunState(active, event(progress, 'run-2' as RunHandle))).toBe(active);
    const finished = nextRunState(active, event({ kind: 'finished', report }));
    expect(nextRunState(finished, event(progress))).toBe(finished);
  });
  it('shows what happens beside the losses', () => {
    const state = play(asked, event(started), event({ kind: 'baselines', losses: { naive: 0.5 } }), event({ kind: 'phase', phase: 'stopping' }));
    expect(state).toMatchObject({ phase: 'stopping', progress: { baselines: { naive: 0.5 } } });
  });
  it('shortly ended still learns its baselines', () => {
    const ended = play(asked, event(started), event({ kind: 'finished', report }), event({ kind: 'baselines', losses: { naive: 0.5 } }));
    expect(ended).toMatchObject({ kind: 'finished', progress: { baselines: { naive: 0.5 } } });
    expect(play(asked, event({ kind: 'baselines', losses: { naive: 0.5 } })).kind).toBe('preparing');
  });
  it('that is resumed goes on from the steps it had', () => {
    const resumed = play(asked, event({ ...started, finishedEpochs: 1, finishedSteps: 10 }), event({ ...progress, step: 11, losses: [1], learningRates: [0.1] }));
    expect(progressOf(resumed)).toMatchObject({ step: 11, losses: { startStep: 10, points: [1] } });
  });
});
