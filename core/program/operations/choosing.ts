import { scalar, select } from '../expressions.ts';
import type { OperationRow } from '../operation-row.ts';
import { broadcastReference } from './binary.ts';
import { broadcastShapes, inputAt, misfit, requireType } from './fit.ts';
import { sumToShape } from './sum-to-shape.ts';

const selectRow: OperationRow<'select'> = {
  shape: (inputs) => {
    requireType('select', inputAt('select', inputs, 0, 3), 'boolean');
    const first = inputAt('select', inputs, 1, 3);
    const second = inputAt('select', inputs, 2, 3);
    if (first.type !== second.type) throw misfit('select', 'two alternatives of one type', inputs);
    return [{ type: first.type, shape: broadcastShapes('select', inputs) }];
  },
  gradient: ({ builder, input, inputTypes, outputGradient }) => {
    const gradient = outputGradient(0);
    const [, first, second] = inputTypes;
    if (gradient === undefined || first === undefined || second === undefined) return [undefined, undefined, undefined];
    const zero = scalar(builder, 0);
    const condition = input(0);
    return [
      undefined,
      sumToShape(builder, select(builder, condition, gradient, zero), first.shape),
      sumToShape(builder, select(builder, condition, zero, gradient), second.shape),
    ];
  },
  reference: (inputs) => [
    broadcastReference(inputs, (condition = 0, first = Number.NaN, second = Number.NaN) => (condition !== 0 ? first : second)),
  ],
};

const castRow: OperationRow<'cast'> = {
  shape: (inputs, { type }) => [{ type, shape: inputAt('cast', inputs, 0, 1).shape }],
  gradient: () => [undefined],
  reference: ([input], { type }) => {
    if (input === undefined) throw new RangeError('cast wants an input');
    if (type === 'boolean') return [{ shape: input.shape, values: input.values.map((x) => (x === 0 ? 0 : 1)) }];
    return [{ shape: input.shape, values: type === 'integer' ? input.values.map(Math.trunc) : input.values }];
  },
};

export const choosingRows = { select: selectRow, cast: castRow };
