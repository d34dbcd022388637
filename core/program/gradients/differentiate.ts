import type { BodyBuilder } from '../body-builder.ts';
import { filled } from '../expressions.ts';
import type { Body } from '../instruction.ts';
import type { Value } from '../value.ts';
import { differentiateScan } from './differentiate-scan.ts';
import { copyForward } from './forward-copy.ts';
import { GradientSums } from './gradient-sums.ts';
import { one, reverseSteps } from './reverse.ts';

export interface Differentiated {
  /** The body's outputs, as values of `builder`. */
  readonly outputs: readonly Value[];
  /** The gradient of the chosen output with respect to each input asked for, in that order; zeros where none flows. */
  readonly gradients: readonly Value[];
}

/**
 * Writes a body into `builder` together with the gradients of one of its outputs, a float of rank 0, by reverse
 * accumulation (Griewank and Walther, 2008, https://doi.org/10.1137/1.9780898717761).
 *
 * @param inputs the body's inputs as values of `builder`
 * @param output index of the output to differentiate
 * @param withRespectTo indices of the inputs whose gradients are wanted
 */
export function differentiate(
  builder: BodyBuilder,
  body: Body,
  inputs: readonly Value[],
  output: number,
  withRespectTo: readonly number[],
): Differentiated {
  const copy = copyForward(builder, body, inputs, body.inputs.map((_, index) => withRespectTo.includes(index)), differentiateScan);
  const outputs = body.outputs.map(copy.copyOf);
  const target = outputs[output];
  if (target === undefined || target.type !== 'float' || target.shape.length > 0) {
    throw new TypeError('only an output of type float and rank 0 has a gradient');
  }
  const sums = new GradientSums(builder);
  sums.contribute(target.id, one(builder));
  reverseSteps(builder, copy.steps, copy.active, (forward) => forward, sums);
  const gradients = withRespectTo.map((index) => {
    const input = inputs[index];
    if (input === undefined) throw new RangeError(`the body has no input ${index}`);
    return sums.of(input.id) ?? filled(builder, input.shape, 0);
  });
  return { outputs, gradients };
}
