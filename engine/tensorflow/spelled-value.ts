import type { Value } from '../../core/program/value.ts';
import { printSize } from '../../core/shapes/size.ts';
import { ofBoolean, ofInteger, ofType, dataTypeOf } from './graph-node.ts';
import type { DataType } from './graph-node.ts';
import type { GraphScope, GraphTensor } from './graph-scope.ts';
import { fromLanes } from './lane-tensors.ts';
import type { LaneSequence } from './lane-tensors.ts';
import { isStatic, shapeTensor, staticShape } from './symbolic-shape.ts';

/**
 * A value of a program as the graph holds it. A scan's stacked results stay as they come, since the next scan mostly
 * wants single steps again: `steps` are the elements along the first axis, `list` is a TensorFlow list of them, `lanes` is
 * what the scan kernel made, with time or, where `batchFirst`, the batch as its first axis; `folded` is such a sequence as
 * [time / neighbours, neighbours, batch, features], on its way to every so many steps, or back. `uniform` is one number in every element, `swapped` a tensor of rank 3 whose first two axes are to be exchanged: both are written when somebody asks.
 */
export type SpelledValue =
  | { readonly kind: 'tensor'; readonly tensor: GraphTensor }
  | { readonly kind: 'steps'; readonly steps: readonly SpelledValue[] }
  | { readonly kind: 'list'; readonly list: GraphTensor; readonly element: ElementSignature }
  | LanesValue
  | { readonly kind: 'folded'; readonly of: LanesValue; readonly neighbours: number }
  | { readonly kind: 'uniform'; readonly value: number; readonly type: Pick<Value, 'type' | 'shape'> }
  | { readonly kind: 'swapped'; readonly tensor: GraphTensor };

export interface LanesValue {
  readonly kind: 'lanes';
  readonly lanes: LaneSequence;
  readonly batchFirst: boolean;
  readonly element: DataType;
  readonly rank: number;
}

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
    case 'lanes':
      return scope.once('tensor', value, () => plainTensor(scope, value));
    case 'folded':
      return scope.once('tensor', value, () => {
        const { of: { lanes, element }, neighbours } = value;
        const sizes = scope.integers([lanes.steps / neighbours, neighbours, -1, lanes.view.rows]);
        return scope.add('Reshape', [asTensor(scope, value.of), sizes], element, { T: ofType(element), Tshape: ofType('int32') });
      });
    case 'uniform':
      return uniformTensor(scope, value.type, value.value);
    case 'swapped':
      return scope.once('swapped', value.tensor, () => {
        const attributes = { T: ofType(value.tensor.type), Tperm: ofType('int32') };
        return scope.add('Transpose', [value.tensor, scope.integers([1, 0, 2])], value.tensor.type, attributes);
      });
  }
}

/** A stacked result of the scan kernel as a tensor of its own type and rank; the kernel knows floats of rank 3 alone. */
function plainTensor(scope: GraphScope, { lanes, batchFirst, element, rank }: LanesValue): GraphTensor {
  const plain = fromLanes(scope, lanes, batchFirst);
  const typed = element === 'float32' ? plain
    : scope.add('Cast', [plain], element, { SrcT: ofType('float32'), DstT: ofType(element), Truncate: ofBoolean(false) });
  return rank === 3 ? typed
    : scope.add('Reshape', [typed, scope.integers([lanes.steps, -1])], element, { T: ofType(element), Tshape: ofType('int32') });
}

/** One number in every element of a tensor. */
function uniformTensor(scope: GraphScope, type: Pick<Value, 'type' | 'shape'>, value: number): GraphTensor {
  const dataType = dataTypeOf[type.type];
  if (isStatic(type.shape)) return scope.constant({ type: dataType, shape: staticShape(type.shape), values: [value] });
  return scope.once(`uniform ${value}`, type.shape.map(printSize).join(', '), () => filled(scope, type, value));
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
  const dataType = dataTypeOf[type.type];
  const scalar = scope.constant({ type: dataType, shape: [], values: [value] });
  return scope.add('Fill', [shapeTensor(scope, type.shape), scalar], dataType, { T: ofType(dataType), index_type: ofType('int32') });
}
