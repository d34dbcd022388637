import type { SampleForecast } from '../../../engine/host/sample-messages.ts';

/** A straight line that goes on, a model that is nearly right, and the naive forecast. */
export const sampleForecast: SampleForecast = {
  series: 0,
  origin: '2020-02-01',
  column: 'height <m>',
  history: Array.from({ length: 30 }, (_, step) => step / 10),
  truth: [3.0, 3.1, 3.2, 3.3],
  model: [2.9, 3.0, 3.3, 3.2],
  naive: [2.9, 2.9, 2.9, 2.9],
  bands: null, quantiles: null,
};
