import type { Body } from '../../core/program/instruction.ts';
import { evaluateBody } from '../../core/program/reference/evaluate-body.ts';
import type { NumericTensor } from '../../core/program/reference/numeric-tensor.ts';
import { BodyBuilder } from '../../core/program/body-builder.ts';
import { differentiate } from '../../core/program/gradients/differentiate.ts';

/** A deterministic spread of numbers, away from kinks and poles, for tests. */
export function sampleTensor(shape: readonly number[], seed = 1, scale = 1): NumericTensor {
  const count = shape.reduce((product, size) => product * size, 1);
  let state = seed * 2654435761;
  return {
    shape,
    values: Float64Array.from({ length: count }, () => {
      state = (Math.imul(state ^ (state >>> 15), 2246822519) + 374761393) >>> 0;
      return scale * ((state / 4294967296) * 2 - 1);
    }),
  };
}

/** Output 0 of a body, summed gradients by central differences with respect to input `index`. */
export function centralDifferences(body: Body, inputs: readonly NumericTensor[], index: number, batch: number): Float64Array {
  const width = 1e-5;
  const input = inputs[index];
  if (input === undefined) throw new RangeError(`no input ${index}`);
  const lossWith = (values: Float64Array): number => {
    const moved = inputs.map((own, place) => (place === index ? { shape: input.shape, values } : own));
    return evaluateBody(body, moved, { batch })[0]?.values[0] ?? Number.NaN;
  };
  return input.values.map((value, position) => {
    const above = input.values.with(position, value + width);
    const below = input.values.with(position, value - width);
    return (lossWith(above) - lossWith(below)) / (2 * width);
  });
}

/** The body followed by the gradients of its output 0 with respect to the inputs asked for. */
export function withGradients(body: Body, withRespectTo: readonly number[]): Body {
  const builder = new BodyBuilder();
  const inputs = body.inputs.map((id) => {
    const value = body.values[id];
    if (value === undefined) throw new RangeError(`no value ${id}`);
    return builder.input(value.type, value.shape);
  });
  const { outputs, gradients } = differentiate(builder, body, inputs, 0, withRespectTo);
  return builder.finish([...outputs, ...gradients]);
}
