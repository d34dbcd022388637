import { describe, expect, it } from 'vitest';
import { filledTensor } from '../../core/program/reference/numeric-tensor.ts';
import { ReferenceSession } from '../support/evaluate-entry.ts';
import { decodeFloat64, goldenModel, goldens } from './keras-goldens.ts';

describe('twenty steps of Adam by the float64 evaluator are those of Keras in float64', () => {
  it.each(Object.keys(goldens.models))('%s', (name) => {
    const { golden, program, startWeights, inputs, targets } = goldenModel(name, { beta1: goldens.exactBetas.beta_1, beta2: goldens.exactBetas.beta_2 });
    const session = new ReferenceSession(program, { batch: goldens.batch });
    session.setVariable('parameters', startWeights);
    const inputShape = [goldens.batch, goldens.window, golden.features];
    const targetShape = targets.length === goldens.batch * golden.outputs ? [goldens.batch, golden.outputs] : [goldens.batch, goldens.window, golden.outputs];
    const losses = Array.from({ length: goldens.steps }, () =>
      session.run('train', {
        inputs: { shape: inputShape, values: inputs },
        targets: { shape: targetShape, values: targets },
        weights: filledTensor(targetShape, 1),
        'learning rate': filledTensor([], golden.learningRate),
      })['loss']?.values[0]);
    golden.float64.losses.forEach((loss, step) => expect(Math.abs((losses[step] ?? Number.NaN) / loss - 1)).toBeLessThan(1e-8));
    const expected = decodeFloat64(golden.float64.afterTwentySteps);
    const found = session.variable('parameters').values;
    const largest = expected.reduce((worst, value, index) => Math.max(worst, Math.abs(value - (found[index] ?? Number.NaN))), 0);
    expect(found).toHaveLength(expected.length);
    expect(largest).toBeLessThan(1e-8);
  });
});
