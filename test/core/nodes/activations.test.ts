import { describe, expect, it } from 'vitest';
import { activate, activationNames } from '../../../core/nodes/activations.ts';
import { BodyBuilder } from '../../../core/program/body-builder.ts';
import { reduceSum } from '../../../core/program/expressions.ts';
import { evaluateBody } from '../../../core/program/reference/evaluate-body.ts';
import { numericTensor } from '../../../core/program/reference/numeric-tensor.ts';
import { constantSize } from '../../../core/shapes/size.ts';
import { withGradients } from '../../support/numeric-gradient.ts';

/** An activation's values and slopes at the given places. */
function at(activation: (typeof activationNames)[number], places: readonly number[]): { values: number[]; slopes: number[] } {
  const builder = new BodyBuilder();
  const input = builder.input('float', [constantSize(places.length)]);
  const activated = activate(builder, activation, input);
  const body = builder.finish([reduceSum(builder, activated, [0]), activated]);
  const [, values, slopes] = evaluateBody(withGradients(body, [0]), [numericTensor([places.length], places)], { batch: 1 });
  return { values: [...values!.values], slopes: [...slopes!.values] };
}

describe.each(activationNames)('the activation %s', (activation) => {
  it('stays finite with its slope where numbers are large', () => {
    const { values, slopes } = at(activation, activation === 'exponential' ? [-1000, 0, 700] : [-1000, 0, 1000]);
    for (const value of [...values, ...slopes]) expect(Number.isFinite(value)).toBe(true);
  });

  it('passes on what is not a number', () => {
    expect(at(activation, [Number.NaN]).values).toEqual([Number.NaN]);
  });
});

/** Where two parts meet, a slope is a choice: these are Keras 3's (tf.GradientTape, float64). */
it.each([
  ['relu', { 0: 0 }],
  ['elu', { 0: 1 }],
  ['selu', { 0: 1.0507009873554805 }],
  ['softplus', { 0: 0.5 }],
  ['softsign', { 0: 1 }],
  ['silu', { 0: 0.5 }],
  ['mish', { 0: 0.6 }],
  ['leaky_relu', { 0: 0.2 }],
  ['relu6', { 0: 0, 6: 0 }],
  ['hard_sigmoid', { '-3': 0, 0: 1 / 6, 3: 0 }],
  ['hard_silu', { '-3': 0, 0: 0.5, 3: 1 }],
] as const)("%s has Keras's slope where its parts meet", (activation, slopes) => {
  expect(at(activation, Object.keys(slopes).map(Number)).slopes).toEqual(Object.values(slopes).map((slope): unknown => expect.closeTo(slope, 12)));
});
