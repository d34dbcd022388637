import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hideValues, judgedRound } from '../../../core/forecast/hidden-values.ts';
import { planWindows } from '../../../core/forecast/windows.ts';
import { countingUp, oneSeries, valueOf, windowSettings } from '../../support/forecast-data.ts';

const length = 400;
const window = 40;

function hiding(share: number, run: number, values: readonly number[] = countingUp(length)) {
  const table = oneSeries({ value: values, other: countingUp(values.length) });
  const settings = windowSettings({ window, horizon: 0, targetColumns: [], inputColumns: [0, 1], mask: true, hide: { columns: [0], share, run, centers: false } });
  const samples = valueOf(planWindows(table, settings)).samples.training;
  const hide = (picks: readonly number[], round = { seed: 1, round: 0, keepsEnds: false }) => hideValues(table, settings, samples, picks, round);
  /** Steps hidden of the one column, window by window. */
  const stepsOf = (picks: readonly number[], round?: Parameters<typeof hide>[1]) => {
    const hidden = hide(picks, round);
    return picks.map((_, sample) => Array.from({ length: window }, (__, step) => hidden[(sample * window + step) * 2]!));
  };
  return { table, samples, hide, stepsOf };
}

describe('values are hidden', () => {
  it.each([[0.15, 3], [0.3, 8], [0.5, 1]])('as a share of %f in stretches of %f on average', (share, run) => {
    const { samples, stepsOf } = hiding(share, run);
    const rounds = Array.from({ length: 40 }, (_, round) => stepsOf(countingUp(samples.count), { seed: 3, round, keepsEnds: false })).flat();
    const hidden = rounds.flat().reduce((sum, one) => sum + one, 0);
    const starts = rounds.reduce((sum, steps) => sum + steps.filter((one, step) => one === 1 && steps[step - 1] !== 1).length, 0);
    expect(hidden / rounds.flat().length / share).toBeGreaterThan(0.93);
    expect(hidden / rounds.flat().length / share).toBeLessThan(1.12);
    // A window cuts stretches at its ends, and neighbours may touch where they are short.
    expect(hidden / starts / run).toBeGreaterThan(0.8);
    expect(hidden / starts / run).toBeLessThan(2.1);
  });

  it('at least once in every window, in the chosen columns alone, and never where there is no value', () => {
    const gappy = countingUp(length).map((value) => (value % 3 === 0 ? Number.NaN : value));
    const { samples, table, hide } = hiding(0.01, 1, gappy);
    const hidden = hide(countingUp(samples.count));
    for (let sample = 0; sample < samples.count; sample += 1) {
      const steps = countingUp(window).filter((step) => hidden[(sample * window + step) * 2] === 1);
      expect(steps.length).toBeGreaterThan(0);
      for (const step of steps) expect(table.values[(samples.origin[sample]! + 1 - window + step) * 2]).not.toBeNaN();
    }
    expect(hidden.some((one, position) => one === 1 && position % 2 === 1)).toBe(false);
  });

  it('with a known value left on either side where they are judged', () => {
    const { samples, stepsOf } = hiding(0.9, 30);
    for (const steps of stepsOf(countingUp(samples.count), judgedRound)) expect([steps[0], steps.at(-1)]).toEqual([0, 0]);
  });

  it('by the place of the window and the round alone, whatever stands in the batch', () => {
    const { samples, stepsOf } = hiding(0.2, 4);
    const all = stepsOf(countingUp(samples.count));
    fc.assert(fc.property(fc.array(fc.nat(samples.count - 1), { minLength: 1, maxLength: 8 }), (picks) => {
      expect(stepsOf(picks)).toEqual(picks.map((pick) => all[pick]));
    }), { numRuns: 30 });
    expect(stepsOf([0, 1, 2], { seed: 1, round: 1, keepsEnds: false })).not.toEqual(all.slice(0, 3));
    expect(stepsOf([0, 1, 2], { seed: 2, round: 0, keepsEnds: false })).not.toEqual(all.slice(0, 3));
  });
});
