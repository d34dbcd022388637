import type { TensorShape, Value } from '../../../core/program/value.ts';
import { batchSize, constantSize, knownSize, productOfSizes, sizesEqual } from '../../../core/shapes/size.ts';

/**
 * How a tensor holds a sequence of every series: 'series' is [batch, time, features], 'steps' [time, batch, features],
 * 'rows' [batch · time, features] in the order of 'series', 'columns' [batch, time], of one feature.
 */
export interface SequenceForm {
  readonly layout: 'series' | 'steps' | 'rows' | 'columns';
  readonly steps: number;
  readonly features: number;
}

function isBatch(size: TensorShape[number] | undefined): boolean {
  return size !== undefined && sizesEqual(size, batchSize);
}

/** A tensor of rank 3 with a batch and a time axis of more than one step, which alone shows that it is a sequence. */
export function formOfShape({ type, shape }: Pick<Value, 'type' | 'shape'>): SequenceForm | undefined {
  const [first, second, third] = shape;
  const features = third && knownSize(third);
  if (type === 'integer' || shape.length !== 3 || features === undefined || features === 0) return undefined;
  const steps = isBatch(first) ? second && knownSize(second) : isBatch(second) ? first && knownSize(first) : undefined;
  return steps === undefined || steps < 2 ? undefined : { layout: isBatch(first) ? 'series' : 'steps', steps, features };
}

/** The same numbers in the same order under another shape; undefined where that is no sequence. */
export function reshapedForm({ layout, steps, features }: SequenceForm, shape: TensorShape): SequenceForm | undefined {
  if (layout === 'steps') return undefined;
  const seriesShape = [batchSize, constantSize(steps), constantSize(features)];
  const shapes = [
    { layout: 'series', shape: seriesShape },
    { layout: 'rows', shape: [productOfSizes(seriesShape.slice(0, 2)), constantSize(features)] },
    ...(features === 1 ? [{ layout: 'columns', shape: seriesShape.slice(0, 2) } as const] : []),
  ] as const;
  const found = shapes.find((own) => own.shape.length === shape.length && own.shape.every((size, axis) => sizesEqual(size, shape[axis] ?? batchSize)));
  return found && { layout: found.layout, steps, features };
}

/** The shape of a sequence in its form. */
export function shapeOfForm({ layout, steps, features }: SequenceForm): TensorShape {
  const [time, width] = [constantSize(steps), constantSize(features)];
  switch (layout) {
    case 'series': return [batchSize, time, width];
    case 'steps': return [time, batchSize, width];
    case 'rows': return [productOfSizes([batchSize, time]), width];
    case 'columns': return [batchSize, time];
  }
}

/**
 * What each step sees of a tensor that NumPy's rules stretch over a sequence of this form: a vector, the same for all, or
 * rows [batch, n], the same at every step; undefined where steps would see different things.
 */
export function invariantShape(shape: TensorShape, layout: SequenceForm['layout']): TensorShape | undefined {
  const isOne = (size: TensorShape[number]): boolean => knownSize(size) === 1;
  const last = shape.at(-1);
  if (last === undefined) return [];
  if (knownSize(last) === undefined || layout === 'columns') return undefined;
  const lead = shape.slice(0, -1);
  if (lead.every(isOne)) return [last];
  if (layout === 'series' && lead.length === 2 && isBatch(lead[0]) && lead[1] !== undefined && isOne(lead[1])) return [batchSize, last];
  const series = lead.at(-1);
  return layout === 'steps' && isBatch(series) && lead.slice(0, -1).every(isOne) ? [batchSize, last] : undefined;
}
