import { constantSize, productOfSizes, sizesEqual } from '../../shapes/size.ts';
import { pad, reshape, reverse, slice, transpose } from '../expressions.ts';
import type { OperationRow } from '../operation-row.ts';
import { broadcastElement, stridesOf, tabulate } from '../reference/numeric-tensor.ts';
import type { NumericTensor } from '../reference/numeric-tensor.ts';
import type { TensorShape } from '../value.ts';
import { broadcastShapes, inputAt, misfit } from './fit.ts';
import { concreteShape } from './sources.ts';
import { sumToShape } from './sum-to-shape.ts';

export function only(inputs: readonly NumericTensor[]): NumericTensor {
  const [input] = inputs;
  if (input === undefined) throw new RangeError('the operation wants an input');
  return input;
}

export function withAxis(shape: TensorShape, axis: number, length: number): TensorShape {
  return shape.map((size, index) => (index === axis ? constantSize(length) : size));
}

const reshapeRow: OperationRow<'reshape'> = {
  shape: (inputs, { shape }) => {
    const input = inputAt('reshape', inputs, 0, 1);
    if (!sizesEqual(productOfSizes(input.shape), productOfSizes(shape))) {
      throw misfit('reshape', 'a shape with as many elements', [input, { type: input.type, shape }]);
    }
    return [{ type: input.type, shape }];
  },
  gradient: ({ builder, inputTypes: [input], outputGradient }) => {
    const gradient = outputGradient(0);
    return [gradient && input && reshape(builder, gradient, input.shape)];
  },
  reference: (inputs, { shape }, { batch }) => [{ shape: concreteShape(shape, batch), values: only(inputs).values }],
};

const transposeRow: OperationRow<'transpose'> = {
  shape: (inputs, { permutation }) => {
    const input = inputAt('transpose', inputs, 0, 1);
    const sorted = [...permutation].sort((first, second) => first - second);
    if (sorted.length !== input.shape.length || sorted.some((axis, index) => axis !== index)) {
      throw misfit('transpose', `a permutation of its axes, not ${permutation.join(', ')},`, inputs);
    }
    return [{ type: input.type, shape: permutation.map((axis) => input.shape[axis] ?? constantSize(1)) }];
  },
  gradient: ({ builder, attributes: { permutation }, outputGradient }) => {
    const gradient = outputGradient(0);
    return [gradient && transpose(builder, gradient, permutation.map((_, axis) => permutation.indexOf(axis)))];
  },
  reference: (inputs, { permutation }) => {
    const input = only(inputs);
    const strides = stridesOf(input.shape);
    return [tabulate(permutation.map((axis) => input.shape[axis] ?? 1), (index) => {
      const position = permutation.reduce((sum, axis, place) => sum + (strides[axis] ?? 0) * (index[place] ?? 0), 0);
      return input.values[position] ?? Number.NaN;
    })];
  },
};

const broadcastRow: OperationRow<'broadcast'> = {
  shape: (inputs, { shape }) => {
    const input = inputAt('broadcast', inputs, 0, 1);
    const common = broadcastShapes('broadcast', [input, { type: input.type, shape }]);
    if (common.length !== shape.length) throw misfit('broadcast', 'a shape of at least its own rank', inputs);
    return [{ type: input.type, shape }];
  },
  gradient: ({ builder, inputTypes: [input], outputGradient }) => {
    const gradient = outputGradient(0);
    return [gradient && input && sumToShape(builder, gradient, input.shape)];
  },
  reference: (inputs, { shape }, { batch }) => {
    const input = only(inputs);
    return [tabulate(concreteShape(shape, batch), (index) => broadcastElement(input, index))];
  },
};

const sliceRow: OperationRow<'slice'> = {
  shape: (inputs, { axis, start, length }) => {
    const input = inputAt('slice', inputs, 0, 1);
    const size = input.shape[axis];
    if (size?.kind !== 'constant' || start < 0 || length < 0 || start + length > size.value) {
      throw misfit('slice', `elements ${start} to ${start + length - 1} of axis ${axis}`, inputs);
    }
    return [{ type: input.type, shape: withAxis(input.shape, axis, length) }];
  },
  gradient: ({ builder, attributes: { axis, start, length }, inputTypes: [input], outputGradient }) => {
    const gradient = outputGradient(0);
    const size = input?.shape[axis];
    if (gradient === undefined || size?.kind !== 'constant') return [undefined];
    return [pad(builder, gradient, axis, start, size.value - start - length)];
  },
  reference: (inputs, { axis, start, length }) => [takeAlong(only(inputs), axis, start, length)],
};

/** Elements start … start + length − 1 along one axis; positions outside are zero. */
export function takeAlong(input: NumericTensor, axis: number, start: number, length: number): NumericTensor {
  const strides = stridesOf(input.shape);
  const size = input.shape[axis] ?? 0;
  return tabulate(input.shape.map((own, index) => (index === axis ? length : own)), (index) => {
    const along = (index[axis] ?? 0) + start;
    if (along < 0 || along >= size) return 0;
    const position = index.reduce((sum, value, place) => sum + (place === axis ? along : value) * (strides[place] ?? 0), 0);
    return input.values[position] ?? Number.NaN;
  });
}

const padRow: OperationRow<'pad'> = {
  shape: (inputs, { axis, before, after }) => {
    const input = inputAt('pad', inputs, 0, 1);
    const size = input.shape[axis];
    if (size?.kind !== 'constant' || before < 0 || after < 0) throw misfit('pad', `a known size of axis ${axis}`, inputs);
    return [{ type: input.type, shape: withAxis(input.shape, axis, size.value + before + after) }];
  },
  gradient: ({ builder, attributes: { axis, before }, inputTypes: [input], outputGradient }) => {
    const gradient = outputGradient(0);
    const size = input?.shape[axis];
    if (gradient === undefined || size?.kind !== 'constant') return [undefined];
    return [slice(builder, gradient, axis, before, size.value)];
  },
  reference: (inputs, { axis, before, after }) => {
    const input = only(inputs);
    return [takeAlong(input, axis, -before, (input.shape[axis] ?? 0) + before + after)];
  },
};

const reverseRow: OperationRow<'reverse'> = {
  shape: (inputs, { axis }) => {
    const input = inputAt('reverse', inputs, 0, 1);
    if (input.shape[axis] === undefined) throw misfit('reverse', `an axis ${axis}`, inputs);
    return [{ type: input.type, shape: input.shape }];
  },
  gradient: ({ builder, attributes: { axis }, outputGradient }) => {
    const gradient = outputGradient(0);
    return [gradient && reverse(builder, gradient, axis)];
  },
  reference: (inputs, { axis }) => {
    const input = only(inputs);
    const strides = stridesOf(input.shape);
    return [tabulate(input.shape, (index) => {
      const position = index.reduce((sum, value, place) => {
        const along = place === axis ? (input.shape[axis] ?? 0) - 1 - value : value;
        return sum + along * (strides[place] ?? 0);
      }, 0);
      return input.values[position] ?? Number.NaN;
    })];
  },
};

export const structureRows = {
  reshape: reshapeRow,
  transpose: transposeRow,
  broadcast: broadcastRow,
  slice: sliceRow,
  pad: padRow,
  reverse: reverseRow,
};
