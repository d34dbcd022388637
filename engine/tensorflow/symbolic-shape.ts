import { knownSize, printSize } from '../../core/shapes/size.ts';
import type { Size } from '../../core/shapes/size.ts';
import type { TensorShape } from '../../core/program/value.ts';
import { ofType } from './graph-node.ts';
import type { GraphScope, GraphTensor } from './graph-scope.ts';

/** Axis sizes with −1 for those that depend on the batch. */
export function staticShape(shape: TensorShape): number[] {
  return shape.map((size) => knownSize(size) ?? -1);
}

export function isStatic(shape: TensorShape): boolean {
  return shape.every((size) => size.kind === 'constant');
}

/** A size as an int32 scalar: floor((factor · batch + addend) / divisor), computed once in each scope. */
export function sizeTensor(scope: GraphScope, size: Size): GraphTensor {
  if (size.kind === 'constant') return scope.integer(size.value);
  return scope.once('size', printSize(size), () => {
    const compute = (operation: 'Mul' | 'AddV2' | 'FloorDiv', left: GraphTensor, right: number): GraphTensor =>
      scope.add(operation, [left, scope.integer(right)], 'int32', { T: ofType('int32') });
    let result = scope.batch();
    if (size.factor !== 1) result = compute('Mul', result, size.factor);
    if (size.addend !== 0) result = compute('AddV2', result, size.addend);
    return size.divisor === 1 ? result : compute('FloorDiv', result, size.divisor);
  });
}

/** A shape as an int32 vector. */
export function shapeTensor(scope: GraphScope, shape: TensorShape): GraphTensor {
  if (isStatic(shape)) return scope.integers(staticShape(shape));
  return scope.once('shape', shape.map(printSize).join(', '), () => scope.pack(shape.map((size) => sizeTensor(scope, size))));
}

/** A shape for Reshape, which works out one unknown axis from the others by itself. */
export function reshapeTarget(scope: GraphScope, shape: TensorShape): GraphTensor {
  const sizes = staticShape(shape);
  const unknown = sizes.filter((size) => size === -1).length;
  return unknown <= 1 && !sizes.includes(0) ? scope.integers(sizes) : shapeTensor(scope, shape);
}
