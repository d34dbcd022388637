import { describe, expect, it } from 'vitest';
import { windowLevels, writeInputs } from '../../../core/forecast/batch-inputs.ts';
import { prepareBatches } from '../../../core/forecast/batch-source.ts';
import { fillWindows, lastValue, linearInterpolation, readHidden } from '../../../core/forecast/imputation.ts';
import { identityScaler } from '../../../core/forecast/scaler.ts';
import { imputeTargets } from '../../../core/forecast/target-batches.ts';
import { planWindows } from '../../../core/forecast/windows.ts';
import { countingUp, oneSeries, valueOf, windowSettings } from '../../support/forecast-data.ts';

const gap = Number.NaN;
/** One window of six steps: the fifth value is missing, the third hidden. */
const values = [1, 3, 5, 4, gap, 8];
const hidden = Uint8Array.of(0, 0, 1, 0, 0, 0);
const table = oneSeries({ value: values });
const samples = { part: null, count: 1, series: Int32Array.of(0), origin: Int32Array.of(5) };
const windows = { table, window: 6, columns: [0], samples, hidden };

describe('baselines of filling see what is visible in the window', () => {
  it('a straight line joins the neighbours', () => expect([...fillWindows(windows, linearInterpolation)]).toEqual([1, 3, 3.5, 4, 6, 8]));
  it('the last value is carried forward', () => expect([...fillWindows(windows, lastValue)]).toEqual([1, 3, 3, 4, 4, 8]));
  it('at the ends the only neighbour holds', () => {
    const ends = { ...windows, hidden: Uint8Array.of(1, 0, 0, 0, 0, 1) };
    expect([...fillWindows(ends, linearInterpolation)]).toEqual([3, 3, 5, 4, 4, 4]);
    expect([...fillWindows(ends, lastValue)]).toEqual([3, 3, 5, 4, 4, 4]);
  });
  it('only what is hidden is scored', () => expect([...readHidden(windows).weights]).toEqual([0, 0, 1, 0, 0, 0]));
});

describe('what a network that fills gaps is fed', () => {
  const feed = (centers: boolean, visibleWeight = 0) => {
    const settings = windowSettings({ window: 6, horizon: 0, targetColumns: [], mask: true, hide: { columns: [0], share: 0.1, run: 1, centers } });
    const source = prepareBatches(table, { settings, borders: { by: 'time', training: [0, 6], validation: [6, 6], test: [6, 6] } }, identityScaler(1));
    const inputs = new Float32Array(12);
    const targets = new Float32Array(6);
    const weights = new Float32Array(6);
    writeInputs(source, samples, [0], inputs, hidden);
    imputeTargets(source, [0], visibleWeight).write(samples, [0], targets, weights, hidden);
    const even = (position: number): boolean => position % 2 === 0;
    return { values: [...inputs].filter((_, position) => even(position)), mask: [...inputs].filter((_, position) => !even(position)), targets: [...targets], weights: [...weights], level: windowLevels(source, samples, [0], hidden)[0] };
  };

  it('hidden and missing values are zero, in the mask as well, and the loss is on the hidden ones', () => {
    expect(feed(false)).toEqual({ values: [1, 3, 0, 4, 0, 8], mask: [1, 1, 0, 1, 0, 1], targets: [1, 3, 5, 4, 0, 8], weights: [0, 0, 1, 0, 0, 0], level: 4 });
  });
  it('visible values count as much as they are said to, missing ones never', () => expect(feed(false, 0.25).weights).toEqual([0.25, 0.25, 1, 0.25, 0, 0.25]));
  it('centred windows tell deviations from the mean of what is visible', () => {
    expect(feed(true)).toMatchObject({ values: [-3, -1, 0, 0, 0, 4], targets: [-3, -1, 1, 0, 0, 4] });
  });
});

describe('windows of which values are hidden', () => {
  const hide = { columns: [0], share: 0.1, run: 2, centers: false };
  it('lie wholly in one part, so that looking both ways never looks into another', () => {
    const plan = valueOf(planWindows(oneSeries({ value: countingUp(100) }), windowSettings({ window: 10, horizon: 0, targetColumns: [], mask: true, whole: true, hide })));
    for (const part of ['training', 'validation', 'test'] as const) {
      const [start, end] = plan.borders[part];
      const origins = [...plan.samples[part].origin];
      expect(origins).toEqual(countingUp(end - start - 9).map((step) => start + 9 + step));
    }
  });
  it('are kept with their gaps, and left out where fewer than three values are known', () => {
    const gappy = countingUp(100).map((value) => ((value >= 20 && value < 32) || value === 5 ? gap : value));
    const plan = valueOf(planWindows(oneSeries({ value: gappy }), windowSettings({ window: 10, horizon: 0, targetColumns: [], mask: true, whole: true, hide })));
    const known = (origin: number) => gappy.slice(origin - 9, origin + 1).filter((value) => !Number.isNaN(value)).length;
    expect([...plan.samples.training.origin]).toEqual(countingUp(51).map((step) => step + 9).filter((origin) => known(origin) >= 3));
    expect(plan.diagnostics.map(({ message }) => message)).toEqual([expect.stringContaining('because no target was observed')]);
  });
});
