import type { ElementType } from '../../core/program/value.ts';
import { dataTypeNumbers } from './graph-node.ts';
import type { TensorFlow } from './native-runtime.ts';

export interface NativeTensor {
  readonly id: number;
  readonly shape: readonly number[];
  readonly dtype: number;
}

/**
 * The part of tfjs-node's native module that runs graphs. Tensors are numbers here: the owner deletes each one. Going
 * through tf.tensor and tf.dispose instead costs several times as much in every step.
 */
export interface NativeBinding {
  readonly createTensor: (shape: readonly number[], dtype: number, values: Float32Array | Int32Array | Uint8Array) => number;
  readonly deleteTensor: (id: number) => void;
  /** A copy of the tensor's elements. */
  readonly tensorDataSync: (id: number) => Float32Array | Int32Array | Uint8Array;
  readonly getNumOfTensors: () => number;
  readonly loadSavedModel: (directory: string, tags: string) => number;
  readonly deleteSavedModel: (model: number) => void;
  /** Names as "node:output", joined by commas. */
  readonly runSavedModel: (model: number, inputs: readonly number[], inputNames: string, outputNames: string) => readonly NativeTensor[];
}

/** The native module inside the loaded TensorFlow. */
export function bindingOf(tf: TensorFlow): NativeBinding {
  const backend: unknown = tf.backend();
  if (typeof backend !== 'object' || backend === null || !('binding' in backend)) {
    throw new Error('tfjs runs on another backend than tfjs-node');
  }
  return backend.binding as NativeBinding;
}

/** The element types that can be fed and fetched. */
export const elementTypes = {
  float: { number: dataTypeNumbers.float32, array: Float32Array, arrayName: 'Float32Array' },
  integer: { number: dataTypeNumbers.int32, array: Int32Array, arrayName: 'Int32Array' },
  boolean: { number: dataTypeNumbers.bool, array: Uint8Array, arrayName: 'Uint8Array' },
} as const;

/** The element type with this number. */
export function typeNumbered(number: number): ElementType {
  if (number === elementTypes.float.number) return 'float';
  return number === elementTypes.integer.number ? 'integer' : 'boolean';
}
