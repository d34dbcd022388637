import { describe, expect, it } from 'vitest';
import { loadTensorFlow } from '../../engine/tensorflow/native-runtime.ts';
import { tensorFlowBackend } from '../../engine/tensorflow/tensorflow-backend.ts';
import type { TensorData } from '../../engine/session.ts';
import { decodeFloat32, goldenModel, goldens } from './keras-goldens.ts';

const tensor = (shape: readonly number[], values: ArrayLike<number>): TensorData => ({ type: 'float', shape, values: Float32Array.from(values) });

/** Largest |found − expected| / max(1, |expected|). */
function largestDifference(found: ArrayLike<number> | undefined, expected: Float32Array): number {
  if (found === undefined || found.length !== expected.length) throw new RangeError(`${found?.length} values instead of ${expected.length}`);
  return expected.reduce((worst, value, index) => Math.max(worst, Math.abs((found[index] ?? Number.NaN) - value) / Math.max(1, Math.abs(value))), 0);
}

describe('the engine in float32 computes what Keras computes', () => {
  it.each(Object.keys(goldens.models))('%s: predictions, gradients and one step of Adam', (name) => {
    const { golden, program, startWeights, inputs, targets } = goldenModel(name);
    const session = tensorFlowBackend(loadTensorFlow({ threads: 1 })).open(program);
    session.writeVariable('parameters', tensor([startWeights.length], startWeights));
    const targetShape = targets.length === goldens.batch * golden.outputs ? [goldens.batch, golden.outputs] : [goldens.batch, goldens.window, golden.outputs];
    const windows = tensor([goldens.batch, goldens.window, golden.features], inputs);

    const { predictions } = session.run('predict', { inputs: windows }, ['predictions']);
    // Both sides round, and normalising small sums magnifies it.
    expect(largestDifference(predictions?.values, decodeFloat32(golden.float32.predictions))).toBeLessThan(name === 'layer-norm' ? 2e-6 : 1e-6);

    const { loss, gradient } = session.run('train', {
      inputs: windows,
      targets: tensor(targetShape, targets),
      weights: tensor(targetShape, new Float32Array(targets.length).fill(1)),
      'learning rate': tensor([], [golden.learningRate]),
    }, ['loss', 'gradient']);
    expect(Math.abs((loss?.values[0] ?? Number.NaN) - golden.float32.loss)).toBeLessThan(1e-5);
    expect(largestDifference(gradient?.values, decodeFloat32(golden.float32.gradient))).toBeLessThan(1e-5);
    expect(largestDifference(session.readVariable('parameters').values, decodeFloat32(golden.float32.afterOneStep))).toBeLessThan(1e-5);
    session.close();
  });
});
