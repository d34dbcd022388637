import type { TensorShape, ValueId } from '../../core/program/value.ts';
import type { RowReference } from './row-graph.ts';

/** Why a scan is left to ordinary operations; not an error of anybody. */
export class ScanRefusal extends Error {
  override readonly name = 'ScanRefusal';
}

/** What a value of a scan's body is to the kernel. */
export type LoweredValue =
  | { readonly kind: 'rows'; readonly reference: RowReference }
  /** One number in every element. */
  | { readonly kind: 'literal'; readonly value: number }
  /** The same at every step: computed outside. */
  | { readonly kind: 'invariant' }
  /** Linear in sums over the batch, so that it can be computed once after the last step, from sums over all steps. */
  | { readonly kind: 'summed' }
  /** A running sum: a state without a batch axis, plus summed values. */
  | { readonly kind: 'running'; readonly state: number; readonly addends: readonly ValueId[] };

/** Rows of one step for a tensor of this shape: [batch, n] has n, [batch] has 1; undefined for any other. */
export function rowsOfShape(shape: TensorShape): number | undefined {
  const [batch, features] = shape;
  if (batch?.kind !== 'expression' || shape.length > 2) return undefined;
  if (shape.length === 1) return 1;
  return features?.kind === 'constant' && features.value > 0 ? features.value : undefined;
}

/** Elements of an invariant vector: [n] and [1, n] have n, a single number has 1; undefined for any other shape. */
export function vectorLength(shape: TensorShape): number | undefined {
  const last = shape.at(-1);
  if (last === undefined) return 1;
  const leading = shape.slice(0, -1).every((size) => size.kind === 'constant' && size.value === 1);
  return leading && last.kind === 'constant' && last.value > 0 ? last.value : undefined;
}

/** A reference as an operand of `rows` rows: itself, or its one row again and again. */
export function spread(reference: RowReference, rows: number): RowReference {
  if (reference.rows === rows) return reference;
  if (reference.rows === 1 || reference.repeated) return { ...reference, rows, repeated: true };
  throw new ScanRefusal(`${reference.rows} rows do not spread over ${rows}`);
}

export function literalReference(value: number, rows: number): RowReference {
  return { source: { kind: 'literal', value }, row: 0, rows, repeated: true };
}
