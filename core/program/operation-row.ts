import type { BodyBuilder } from './body-builder.ts';
import type { Body, OperationAttributes, OperationKind } from './instruction.ts';
import type { NumericTensor } from './reference/numeric-tensor.ts';
import type { ElementType, TensorShape, Value } from './value.ts';

export interface ResultType {
  readonly type: ElementType;
  readonly shape: TensorShape;
}

/**
 * What a gradient rule may ask for. Forward values are fetched only when asked, because each one asked for inside a
 * scan must be stacked by the forward scan.
 */
export interface GradientContext<Kind extends OperationKind> {
  readonly builder: BodyBuilder;
  readonly attributes: OperationAttributes[Kind];
  /** Types and shapes of the forward inputs and outputs, free of charge. */
  readonly inputTypes: readonly ResultType[];
  readonly outputTypes: readonly ResultType[];
  /** Forward input or output `index` as a value of `builder`. */
  readonly input: (index: number) => Value;
  readonly output: (index: number) => Value;
  /** Gradient of the loss with respect to output `index`; undefined where the output does not reach the loss. */
  readonly outputGradient: (index: number) => Value | undefined;
}

/** Gradients with respect to each input; undefined for an input through which none flows. */
export type InputGradients = readonly (Value | undefined)[];

/** The core row of an operation: which results it has, how gradients pass it, and what it means in float64. */
export interface OperationRow<Kind extends OperationKind> {
  /** Throws a TypeError where the inputs do not fit. */
  readonly shape: (inputs: readonly ResultType[], attributes: OperationAttributes[Kind]) => readonly ResultType[];
  /** Not called for scan, whose gradient is derived as a whole in differentiate-scan.ts. */
  readonly gradient: (context: GradientContext<Kind>) => InputGradients;
  readonly reference: (
    inputs: readonly NumericTensor[],
    attributes: OperationAttributes[Kind],
    environment: ReferenceEnvironment,
  ) => readonly NumericTensor[];
}

export interface ReferenceEnvironment {
  /** The size of the batch in this evaluation. */
  readonly batch: number;
  /** Stands in for random numbers: tests inject the ones an engine drew. */
  readonly uniform: (seed: NumericTensor, shape: readonly number[]) => NumericTensor;
  /** Runs the body of a scan for one step. */
  readonly evaluate: (body: Body, inputs: readonly NumericTensor[]) => readonly NumericTensor[];
}
