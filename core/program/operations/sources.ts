import { evaluateSize, productOfSizes, constantSize, sizesEqual } from '../../shapes/size.ts';
import type { OperationRow } from '../operation-row.ts';
import { elementCount, filledTensor, numericTensor } from '../reference/numeric-tensor.ts';
import type { TensorShape } from '../value.ts';
import { inputAt, misfit, requireType } from './fit.ts';

/** The sizes as numbers, in an evaluation with this batch. */
export function concreteShape(shape: TensorShape, batch: number): number[] {
  return shape.map((size) => evaluateSize(size, { batch }));
}

const constantRow: OperationRow<'constant'> = {
  shape: (inputs, { type, shape, values }) => {
    if (inputs.length > 0) throw misfit('constant', 'no input', inputs);
    const full = values.length === 1 || sizesEqual(productOfSizes(shape), constantSize(values.length));
    if (!full) throw misfit('constant', `one value or as many as its shape holds, not ${values.length}`, [{ type, shape }]);
    return [{ type, shape }];
  },
  gradient: () => [],
  reference: (_, { shape, values }, { batch }) => {
    const sizes = concreteShape(shape, batch);
    const [only, second] = values;
    const same = only !== undefined && second === undefined && elementCount(sizes) !== 1;
    return [same ? filledTensor(sizes, only) : numericTensor(sizes, values)];
  },
};

const randomUniformRow: OperationRow<'random-uniform'> = {
  shape: (inputs, { shape }) => {
    requireType('random-uniform', inputAt('random-uniform', inputs, 0, 1), 'integer');
    return [{ type: 'float', shape }];
  },
  gradient: () => [undefined],
  reference: ([seed], { shape }, { batch, uniform }) => {
    if (seed === undefined) throw new RangeError('random-uniform wants a seed');
    return [uniform(seed, concreteShape(shape, batch))];
  },
};

export const sourceRows = { constant: constantRow, 'random-uniform': randomUniformRow };
