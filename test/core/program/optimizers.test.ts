import { describe, expect, it } from 'vitest';
import { BodyBuilder } from '../../../core/program/body-builder.ts';
import { constantShape } from '../../../core/program/expressions.ts';
import type { OptimizerSettings } from '../../../core/graph/graph-document.ts';
import { clipByGlobalNorm, globalNorm, optimizerFor } from '../../../core/program/optimizers/optimizer.ts';
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

describe('one step of an optimiser', () => {
  it('of plain gradient descent goes the rate times the gradient', () => {
    expect(weightsAfter({ kind: 'sgd', learningRate: 0.1, momentum: 0, nesterov: false }, [[1, 2]])).toEqual([[0.9, -2.2]]);
  });

  it('of momentum keeps nine tenths of the last step', () => {
    const [, second] = weightsAfter({ kind: 'sgd', learningRate: 0.1, momentum: 0.9, nesterov: false }, [[1, 0], [1, 0]]);
    expect(second?.[0]).toBeCloseTo(1 - 0.1 - 0.19, 12);
  });

  it('of Nesterov looks ahead', () => {
    const [first] = weightsAfter({ kind: 'sgd', learningRate: 0.1, momentum: 0.9, nesterov: true }, [[1, 0]]);
    expect(first?.[0]).toBeCloseTo(1 - 0.19, 12);
  });

  it('of Adam is the rate long at first, whatever the gradient', () => {
    const [first] = weightsAfter({ kind: 'adam', learningRate: 0.1, beta1: 0.9, beta2: 0.999, epsilon: 1e-7 }, [[3, -0.5]]);
    expect(first?.[0]).toBeCloseTo(0.9, 5);
    expect(first?.[1]).toBeCloseTo(-1.9, 5);
  });
});

describe('clipping by the global norm', () => {
  it.each([[[3, 4], [0.6, 0.8]], [[0.3, 0.4], [0.3, 0.4]]])('of %j to 1 gives %j', (gradient, expected) => {
    const builder = new BodyBuilder();
    const input = builder.input('float', constantShape([2]));
    const body = builder.finish([clipByGlobalNorm(builder, input, globalNorm(builder, input), 1)]);
    const [clipped] = evaluateBody(body, [numericTensor([2], gradient)], { batch: 1 });
    expected.forEach((value, index) => expect(clipped?.values[index]).toBeCloseTo(value, 12));
  });
});
