import type { Value } from '../../core/program/value.ts';
import { ofInteger, ofType, dataTypeOf } from './graph-node.ts';
import type { DataType } from './graph-node.ts';
import type { GraphScope, GraphTensor } from './graph-scope.ts';
import { shapeTensor, staticShape } from './symbolic-shape.ts';

/**
 * A value of a program as the graph holds it. A scan's stacked results stay as they come, since the next scan mostly
 * wants single steps again: `steps` are the elements along the first axis, `list` is a TensorFlow list of them.
 */
export type SpelledValue =
  | { readonly kind: 'tensor'; readonly tensor: GraphTensor }
  | { readonly kind: 'steps'; readonly steps: readonly SpelledValue[] }
  | { readonly kind: 'list'; readonly list: GraphTensor; readonly element: ElementSignature };

export interface ElementSignature {
  readonly type: DataType;
  /** Axis sizes of one element, −1 where they depend on the batch. */
  readonly shape: readonly number[];
}

export function ofGraphTensor(tensor: GraphTensor): SpelledValue {
  return { kind: 'tensor', tensor };
}

/** The value as one tensor; stacking happens once in a scope however often it is asked for. */
export function asTensor(scope: GraphScope, value: SpelledValue): GraphTensor {
  switch (value.kind) {
    case 'tensor':
      return value.tensor;
    case 'steps':
      return scope.once('tensor', value, () => scope.pack(value.steps.map((step) => asTensor(scope, step))));
    case 'list':
      return scope.once('tensor', value, () =>
        scope.add('TensorListStack', [value.list, scope.integers(value.element.shape)], value.element.type, {
          element_dtype: ofType(value.element.type),
          num_elements: ofInteger(-1),
        }),
      );
  }
}

/** The value's elements along its first axis, of which there are `count`. */
export function asSteps(scope: GraphScope, value: SpelledValue, count: number): readonly SpelledValue[] {
  if (value.kind === 'steps') return value.steps;
  const tensor = asTensor(scope, value);
  return scope.once('steps', tensor, () => {
    const types = new Array<DataType>(count).fill(tensor.type);
    return scope.addList('Unpack', [tensor], types, { num: ofInteger(count), T: ofType(tensor.type), axis: ofInteger(0) }).map(ofGraphTensor);
  });
}

/** The value as a TensorFlow list of its elements along the first axis. */
export function asList(scope: GraphScope, value: SpelledValue, type: Value): GraphTensor {
  if (value.kind === 'list') return value.list;
  const element = elementSignature(type);
  return scope.once('list', value, () =>
    scope.add('TensorListFromTensor', [asTensor(scope, value), scope.integers(element.shape)], 'variant', {
      element_dtype: ofType(element.type),
      shape_type: ofType('int32'),
    }),
  );
}

/** The element of a stacked value, whose first axis is time. */
export function elementSignature(stacked: Value): ElementSignature {
  return { type: dataTypeOf[stacked.type], shape: staticShape(stacked.shape).slice(1) };
}

/** A tensor of one repeated value. */
export function filled(scope: GraphScope, type: Pick<Value, 'type' | 'shape'>, value: number): GraphTensor {
  const dataType = dataTypeOf[type.type] as 'float32' | 'int32' | 'bool';
  const scalar = scope.constant({ type: dataType, shape: [], values: [value] });
  return scope.add('Fill', [shapeTensor(scope, type.shape), scalar], dataType, { T: ofType(dataType), index_type: ofType('int32') });
}
