/** A tensor of the reference evaluator: float64 whatever its type (booleans are 0 and 1), row-major. */
export interface NumericTensor {
  readonly shape: readonly number[];
  readonly values: Float64Array;
}

export function elementCount(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

export function numericTensor(shape: readonly number[], values: ArrayLike<number>): NumericTensor {
  if (values.length !== elementCount(shape)) {
    throw new RangeError(`${values.length} values do not fill the shape [${shape.join(', ')}]`);
  }
  return { shape, values: Float64Array.from(values) };
}

export function filledTensor(shape: readonly number[], value: number): NumericTensor {
  return { shape, values: new Float64Array(elementCount(shape)).fill(value) };
}

/** Row-major strides: how far apart neighbours along each axis lie. */
export function stridesOf(shape: readonly number[]): number[] {
  const strides = new Array<number>(shape.length).fill(1);
  for (let axis = shape.length - 2; axis >= 0; axis -= 1) {
    strides[axis] = (strides[axis + 1] ?? 1) * (shape[axis + 1] ?? 1);
  }
  return strides;
}

/** Builds a tensor by asking for the value at each multi-index; the index array is reused between calls. */
export function tabulate(shape: readonly number[], valueAt: (index: readonly number[]) => number): NumericTensor {
  const values = new Float64Array(elementCount(shape));
  const index = new Array<number>(shape.length).fill(0);
  for (let position = 0; position < values.length; position += 1) {
    values[position] = valueAt(index);
    for (let axis = shape.length - 1; axis >= 0; axis -= 1) {
      index[axis] = (index[axis] ?? 0) + 1;
      if ((index[axis] ?? 0) < (shape[axis] ?? 0)) break;
      index[axis] = 0;
    }
  }
  return { shape, values };
}

/** The element at a multi-index, where axes of size 1 stretch and missing leading axes are ignored. */
export function broadcastElement(tensor: NumericTensor, index: readonly number[]): number {
  const strides = stridesOf(tensor.shape);
  const lead = index.length - tensor.shape.length;
  let position = 0;
  tensor.shape.forEach((size, axis) => {
    if (size !== 1) position += (index[lead + axis] ?? 0) * (strides[axis] ?? 0);
  });
  return tensor.values[position] ?? Number.NaN;
}
