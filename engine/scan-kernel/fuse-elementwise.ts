import type { ValueId } from '../../core/program/value.ts';
import type { ElementwiseInstruction } from './elementwise-program.ts';

/** What a value is inside a group; a number spread over all elements stays one number. */
export type ElementwiseReference =
  | { readonly kind: 'vector' | 'scalar'; readonly value: ValueId }
  | { readonly kind: 'literal'; readonly literal: number };

export type ElementwiseOperands = { readonly [Name in 'a' | 'b' | 'c' | 'e']?: ElementwiseReference };

/** One instruction of a group before its operands have places. */
export interface ElementwiseNode {
  readonly result: Exclude<ElementwiseReference, { readonly kind: 'literal' }>;
  readonly parts: Omit<ElementwiseInstruction, 'd' | 'a' | 'b' | 'c' | 'e'>;
  readonly operands: ElementwiseOperands;
}

/**
 * Lets one instruction do the work of two: squares among factors, products added to something or taken from it. Adam's update
 * goes through its vectors eleven times instead of thirteen. Rounding aside, which a product and a sum then share, every number is as written.
 *
 * @param nodes each after those that it reads
 * @param isSeen whether others than these nodes read a value
 */
export function fuseElementwise(nodes: readonly ElementwiseNode[], isSeen: (value: ValueId) => boolean): readonly ElementwiseNode[] {
  const readers = new Map<ValueId, number>();
  for (const reference of nodes.flatMap(({ operands }) => Object.values(operands))) {
    if (reference.kind !== 'literal') readers.set(reference.value, (readers.get(reference.value) ?? 0) + 1);
  }
  const fused = new Map<ValueId, ElementwiseNode>();
  /** The plain product that makes a value which nobody else reads, to be done where it is read. */
  const ownProduct = (reference: ElementwiseReference | undefined, like: ElementwiseNode): ElementwiseNode | undefined => {
    if (reference === undefined || reference.kind !== like.result.kind || readers.get(reference.value) !== 1 || isSeen(reference.value)) return undefined;
    const maker = fused.get(reference.value);
    return maker?.parts.opcode === 'product' && (maker.parts.form ?? 'plain') === 'plain' ? maker : undefined;
  };
  for (const node of nodes) {
    const { node: made, absorbed } = fusedNode(node, (reference) => ownProduct(reference, node));
    if (absorbed !== undefined) fused.delete(absorbed.result.value);
    fused.set(made.result.value, made);
  }
  return [...fused.values()];
}

interface Fused {
  readonly node: ElementwiseNode;
  readonly absorbed?: ElementwiseNode;
}

function fusedNode(node: ElementwiseNode, ownProduct: (reference: ElementwiseReference | undefined) => ElementwiseNode | undefined): Fused {
  const { parts: { opcode, factors, form = 'plain', f = 'identity' }, operands: { a, b, e } } = node;
  if (opcode === 'subtract') {
    const product = ownProduct(b);
    const isPlain = product?.parts.factors === 2 && (product.parts.f ?? 'identity') === 'identity';
    return isPlain && a !== undefined ? { node: { ...node, parts: { ...product.parts, f: 'negate', form: 'plus-addend' }, operands: { ...product.operands, e: a } }, absorbed: product } : { node };
  }
  if (opcode !== 'product' || f !== 'identity') return { node };
  if (factors === 2 && form === 'plain') {
    for (const [factor, other] of [[b, a], [a, b]] as const) {
      const square = ownProduct(factor);
      if (square?.parts.factors === 1 && square.parts.f === 'square' && other !== undefined) {
        return { node: { ...node, parts: { ...node.parts, f: 'square' }, operands: { a: other, ...(square.operands.a && { b: square.operands.a }) } }, absorbed: square };
      }
    }
  }
  if (factors === 1 && form === 'plus-addend') {
    for (const [term, addend] of [[a, e], [e, a]] as const) {
      const product = ownProduct(term);
      if (product !== undefined && addend !== undefined) {
        return { node: { ...node, parts: { ...product.parts, form: 'plus-addend' }, operands: { ...product.operands, e: addend } }, absorbed: product };
      }
    }
  }
  return { node };
}
