import { expect, it } from 'vitest';
import { writeInputs } from '../../../core/forecast/batch-inputs.ts';
import { prepareBatches } from '../../../core/forecast/batch-source.ts';
import { meanSeries, readWindows } from '../../../core/forecast/drawn-series.ts';
import { identityScaler } from '../../../core/forecast/scaler.ts';
import { observedTable } from '../../../core/forecast/series-table.ts';
import { windowTargets } from '../../../core/forecast/target-batches.ts';
import { windowSettings } from '../../support/forecast-data.ts';

const gap = Number.NaN;
const labels = [{ name: 'size', perSeries: true, numbers: Float64Array.of(3, 7, gap), classes: null }];
const table = { ...observedTable([{ name: 'value', unit: null }], 3, 2, Float64Array.of(1, 2, 3, gap, 5, 8)), labels };
const samples = { part: null, count: 3, series: Int32Array.of(0, 1, 2), origin: Int32Array.of(1, 1, 1) };

it('the mean series is the mean of what is known at each time step', () => expect([...meanSeries(table, 2, [0], samples)]).toEqual([3, 5]));

it('windows are read with what is missing left out', () => {
  const { values, known } = readWindows(table, 2, [0], samples);
  expect([[...values], [...known]]).toEqual([[1, 2, 3, gap, 5, 8], [1, 1, 1, 0, 1, 1]]);
});

it('labels stand at every time step after the columns, each scaled by itself, 0 where missing; the target is the window', () => {
  const settings = windowSettings({ window: 2, horizon: 0, targetColumns: [], labels: ['size'], whole: true });
  const source = prepareBatches(table, { settings, borders: { by: 'series', training: [0, 3], validation: [3, 3], test: [3, 3] } }, identityScaler(1), new Map([['size', { offset: 5, factor: 2 }]]));
  const inputs = new Float32Array(12);
  const [targets, weights] = [new Float32Array(6), new Float32Array(6)];
  writeInputs(source, samples, [0, 1, 2], inputs);
  windowTargets(table, 2, [0], identityScaler(1)).write(samples, [0, 1, 2], targets, weights);
  expect([...inputs]).toEqual([1, -1, 2, -1, 3, 1, 0, 1, 5, 0, 8, 0]);
  expect([[...targets], [...weights]]).toEqual([[1, 2, 3, 0, 5, 8], [1, 1, 1, 0, 1, 1]]);
});
