import { sizesEqual } from '../../shapes/size.ts';
import { concatenate, filled, split } from '../expressions.ts';
import type { OperationRow } from '../operation-row.ts';
import { stridesOf, tabulate } from '../reference/numeric-tensor.ts';
import { inputAt, misfit } from './fit.ts';
import { only, takeAlong, withAxis } from './structure.ts';

const splitRow: OperationRow<'split'> = {
  shape: (inputs, { axis, lengths }) => {
    const input = inputAt('split', inputs, 0, 1);
    const size = input.shape[axis];
    const total = lengths.reduce((sum, length) => sum + length, 0);
    if (size?.kind !== 'constant' || size.value !== total) throw misfit('split', `${total} elements on axis ${axis}`, inputs);
    return lengths.map((length) => ({ type: input.type, shape: withAxis(input.shape, axis, length) }));
  },
  gradient: ({ builder, attributes: { axis, lengths }, outputTypes, outputGradient }) => {
    const gradients = lengths.map((_, part) => outputGradient(part));
    if (gradients.every((gradient) => gradient === undefined)) return [undefined];
    const parts = gradients.map((gradient, part) => gradient ?? filled(builder, outputTypes[part]?.shape ?? [], 0));
    return [concatenate(builder, parts, axis)];
  },
  reference: (inputs, { axis, lengths }) => {
    let start = 0;
    return lengths.map((length) => {
      start += length;
      return takeAlong(only(inputs), axis, start - length, length);
    });
  },
};

const concatenateRow: OperationRow<'concatenate'> = {
  shape: (inputs, { axis }) => {
    const [first] = inputs;
    if (first === undefined) throw misfit('concatenate', 'at least one input', inputs);
    let total = 0;
    for (const { type, shape } of inputs) {
      const size = shape[axis];
      const fits = type === first.type && shape.length === first.shape.length && size?.kind === 'constant' &&
        shape.every((own, index) => index === axis || sizesEqual(own, first.shape[index] ?? own));
      if (!fits) throw misfit('concatenate', `tensors that differ on axis ${axis} alone`, inputs);
      total += size.value;
    }
    return [{ type: first.type, shape: withAxis(first.shape, axis, total) }];
  },
  gradient: ({ builder, attributes: { axis }, inputTypes, outputGradient }) => {
    const gradient = outputGradient(0);
    if (gradient === undefined) return inputTypes.map(() => undefined);
    const lengths = inputTypes.map((input) => {
      const size = input.shape[axis];
      return size?.kind === 'constant' ? size.value : 0;
    });
    return split(builder, gradient, axis, lengths);
  },
  reference: (inputs, { axis }) => {
    const first = only(inputs);
    const owners = inputs.flatMap((input) => Array.from({ length: input.shape[axis] ?? 0 }, (_, along) => ({ input, along })));
    return [tabulate(first.shape.map((size, index) => (index === axis ? owners.length : size)), (index) => {
      const owner = owners[index[axis] ?? 0];
      if (owner === undefined) return Number.NaN;
      const strides = stridesOf(owner.input.shape);
      const position = index.reduce((sum, value, place) => sum + (place === axis ? owner.along : value) * (strides[place] ?? 0), 0);
      return owner.input.values[position] ?? Number.NaN;
    })];
  },
};

export const joiningRows = { split: splitRow, concatenate: concatenateRow };
