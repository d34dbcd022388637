import { expect, it } from 'vitest';
import { rateChartData } from '../../../renderer/inspector/rate-chart-data.ts';

it('draws every loss, the smoothed loss and the suggestion, with gaps where a logarithm has no place', () => {
  const tried = [0.001, 0.01, 0.1, 1].map((rate, step) => ({ rate, loss: [2, 1, 0, Infinity][step]! }));
  const found = { tried, smoothed: [2, 1, 0.5], suggested: 0.01, steepest: 0.01, divergence: 1, batchSize: 32, seed: 1, warnings: [] };
  expect(rateChartData(found)).toEqual({
    data: [[0.001, 0.01, 0.1, 1], [2, 1, null, null], [2, 1, 0.5, undefined], [undefined, 1, undefined, undefined]],
    x: [0.001, 1],
    y: [0.4, 2.5],
  });
});
