import { describe, expect, it } from 'vitest';
import type { EpochPoint } from '../../../electron/ipc/run-messages.ts';
import { emptyTrace, extendTrace } from '../../../renderer/state/loss-trace.ts';
import { baselineLevels, epochRange, lossChartData, lossRange } from '../../../renderer/training/loss-chart-data.ts';
import { secondsLeft } from '../../../renderer/training/time-left.ts';

function epochPoint(epoch: number, trainingLoss: number, validationLoss: number | null, seconds = 1): EpochPoint {
  return { epoch, step: epoch * 2, trainingLoss, validationLoss, best: true, learningRate: 0.01, seconds };
}

describe('the loss chart', () => {
  const trace = extendTrace(emptyTrace(0), [4, 0, 2]);

  it('puts steps between epochs, and epochs at their end', () => {
    expect(lossChartData({ trace, earlier: [], epochs: [epochPoint(1, 3, 2.5)], stepsPerEpoch: 2 }, false)).toEqual([
      [0.5, 1, 1.5],
      [4, 0, 2],
      [undefined, 2.5, undefined],
    ]);
  });
  it('begins with the epochs of earlier sessions where a run was resumed', () => {
    const resumed = extendTrace(emptyTrace(4), [1]);
    expect(lossChartData({ trace: resumed, earlier: [epochPoint(1, 3, 2.5), epochPoint(2, 2, 1.5)], epochs: [], stepsPerEpoch: 2 }, false)).toEqual([
      [1, 2, 2.5],
      [3, 2, 1],
      [2.5, 1.5, undefined],
    ]);
  });
  it('has a gap where a logarithmic scale has no place', () => {
    expect(lossChartData({ trace, earlier: [], epochs: [], stepsPerEpoch: 2 }, true)[1]).toEqual([4, null, 2]);
  });
  it('has no validation points where the part has no windows', () => {
    expect(lossChartData({ trace: emptyTrace(2), earlier: [epochPoint(1, 3, null)], epochs: [], stepsPerEpoch: 2 }, false)).toEqual([[1], [3], [undefined]]);
  });
  it('names the baselines that are known, with their loss', () => {
    expect(baselineLevels({ linear: 0.0155, naive: 0.25697407, seasonalNaive: Number.NaN })).toEqual([
      { value: 0.25697407, label: 'naive 0.257', color: 'naive' },
      { value: 0.0155, label: 'linear model 0.0155', color: 'linear' },
    ]);
  });
  it('leaves a few first steps out of a linear scale, never a baseline or a usual value', () => {
    const data = lossChartData({ trace: extendTrace(emptyTrace(0), [900, ...Array<number>(99).fill(1)]), earlier: [], epochs: [], stepsPerEpoch: 10 }, false);
    const [low, high] = lossRange(data, baselineLevels({ naive: 3 }), false);
    expect(low).toBe(0);
    expect(high).toBeCloseTo(3.24);
  });
  it('shows everything on a logarithmic scale', () => {
    const data = lossChartData({ trace: extendTrace(emptyTrace(0), [900, 0.01]), earlier: [], epochs: [], stepsPerEpoch: 1 }, true);
    const [low, high] = lossRange(data, [], true);
    expect(low).toBeLessThan(0.01);
    expect(high).toBeGreaterThan(900);
  });
  it('spans a short run at once, a long one by doublings', () => {
    expect([epochRange(0, 20), epochRange(3, 1000), epochRange(26, 1000), epochRange(999, 1000)]).toEqual([[0, 20], [0, 25], [0, 50], [0, 1000]]);
  });
});

describe('the time left', () => {
  const progress = { epochs: 10, stepsPerEpoch: 100, step: 200, msPerStep: 2, history: [] };
  it('goes by the steps before an epoch has ended', () => expect(secondsLeft(progress)).toBeCloseTo(1.6));
  it('goes by whole epochs afterwards, with their validation', () => {
    expect(secondsLeft({ ...progress, history: [epochPoint(1, 1, 1, 3), epochPoint(2, 1, 1, 5)] })).toBeCloseTo(32);
  });
  it('is not known before the second step', () => expect(secondsLeft({ ...progress, msPerStep: null })).toBeNull());
});
