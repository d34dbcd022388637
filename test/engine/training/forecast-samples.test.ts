import { expect, test } from 'vitest';
import { buildModel } from '../../../core/compile/build-model.ts';
import { compileProgram } from '../../../core/compile/compile-program.ts';
import { nodeId } from '../../../core/graph/identifiers.ts';
import type { Session } from '../../../engine/session.ts';
import { makeDataset } from '../../../engine/training/dataset.ts';
import { forecastSamples } from '../../../engine/training/forecast-samples.ts';
import { oneSeries, valueOf } from '../../support/forecast-data.ts';
import { layers, smallProject } from '../host/small-project.ts';

/** A session whose forecast of each column goes on with the straight line through the window's last two rows. */
function straightLines(columns: number, horizon: number): Session {
  return {
    run: (_, feeds) => {
      const { values, shape: [batch = 0, window = 0] } = feeds['inputs']!;
      const at = (sample: number, row: number, column: number) => values[(sample * window + row) * columns + column]!;
      const forecasts = Array.from({ length: batch * horizon * columns }, (__, position) => {
        const sample = Math.floor(position / (horizon * columns));
        const step = Math.floor((position % (horizon * columns)) / columns) + 1;
        const column = position % columns;
        const last = at(sample, window - 1, column);
        return last + step * (last - at(sample, window - 2, column));
      });
      return { predictions: { type: 'float', shape: [batch, horizon * columns], values: Float32Array.from(forecasts) } };
    },
    readVariable: () => ({ type: 'float', shape: [], values: new Float32Array() }),
    writeVariable: () => undefined,
    close: () => undefined,
  };
}

test.each([1, 3, 4, 9])('a model of %i steps is iterated to ten: forecasts of every column are fed back, on a window of four', (horizon) => {
  const document = smallProject({
    series: { source: 'csv', file: 'two.csv' },
    window: { window: 4, splitBy: 'time' },
    layers: [layers.simpleRnn(2, false), layers.dense(2 * horizon)],
    forecast: { horizon, iterateTo: 10 },
  });
  const table = oneSeries({ up: Array.from({ length: 80 }, (_, step) => step), down: Array.from({ length: 80 }, (_, step) => -2 * step) });
  const facts = { [nodeId('series-0')]: { columns: ['up', 'down'], seriesCount: 1, steps: 80 } };
  const model = valueOf(buildModel(document, facts));
  const { feeds, scaler, judged, plan } = valueOf(makeDataset(model, { node: nodeId('series-0'), label: 'two', table, source: 'two', lines: null, file: null }, null));
  const work = forecastSamples(straightLines(2, horizon), compileProgram(model, document.training), {
    feeds, scaler, samples: judged.samples.validation, settings: plan.settings, target: 0, horizon: judged.settings.horizon,
  });
  let forecasts = new Float64Array();
  for (let part = work.next(); ; part = work.next()) {
    if (part.done !== true) continue;
    forecasts = Float64Array.from(part.value);
    break;
  }
  const { count, origin } = judged.samples.validation;
  const expected = Array.from({ length: count }, (_, sample) =>
    Array.from({ length: 10 }, (__, step) => [origin[sample]! + step + 1, -2 * (origin[sample]! + step + 1)])).flat(2);
  expect(count).toBeGreaterThan(0);
  expect([...forecasts].map((value) => Math.round(value))).toEqual(expected);
});
