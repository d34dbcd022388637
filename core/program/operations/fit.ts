import { printSize, sizesEqual } from '../../shapes/size.ts';
import type { ResultType } from '../operation-row.ts';
import type { ElementType, TensorShape } from '../value.ts';

/** A shape without axis names, for the messages of programmer errors. */
function printTensorShape(shape: TensorShape): string {
  return `[${shape.map(printSize).join(', ')}]`;
}

export function misfit(operation: string, expected: string, found: readonly ResultType[]): TypeError {
  const list = found.map((input) => `${input.type} ${printTensorShape(input.shape)}`).join(' and ');
  return new TypeError(`${operation} wants ${expected}, found ${list === '' ? 'nothing' : list}`);
}

/** The inputs, after checking that there are exactly so many. */
export function inputAt(operation: string, inputs: readonly ResultType[], index: number, count: number): ResultType {
  const input = inputs[index];
  if (input === undefined || inputs.length !== count) throw misfit(operation, `${count} input(s)`, inputs);
  return input;
}

export function requireType(operation: string, input: ResultType, type: ElementType): void {
  if (input.type !== type) throw misfit(operation, `a ${type} tensor`, [input]);
}

export function tensorShapesEqual(first: TensorShape, second: TensorShape): boolean {
  return first.length === second.length && first.every((size, axis) => {
    const other = second[axis];
    return other !== undefined && sizesEqual(size, other);
  });
}

function isOne(size: TensorShape[number]): boolean {
  return size.kind === 'constant' && size.value === 1;
}

/** The common shape of several tensors under NumPy's broadcasting; throws where two sizes differ and neither is 1. */
export function broadcastShapes(operation: string, inputs: readonly ResultType[]): TensorShape {
  const rank = Math.max(...inputs.map((input) => input.shape.length));
  return Array.from({ length: rank }, (_, axis) => {
    let common: TensorShape[number] | undefined;
    for (const { shape } of inputs) {
      const size = shape[axis - (rank - shape.length)];
      if (size === undefined) continue;
      if (common === undefined || isOne(common)) common = size;
      else if (!isOne(size) && !sizesEqual(size, common)) throw misfit(operation, 'shapes that broadcast', inputs);
    }
    if (common === undefined) throw misfit(operation, 'shapes that broadcast', inputs);
    return common;
  });
}
