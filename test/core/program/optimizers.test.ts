import { describe, expect, it } from 'vitest';
import type { ClippingSettings, OptimizerSettings } from '../../../core/graph/training-settings.ts';
import { defaultOptimizers } from '../../../core/graph/training-defaults.ts';
import { BodyBuilder } from '../../../core/program/body-builder.ts';
import { constantShape } from '../../../core/program/expressions.ts';
import { clipGradient, globalNorm } from '../../../core/program/optimizers/clipping.ts';
import { optimizerFor } from '../../../core/program/optimizers/optimizer.ts';
import { evaluateBody } from '../../../core/program/reference/evaluate-body.ts';
import { numericTensor } from '../../../core/program/reference/numeric-tensor.ts';

/** Weights after each of the steps with these gradients, from weights [1, −2] at rate 0.1. */
function weightsAfter(settings: OptimizerSettings, gradients: readonly (readonly number[])[]): readonly (readonly number[])[] {
  const optimizer = optimizerFor(settings);
  const variables = [{ name: 'parameters', shape: constantShape([2]) }, ...optimizer.variables(constantShape([2]))];
  const builder = new BodyBuilder();
  const gradient = builder.input('float', constantShape([2]));
  const learningRate = builder.input('float', []);
  const state = new Map(variables.map(({ name, shape }) => [name, builder.input('float', shape)]));
  const read = (name: string) => state.get(name) ?? gradient;
  const next = optimizer.update(builder, { parameters: read('parameters'), gradient, learningRate, state: read });
  const body = builder.finish([...state.keys()].map((name) => next.get(name) ?? gradient));
  let values = variables.map(({ name, shape }) => (name === 'parameters' ? numericTensor([2], [1, -2]) : numericTensor(shape.length === 0 ? [] : [2], shape.length === 0 ? [0] : [0, 0])));
  return gradients.map((own) => {
    values = [...evaluateBody(body, [numericTensor([2], own), numericTensor([], [0.1]), ...values], { batch: 1 })];
    return [...(values[0]?.values ?? [])];
  });
}

const { sgd, rmsprop, adam, adamw } = defaultOptimizers;

describe('one step of an optimiser', () => {
  it('of plain gradient descent goes the rate times the gradient', () => {
    expect(weightsAfter(sgd, [[1, 2]])).toEqual([[0.9, -2.2]]);
  });

  it('of momentum keeps nine tenths of the last step', () => {
    const [, second] = weightsAfter({ ...sgd, momentum: 0.9 }, [[1, 0], [1, 0]]);
    expect(second?.[0]).toBeCloseTo(1 - 0.1 - 0.19, 12);
  });

  it('of Nesterov looks ahead', () => {
    const [first] = weightsAfter({ ...sgd, momentum: 0.9, nesterov: true }, [[1, 0]]);
    expect(first?.[0]).toBeCloseTo(1 - 0.19, 12);
  });

  it.each([adam, { ...adam, amsgrad: true }])('of Adam is the rate long at first, whatever the gradient', (settings) => {
    const [first] = weightsAfter(settings, [[3, -0.5]]);
    expect(first?.[0]).toBeCloseTo(0.9, 5);
    expect(first?.[1]).toBeCloseTo(-1.9, 5);
  });

  it('of AdamW takes a share off every weight, whatever the gradient', () => {
    expect(weightsAfter({ ...adamw, weightDecay: 0.5 }, [[0, 0]])).toEqual([[0.95, -1.9]]);
  });

  it('of RMSprop is the same for any size of gradients that stay the same', () => {
    const [first] = weightsAfter({ ...rmsprop, rho: 0.75 }, [[3, -50]]);
    expect(first?.[0]).toBeCloseTo(1 - 0.1 / Math.sqrt(0.25), 6);
    expect(first?.[1]).toBeCloseTo(-2 + 0.1 / Math.sqrt(0.25), 6);
  });
});

describe('clipping', () => {
  const layout = [0, 2].map((offset) => ({ node: 'dense-1', weight: `weight ${offset}`, shape: [2], offset, length: 2 }));
  it.each<[ClippingSettings['kind'], readonly number[], readonly number[]]>([
    ['value', [3, -4, 0.5, 0], [1, -1, 0.5, 0]],
    ['norm', [3, -4, 0.5, 0], [0.6, -0.8, 0.5, 0]],
    ['global-norm', [1.5, 2, 1.5, -2], [1.5 / Math.sqrt(12.5), 2 / Math.sqrt(12.5), 1.5 / Math.sqrt(12.5), -2 / Math.sqrt(12.5)]],
    ['global-norm', [0.3, 0.4, 0, 0], [0.3, 0.4, 0, 0]],
  ])('by %s to 1 of %j gives %j', (kind, gradient, expected) => {
    const builder = new BodyBuilder();
    const input = builder.input('float', constantShape([4]));
    const body = builder.finish([clipGradient(builder, input, globalNorm(builder, input), layout, { kind, limit: 1 })]);
    const [clipped] = evaluateBody(body, [numericTensor([4], gradient)], { batch: 1 });
    expected.forEach((value, index) => expect(clipped?.values[index]).toBeCloseTo(value, 12));
  });
});
