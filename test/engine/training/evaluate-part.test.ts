import { describe, expect, test } from 'vitest';
import { buildModel } from '../../../core/compile/build-model.ts';
import { compileProgram } from '../../../core/compile/compile-program.ts';
import { oneSeries, valueOf } from '../../support/forecast-data.ts';
import type { Session, TensorData } from '../../../engine/session.ts';
import { makeDataset } from '../../../engine/training/dataset.ts';
import type { Dataset } from '../../../engine/training/dataset.ts';
import { evaluatePart } from '../../../engine/training/evaluate-part.ts';
import { createLinearFit } from '../../../engine/training/linear-fit.ts';
import { nodeId } from '../../../core/graph/identifiers.ts';
import { layers, smallProject } from '../host/small-project.ts';

const zigzag = Array.from({ length: 80 }, (_, step) => Math.sin(step) * 5 + (step % 4));

/** A session that forecasts the last input for every step: naive itself. */
const naiveSession: Session = {
  run: (_, feeds) => {
    const { values, shape } = feeds['inputs']!;
    const [batch = 0, window = 0] = shape;
    const predictions: TensorData = {
      type: 'float',
      shape: [batch, 2],
      values: Float32Array.from({ length: batch * 2 }, (__, position) => values[(Math.floor(position / 2) + 1) * window - 1]!),
    };
    return { predictions };
  },
  readVariable: () => ({ type: 'float', shape: [], values: new Float32Array() }),
  writeVariable: () => undefined,
  close: () => undefined,
};

function evaluateNaive(season: number | null) {
  const document = smallProject({ series: { season }, window: { window: 5, splitBy: 'time' }, layers: [layers.simpleRnn(2, false), layers.dense(2)] });
  const model = valueOf(buildModel(document));
  const loaded = { node: nodeId('series-0'), label: 'series 0', table: oneSeries({ value: zigzag }), source: 'zigzag', lines: null, file: null };
  const dataset: Dataset = valueOf(makeDataset(model, loaded, null));
  const work = evaluatePart(naiveSession, compileProgram(model, document.training), dataset, 'validation', createLinearFit(dataset));
  for (let part = work.next(); ; part = work.next()) if (part.done === true) return part.value.evaluation;
}

describe('judging a part', () => {
  test('a model that forecasts what naive does has its errors, no skill and no clear difference', () => {
    const { scores, baselines, skill, verdict } = evaluateNaive(null);
    expect(scores.mse).toBeCloseTo(baselines.naive?.mse ?? Number.NaN, 5);
    expect(skill.naive?.skill).toBeCloseTo(0, 6);
    expect(skill.naive?.verdict).toBe('no-clear-difference');
    expect(verdict).toMatch(/^shows no clear difference from naive/u);
    expect(baselines.seasonalNaive).toBeUndefined();
  });

  test('a season adds the seasonal baseline, on the same windows', () => {
    const { baselines, windows } = evaluateNaive(4);
    expect(baselines.seasonalNaive?.count).toBe(windows * 2);
    expect(baselines.naive?.count).toBe(windows * 2);
    expect(baselines.linear?.count).toBe(windows * 2);
  });
});
