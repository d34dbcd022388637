import type { BodyBuilder } from '../body-builder.ts';
import { reduceSum, reshape } from '../expressions.ts';
import type { TensorShape, Value } from '../value.ts';
import { tensorShapesEqual } from './fit.ts';

/** The gradient of broadcasting: sums over the axes along which a smaller tensor was stretched. */
export function sumToShape(builder: BodyBuilder, gradient: Value, shape: TensorShape): Value {
  if (tensorShapesEqual(gradient.shape, shape)) return gradient;
  const lead = gradient.shape.length - shape.length;
  const axes = gradient.shape.flatMap((size, axis) => {
    const own = shape[axis - lead];
    const stretched = own === undefined || (own.kind === 'constant' && own.value === 1 && !(size.kind === 'constant' && size.value === 1));
    return stretched ? [axis] : [];
  });
  const summed = reduceSum(builder, gradient, axes);
  return tensorShapesEqual(summed.shape, shape) ? summed : reshape(builder, summed, shape);
}
