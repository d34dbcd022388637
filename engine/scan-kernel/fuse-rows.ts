import { addsUpRows, operandsOf, referencesOfSum, resultRows, sameReference } from './row-graph.ts';
import type { ComputeNode, MatrixProductNode, RowGraph, RowNode, RowReference } from './row-graph.ts';
import type { Modifier } from './scan-program.ts';

/** One matrix product reads at most so many sources (native/validate-program.cc). */
const mostSegments = 32;

interface ModifiedReference {
  readonly reference: RowReference;
  readonly modifier: Modifier;
}

/**
 * Lets one instruction do the work of several: sums of matrix products with their bias, products of up to three factors
 * of which two may be 1 − x, x − x², 1 − x² …, and products added to something. Every product and sum is computed as
 * written, in the same order; only sums of matrix products are taken in another.
 */
export function fuseRows(graph: RowGraph): RowGraph {
  const fusion = new Fusion(graph);
  return { ...graph, nodes: fusion.nodes() };
}

class Fusion {
  readonly #nodes: RowNode[];
  readonly #uses: readonly number[];

  constructor({ nodes, stacked, nextStates, sums }: RowGraph) {
    this.#nodes = [...nodes];
    const uses = new Array<number>(nodes.length).fill(0);
    const count = ({ source }: RowReference): void => {
      if (source.kind === 'node') uses[source.node] = (uses[source.node] ?? 0) + 1;
    };
    nodes.forEach((node) => operandsOf(node).forEach(count));
    [...stacked, ...nextStates.map((state) => state.next), ...sums.flatMap(referencesOfSum)].forEach(count);
    this.#uses = uses;
  }

