import { describe, expect, it } from 'vitest';
import type { RunDetails, RunHandle, RunSummary } from '../../../electron/ipc/run-messages.ts';
import { compareFacts, comparedCurves, markRun } from '../../../renderer/runs/compare-runs.ts';
import { changesInWords, epochsInWords, outcomeInWords, toneOf } from '../../../renderer/runs/run-words.ts';
import { emptyDocument } from '../../../core/graph/empty-document.ts';

const summary: RunSummary = {
  run: 'run-1' as RunHandle,
  name: '2026-11-23-seed-1',
  startedAt: 0,
  seed: 1,
  epochs: 20,
  epochsWanted: 20,
  seconds: 12,
  stopped: 'completed',
  resumable: true,
  parameters: 1_701,
  score: { mse: 0.2, mae: 0.3 },
  skill: 0.9,
  verdict: 'beats naive by 90 %',
  changes: [],
};
const details = (change: Partial<RunSummary>, losses: readonly number[]): RunDetails => ({
  summary: { ...summary, ...change },
  document: emptyDocument,
  report: null,
  history: losses.map((loss, epoch) => ({ epoch: epoch + 1, step: epoch + 1, trainingLoss: loss, validationLoss: epoch === 0 ? loss : null, best: true, learningRate: 0.01, seconds: 1 })),
});

describe('a run in words', () => {
  it('says how many epochs of how many', () => expect([epochsInWords(summary), epochsInWords({ epochs: 3, epochsWanted: 1000 })]).toEqual(['20', '3 of 1,000']));
  it('says its verdict, or why there is none', () => {
    expect(outcomeInWords(summary)).toBe('beats naive by 90 %');
    expect(outcomeInWords({ verdict: null, stopped: null })).toBe('Under way');
    expect(outcomeInWords({ verdict: null, stopped: 'not-finite' })).toBe('Stopped: the loss or the gradient was not finite');
  });
  it('is bad news when it loses or failed, none while it goes on', () => {
    expect(toneOf(summary)).toBe('good');
    expect(toneOf({ ...summary, verdict: 'loses to naive by 3 %', skill: -0.03 })).toBe('bad');
    expect(toneOf({ ...summary, verdict: 'beats naive by 25 %; loses to the linear model by 11 %' })).toBe('mixed');
    expect(toneOf({ ...summary, verdict: 'shows no clear difference from naive', skill: 0 })).toBe('mixed');
    expect(toneOf({ ...summary, verdict: null, skill: null, stopped: 'engine-failed' })).toBe('bad');
    expect(toneOf({ ...summary, stopped: null })).toBe('none');
  });
  it('says what changed', () => {
    expect(changesInWords(['LSTM 1: units 20 → 40', 'seed 1 → 2'], false)).toBe('LSTM 1: units 20 → 40; seed 1 → 2');
    expect([changesInWords([], true), changesInWords([], false)]).toEqual(['the first run', 'nothing changed']);
  });
});

describe('two runs', () => {
  const pair = [details({}, [3, 2]), details({ score: { mse: 0.1, mae: 0.4 }, skill: 0.95, seconds: 12 }, [4])] as const;

  it('are marked for comparison two at a time', () => {
    expect(markRun(markRun(markRun([], 'a'), 'b'), 'c')).toEqual(['b', 'c']);
    expect(markRun(['a', 'b'], 'a')).toEqual(['b']);
  });
  it('have their better numbers marked: low errors, high skill, nothing for a tie', () => {
    const better = Object.fromEntries(compareFacts(pair).map((fact) => [fact.name, fact.better]));
    expect(better).toMatchObject({ mse: 1, mae: 0, 'skill over naive': 1, 'training time': null, seed: null });
  });
  it('have no winner where both numbers read alike', () => {
    const facts = compareFacts([details({ seconds: 0.4 }, []), details({ seconds: 0.2 }, [])]);
    expect(facts.find(({ name }) => name === 'training time')).toEqual({ name: 'training time', values: ['<\u00a01\u00a0s', '<\u00a01\u00a0s'], better: null });
  });
  it('have no winner where one has no score', () => {
    const [mse] = compareFacts([pair[0], details({ score: null }, [])]);
    expect(mse).toEqual({ name: 'mse', values: ['0.2000', '–'], better: null });
  });
  it('are drawn by validation loss, or by training loss where there is none', () => {
    expect(comparedCurves(pair).data).toEqual([[1, 2], [3, 2], [4, undefined]]);
  });
});
