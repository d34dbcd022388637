import type { Size } from '../shapes/size.ts';
import type { ElementType, TensorShape, Value, ValueId } from './value.ts';

type NoAttributes = Readonly<Record<never, never>>;

/** A small program: its inputs, then instructions in an order in which every input is computed before its use. */
export interface Body {
  readonly values: readonly Value[];
  readonly inputs: readonly ValueId[];
  readonly instructions: readonly Instruction[];
  readonly outputs: readonly ValueId[];
}

/**
 * scan(sequences, initial states, invariants) → final states, stacked outputs.
 *
 * Inputs, in order: sequences [steps, ...], initial states, invariants (the same at every step).
 * The body takes (one step of each sequence, states, invariants) and gives (next states, outputs of this step).
 * Results, in order: final states, then each output stacked [steps, ...]; step t of a stack belongs to step t of the
 * sequences whether the scan runs forwards or backwards in time.
 */
export interface ScanAttributes {
  readonly body: Body;
  readonly steps: Size;
  readonly sequenceCount: number;
  readonly stateCount: number;
  readonly invariantCount: number;
  readonly backwards: boolean;
}

/** Every operation with its attributes; a missing row in any table over these kinds does not compile. */
export interface OperationAttributes {
  /** A literal tensor; `values` in row-major order, or one value for all elements. */
  readonly constant: { readonly type: ElementType; readonly shape: TensorShape; readonly values: readonly number[] };
  readonly negate: NoAttributes;
  readonly exp: NoAttributes;
  readonly log: NoAttributes;
  readonly sqrt: NoAttributes;
  readonly rsqrt: NoAttributes;
  readonly square: NoAttributes;
  readonly abs: NoAttributes;
  readonly sign: NoAttributes;
  readonly sigmoid: NoAttributes;
  readonly tanh: NoAttributes;
  /** Of an angle in radians. */
  readonly cosine: NoAttributes;
  readonly relu: NoAttributes;
  /** Binary operations broadcast as NumPy does: aligned at the last axis, size 1 stretches. */
  readonly add: NoAttributes;
  readonly subtract: NoAttributes;
  readonly multiply: NoAttributes;
  readonly divide: NoAttributes;
  readonly maximum: NoAttributes;
  readonly minimum: NoAttributes;
  readonly power: NoAttributes;
  /** first > second, as a boolean. */
  readonly greater: NoAttributes;
  /** condition ? first : second, all three broadcast. */
  readonly select: NoAttributes;
  readonly cast: { readonly type: ElementType };
  /** Matrix product of two rank-2 tensors, each optionally transposed first. */
  readonly matmul: { readonly transposeLeft: boolean; readonly transposeRight: boolean };
  readonly reshape: { readonly shape: TensorShape };
  /** Axis i of the result is axis permutation[i] of the input. */
  readonly transpose: { readonly permutation: readonly number[] };
  readonly broadcast: { readonly shape: TensorShape };
  /** Elements start … start + length − 1 along one axis. */
  readonly slice: { readonly axis: number; readonly start: number; readonly length: number };
  /** Zeros before and after along one axis. */
  readonly pad: { readonly axis: number; readonly before: number; readonly after: number };
  /** The elements along one axis in the opposite order. */
  readonly reverse: { readonly axis: number };
  /** Consecutive parts along one axis, as several results. */
  readonly split: { readonly axis: number; readonly lengths: readonly number[] };
  readonly concatenate: { readonly axis: number };
  readonly 'reduce-sum': { readonly axes: readonly number[]; readonly keepAxes: boolean };
  readonly 'reduce-mean': { readonly axes: readonly number[]; readonly keepAxes: boolean };
  /** The largest element; where several are equally large, each gets an equal part of the gradient. */
  readonly 'reduce-max': { readonly axes: readonly number[]; readonly keepAxes: boolean };
  /** Uniform in [0, 1), a pure function of the seed, an integer tensor of shape [2]. */
  readonly 'random-uniform': { readonly shape: TensorShape };
  /** The value itself, through which no gradient flows. */
  readonly 'stop-gradient': NoAttributes;
  readonly scan: ScanAttributes;
}

export type OperationKind = keyof OperationAttributes;

export interface InstructionOf<Kind extends OperationKind> {
  readonly kind: Kind;
  readonly attributes: OperationAttributes[Kind];
  readonly inputs: readonly ValueId[];
  readonly outputs: readonly ValueId[];
}

export type Instruction = { readonly [Kind in OperationKind]: InstructionOf<Kind> }[OperationKind];