  nodes(): readonly RowNode[] {
    this.#nodes.forEach((node, index) => {
      if (node.kind === 'compute') this.#nodes[index] = this.#fused(node);
      if (node.kind === 'matrix-product') this.#nodes[index] = this.#withoutJoins(node);
    });
    return this.#nodes;
  }

  #fused(node: ComputeNode): RowNode {
    if (node.opcode === 'affine') return this.#fusedFactor(node);
    if (node.opcode === 'row-sum') return this.#fusedRowSum(node);
    if (node.opcode === 'subtract') return this.#fusedSubtraction(node);
    if (node.opcode !== 'product') return node;
    if (node.factors === 2 && node.form === 'plain') return this.#fusedProduct(node);
    return node.factors === 1 && node.form === 'plus-addend' ? this.#fusedSum(node) : node;
  }

  /** Rows joined below each other are read where they lie, each with its own part of the matrix. */
  #withoutJoins(node: MatrixProductNode): MatrixProductNode {
    const segments = node.segments.flatMap((segment) => {
      const join = this.#nodeOf(segment.source);
      if (join?.kind !== 'join' || join.parts.some((part) => part.repeated || part.source.kind === 'literal')) return [segment];
      let first = segment.first;
      return join.parts.map((source) => {
        const own = { ...segment, source, first };
        first += source.rows;
        return own;
      });
    });
    return segments.length > mostSegments ? node : { ...node, segments };
  }

  /** The node that computes exactly these rows. */
  #nodeOf(reference: RowReference | undefined): RowNode | undefined {
    if (reference?.source.kind !== 'node' || reference.repeated) return undefined;
    const node = this.#nodes[reference.source.node];
    return reference.row === 0 && node !== undefined && reference.rows === node.rows && !addsUpRows(node) ? node : undefined;
  }

  /** … and which nobody else reads. */
  #ownNodeOf(reference: RowReference | undefined): RowNode | undefined {
    return reference?.source.kind === 'node' && this.#uses[reference.source.node] === 1 ? this.#nodeOf(reference) : undefined;
  }

  /** Rows as a modification of others, which costs nothing where a product reads them. */
  #modified(reference: RowReference): ModifiedReference {
    const node = this.#nodeOf(reference);
    if (node?.kind !== 'compute' || node.a === undefined) return { reference, modifier: 'identity' };
    if (node.opcode === 'product' && node.factors === 1 && node.form === 'plain') return { reference: node.a, modifier: node.f ?? 'identity' };
    if (node.opcode !== 'affine' || node.factor !== -1) return { reference, modifier: 'identity' };
    if (node.addend === 0) return { reference: node.a, modifier: 'negate' };
    if (node.addend !== 1) return { reference, modifier: 'identity' };
    const inner = this.#modified(node.a);
    return inner.modifier === 'square' ? { reference: inner.reference, modifier: 'one-minus-square' } : { reference: node.a, modifier: 'one-minus' };
  }

  #fusedProduct(node: ComputeNode): ComputeNode {
    const { a, b, rows } = node;
    if (a === undefined || b === undefined) return node;
    const plain = { kind: 'compute', opcode: 'product', form: 'plain', rows } as const;
    for (const [pair, single] of [[a, b], [b, a]] as const) {
      const inner = this.#ownNodeOf(pair);
      if (inner?.kind !== 'compute' || inner.opcode !== 'product' || inner.a === undefined) continue;
      const third = this.#modified(single);
      if (inner.factors === 2 && inner.form !== 'plus-addend' && isSimple(inner.f)) return { ...inner, factors: 3, c: third.reference, g: third.modifier };
      if (inner.factors === 1 && inner.form === 'plus-addend' && (inner.f ?? 'identity') === 'identity') {
        return { ...inner, form: 'sum-first', factors: 2, b: third.reference, f: third.modifier };
      }
    }
    if (sameReference(a, b)) return { ...plain, factors: 1, a, f: 'square' };
    for (const [first, second] of [[a, b], [b, a]] as const) {
      const { reference, modifier } = this.#modified(second);
      if (modifier === 'one-minus' && sameReference(reference, first)) return { ...plain, factors: 1, a: first, f: 'times-one-minus' };
      if (modifier !== 'identity') return { ...plain, factors: 2, a: first, b: reference, f: modifier };
    }
    return node;
  }

  #fusedSum(node: ComputeNode): RowNode {
    const { a, e } = node;
    if (a === undefined || e === undefined) return node;
    const [first, second] = [this.#ownNodeOf(a), this.#ownNodeOf(e)];
    const matrix = this.#fusedMatrixSum(node, first, second);
    if (matrix !== undefined) return matrix;
    const [left, right] = [productOf(first, [2]), productOf(second, [2])];
    if (left !== undefined && right !== undefined && isSimple(left.f) && isSimple(right.f)) {
      return {
        kind: 'compute', opcode: 'sum-of-products', rows: node.rows,
        a: left.a!, b: this.#withoutFactor(left), f: left.f ?? 'identity', c: right.a!, e: this.#withoutFactor(right), g: right.f ?? 'identity',
      };
    }
    for (const [factor, addend] of [[first, e], [second, a]] as const) {
      const product = productOf(factor, [1, 2, 3]);
      if (product !== undefined) return { ...product, form: 'plus-addend', e: addend };
    }
    return node;
  }

  #fusedMatrixSum(node: ComputeNode, first: RowNode | undefined, second: RowNode | undefined): MatrixProductNode | undefined {
    const { a, e } = node;
    if (first?.kind === 'matrix-product' && second?.kind === 'matrix-product') {
      const segments = [...first.segments, ...second.segments];
      const initial = first.initial ?? second.initial;
      const both = first.initial !== undefined && second.initial !== undefined;
      return both || segments.length > mostSegments ? undefined : { kind: 'matrix-product', rows: node.rows, segments, ...(initial && { initial }) };
    }
    if (first?.kind === 'matrix-product' && first.initial === undefined && e !== undefined) return { ...first, initial: e };
    return second?.kind === 'matrix-product' && second.initial === undefined && a !== undefined ? { ...second, initial: a } : undefined;
  }

  /** a − x·y = x·(−y) + a */
  #fusedSubtraction(node: ComputeNode): ComputeNode {
    const inner = productOf(this.#ownNodeOf(node.b), [2]);
    if (inner === undefined || (inner.f ?? 'identity') !== 'identity' || node.a === undefined) return node;
    return { ...inner, f: 'negate', form: 'plus-addend', e: node.a };
  }

  /** A factor of a sum over rows, or of another factor, where both are one and no number rounds otherwise. */
  #fusedFactor(node: ComputeNode): ComputeNode {
    const inner = this.#scaledNodeOf(node.a);
    if (inner === undefined || node.addend !== 0 || resultRows(inner) !== node.rows || !isExactTogether(inner.factor, node.factor)) return node;
    return { ...inner, factor: inner.factor * (node.factor ?? 1) };
  }

  /** The node that multiplies by a number, whose one reader this is. */
  #scaledNodeOf(reference: RowReference | undefined): (ComputeNode & { readonly factor: number }) | undefined {
    if (reference?.source.kind !== 'node' || this.#uses[reference.source.node] !== 1 || reference.row !== 0) return undefined;
    const node = this.#nodes[reference.source.node];
    if (node?.kind !== 'compute' || node.factor === undefined || !(addsUpRows(node) || (node.opcode === 'affine' && node.addend === 0))) return undefined;
    return resultRows(node) === (reference.repeated ? 1 : reference.rows) ? { ...node, factor: node.factor } : undefined;
  }

  /** s · (2 · x) is (2 · s) · x, which costs a row instead of all, where s is multiplied by a number anyway. */
  #withoutFactor({ a, b, f = 'identity' }: ComputeNode): RowReference {
    const scaled = this.#scaledNodeOf(b);
    const single = this.#scaledNodeOf(a);
    const isWorthIt = scaled?.opcode === 'affine' && scaled.a !== undefined && single !== undefined && a?.source.kind === 'node' && resultRows(single) === 1;
    if (!isWorthIt || f !== 'identity' || b?.repeated !== false || !isPowerOfTwo(scaled.factor) || Math.abs(scaled.factor) < 1) return b!;
    this.#nodes[a.source.node] = { ...single, factor: single.factor * scaled.factor };
    return scaled.a;
  }

  #fusedRowSum(own: ComputeNode): ComputeNode {
    const { reference, modifier } = own.a === undefined ? { modifier: undefined } : this.#modified(own.a);
    const node = modifier === 'negate' && reference !== undefined ? { ...own, a: reference, factor: -(own.factor ?? 1) } : own;
    const inner = productOf(this.#ownNodeOf(node.a), [1, 2]);
    if (inner?.factors === 2) return { ...node, opcode: 'row-dot', a: inner.a!, b: inner.b!, f: inner.f ?? 'identity' };
    return inner?.f === 'square' ? { ...node, opcode: 'row-dot', a: inner.a!, b: inner.a!, f: 'identity' } : node;
  }
}

/** The modifiers that the first of two modified factors may have (isSimple in native/program.h). */
function isSimple(modifier: Modifier = 'identity'): boolean {
  return modifier === 'identity' || modifier === 'one-minus';
}

function isPowerOfTwo(value: number): boolean {
  return value !== 0 && Number.isInteger(Math.log2(Math.abs(value)));
}

/** Whether x · first · second rounds as x · (first · second) does: one of them is a power of two, and x · first overflows only where the whole does. */
function isExactTogether(first: number, second = 1): boolean {
  return (isPowerOfTwo(first) && Math.abs(first) <= 1) || (isPowerOfTwo(second) && Math.abs(second) >= 1);
}

function productOf(node: RowNode | undefined, factors: readonly number[]): ComputeNode | undefined {
  const fits = node?.kind === 'compute' && node.opcode === 'product' && node.form === 'plain' && factors.includes(node.factors ?? 0);
  return fits ? node : undefined;
}
