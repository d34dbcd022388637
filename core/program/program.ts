import type { Body } from './instruction.ts';
import type { ElementType, TensorShape } from './value.ts';

/** What a variable is for: decides what is trained, saved or left out of an export. */
export type VariableRole = 'trainable' | 'moving' | 'optimizer' | 'counter';

/** State that outlives a call. Sizes are constants. */
export interface Variable {
  readonly name: string;
  readonly role: VariableRole;
  readonly type: ElementType;
  readonly shape: TensorShape;
}

/**
 * `carried` is the state that rows ended the window before with, zeros where none precedes; the entry gives an output of the same
 * name, the state after this window. `data` is filled from samples, `seed` by the counter-based generator for one node, `learning-rate` by the schedule.
 */
export type EntryInputRole =
  | { readonly kind: 'data'; readonly content: 'inputs' }
  /** `target` is a position in the model's list of targets. */
  | { readonly kind: 'data'; readonly content: 'targets' | 'weights'; readonly target: number }
  | { readonly kind: 'carried'; readonly node: string; readonly state: string }
  | { readonly kind: 'seed'; readonly node: string }
  | { readonly kind: 'learning-rate' };

export interface EntryInput {
  readonly name: string;
  readonly role: EntryInputRole;
  readonly type: ElementType;
  readonly shape: TensorShape;
}

/** Inputs and outputs of the first target bear their plain names; those of a second one a 2 behind it, and so on. */
export function nameOfTarget(what: 'targets' | 'weights' | 'predictions' | 'lossSum' | 'weightSum', target: number): string {
  return target === 0 ? what : `${what} ${target + 1}`;
}

export type EntryName = 'train' | 'evaluate' | 'predict' | 'sample';

/**
 * One way into a program. The body's inputs are `inputs`, then the values of `reads`; its outputs are `outputs`, then the
 * new values of `assigns`, which take effect together after everything has been read.
 */
export interface Entry {
  readonly inputs: readonly EntryInput[];
  readonly reads: readonly string[];
  readonly body: Body;
  readonly outputs: readonly string[];
  readonly assigns: readonly string[];
}

/** A weight of a layer as a piece of the flat trainable vector. */
export interface ParameterSlice {
  readonly node: string;
  readonly weight: string;
  readonly shape: readonly number[];
  readonly offset: number;
  readonly length: number;
}

/**
 * A trainable model as tensor operations: named entry points over one list of variables. All trainable weights live in
 * the one flat variable `parameters`, laid out by `parameterLayout`, so that optimising is one pass over one vector.
 */
export interface Program {
  readonly variables: readonly Variable[];
  readonly entries: Readonly<Partial<Record<EntryName, Entry>>>;
  readonly parameterLayout: readonly ParameterSlice[];
}
