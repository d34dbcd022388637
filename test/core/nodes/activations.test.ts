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

it.each([
  ['elu', 1], ['softplus', 0.5], ['softsign', 1], ['silu', 0.5], ['mish', Math.tanh(Math.log(2))], ['leaky_relu', 0.2], ['hard_sigmoid', 1 / 6], ['hard_silu', 0.5],
] as const)('%s has the slope of its definition at zero, where it is spelled in two parts', (activation, slope) => {
  expect(at(activation, [0]).slopes).toEqual([expect.closeTo(slope, 12)]);
});
