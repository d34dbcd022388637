import { sizesEqual } from '../../shapes/size.ts';
import { matmul } from '../expressions.ts';
import type { OperationRow } from '../operation-row.ts';
import type { NumericTensor } from '../reference/numeric-tensor.ts';
import { inputAt, misfit, requireType } from './fit.ts';

const matmulRow: OperationRow<'matmul'> = {
  shape: (inputs, { transposeLeft, transposeRight }) => {
    const left = inputAt('matmul', inputs, 0, 2);
    const right = inputAt('matmul', inputs, 1, 2);
    requireType('matmul', left, 'float');
    requireType('matmul', right, 'float');
    const [rows, inner] = transposeLeft ? [left.shape[1], left.shape[0]] : left.shape;
    const [otherInner, columns] = transposeRight ? [right.shape[1], right.shape[0]] : right.shape;
    const matrices = left.shape.length === 2 && right.shape.length === 2;
    if (!matrices || !rows || !inner || !otherInner || !columns || !sizesEqual(inner, otherInner)) {
      throw misfit('matmul', 'two matrices whose inner sizes agree', inputs);
    }
    return [{ type: 'float', shape: [rows, columns] }];
  },
  gradient: ({ builder, attributes: { transposeLeft, transposeRight }, input, outputGradient }) => {
    const gradient = outputGradient(0);
    if (gradient === undefined) return [undefined, undefined];
    const left = transposeLeft
      ? matmul(builder, input(1), gradient, { transposeLeft: transposeRight, transposeRight: true })
      : matmul(builder, gradient, input(1), { transposeRight: !transposeRight });
    const right = transposeRight
      ? matmul(builder, gradient, input(0), { transposeLeft: true, transposeRight: transposeLeft })
      : matmul(builder, input(0), gradient, { transposeLeft: !transposeLeft });
    return [left, right];
  },
  reference: ([left, right], { transposeLeft, transposeRight }) => {
    if (left === undefined || right === undefined) throw new RangeError('matmul wants two inputs');
    return [multiplyMatrices(left, right, transposeLeft, transposeRight)];
  },
};

function multiplyMatrices(left: NumericTensor, right: NumericTensor, transposeLeft: boolean, transposeRight: boolean): NumericTensor {
  const [leftRows = 0, leftColumns = 0] = left.shape;
  const [rightRows = 0, rightColumns = 0] = right.shape;
  const rows = transposeLeft ? leftColumns : leftRows;
  const inner = transposeLeft ? leftRows : leftColumns;
  const columns = transposeRight ? rightRows : rightColumns;
  const values = new Float64Array(rows * columns);
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      let sum = 0;
      for (let term = 0; term < inner; term += 1) {
        const first = left.values[transposeLeft ? term * leftColumns + row : row * leftColumns + term] ?? Number.NaN;
        const second = right.values[transposeRight ? column * rightColumns + term : term * rightColumns + column] ?? Number.NaN;
        sum += first * second;
      }
      values[row * columns + column] = sum;
    }
  }
  return { shape: [rows, columns], values };
}

export const matmulRows = { matmul: matmulRow };
