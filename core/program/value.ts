import type { Size } from '../shapes/size.ts';

/** `float` is float32 in every engine and float64 in the reference evaluator. */
export type ElementType = 'float' | 'integer' | 'boolean';

/** Axis sizes from the outermost in; the only symbol is the batch. */
export type TensorShape = readonly Size[];

/** The index of a value in its body's table of values. */
export type ValueId = number;

/** Where a value comes from, in the user's words: {node: 'lstm-1', name: 'forget gate'}. */
export interface Origin {
  readonly node: string;
  readonly name: string;
}

/** A tensor inside one body: computed once, never changed. */
export interface Value {
  readonly id: ValueId;
  readonly type: ElementType;
  readonly shape: TensorShape;
  readonly origin?: Origin;
}
