import type { ValueId } from '../../core/program/value.ts';
import type { Modifier, Opcode, ProductForm } from './scan-program.ts';

/** Where rows come from within one time step. */
export type RowSource =
  | { readonly kind: 'node'; readonly node: number }
  | { readonly kind: 'sequence'; readonly sequence: number }
  /** A state before this step, by its place among the scan's states. */
  | { readonly kind: 'state'; readonly state: number }
  /** An invariant vector: the same for every series. */
  | { readonly kind: 'parameter'; readonly value: ValueId }
  /** An invariant of each series, [batch, rows]. */
  | { readonly kind: 'batch'; readonly value: ValueId }
  | { readonly kind: 'literal'; readonly value: number };

/** `rows` rows of a source from `row` on; where `repeated`, its one row stands for all of them. */
export interface RowReference {
  readonly source: RowSource;
  readonly row: number;
  readonly rows: number;
  readonly repeated: boolean;
}

export interface MatrixProductNode {
  readonly kind: 'matrix-product';
  readonly rows: number;
  /** Each with the inputs of its matrix from `first` on. */
  readonly segments: readonly { readonly source: RowReference; readonly matrix: ValueId; readonly transposed: boolean; readonly first: number }[];
  readonly initial?: RowReference;
}

/** Any other instruction, with the operands and modifiers that it uses. */
export interface ComputeNode {
  readonly kind: 'compute';
  readonly opcode: Exclude<Opcode, 'matrix-product'>;
  readonly rows: number;
  readonly a?: RowReference;
  readonly b?: RowReference;
  readonly c?: RowReference;
  readonly e?: RowReference;
  readonly f?: Modifier;
  readonly g?: Modifier;
  readonly form?: ProductForm;
  readonly factors?: number;
  readonly factor?: number;
  readonly addend?: number;
}

/** Rows of several sources below each other. */
export interface JoinNode {
  readonly kind: 'join';
  readonly rows: number;
  readonly parts: readonly RowReference[];
}

export type RowNode = MatrixProductNode | ComputeNode | JoinNode;

/** What is summed over steps and series: leftᵀ·right, or left's rows; left may be several references below each other. `value` is the body's value that is one step of it. */
export interface RowSum {
  readonly value: ValueId;
  readonly left: readonly RowReference[];
  readonly right?: RowReference;
}

export function referencesOfSum({ left, right }: RowSum): readonly RowReference[] {
  return right === undefined ? left : [...left, right];
}

/** One time step in terms of rows: nodes in order, and what becomes of them. */
export interface RowGraph {
  readonly nodes: readonly RowNode[];
  readonly stacked: readonly RowReference[];
  /** By row state. */
  readonly nextStates: readonly { readonly state: number; readonly rows: number; readonly next: RowReference }[];
  readonly sums: readonly RowSum[];
}

export function wholeNode(node: number, rows: number): RowReference {
  return { source: { kind: 'node', node }, row: 0, rows, repeated: false };
}

export function sameReference(first: RowReference, second: RowReference): boolean {
  return first.row === second.row && first.rows === second.rows && first.repeated === second.repeated &&
    sameSource(first.source, second.source);
}

function sameSource(first: RowSource, second: RowSource): boolean {
  switch (first.kind) {
    case 'node': return second.kind === 'node' && second.node === first.node;
    case 'sequence': return second.kind === 'sequence' && second.sequence === first.sequence;
    case 'state': return second.kind === 'state' && second.state === first.state;
    case 'parameter':
    case 'batch': return second.kind === first.kind && second.value === first.value;
    case 'literal': return second.kind === 'literal' && Object.is(second.value, first.value);
  }
}

/** A sum over rows has one row, everything else as many as it works on. */
export function resultRows(node: RowNode): number {
  return addsUpRows(node) ? 1 : node.rows;
}

/** Its result may not lie where its operands are, not even where both are one row. */
export function addsUpRows(node: RowNode): boolean {
  return node.kind === 'compute' && (node.opcode === 'row-sum' || node.opcode === 'row-dot');
}

/** Every reference that a node reads. */
export function operandsOf(node: RowNode): readonly RowReference[] {
  switch (node.kind) {
    case 'matrix-product': return [...node.segments.map((segment) => segment.source), ...(node.initial === undefined ? [] : [node.initial])];
    case 'compute': return [node.a, node.b, node.c, node.e].filter((operand) => operand !== undefined);
    case 'join': return node.parts;
  }
}

/** The same node reading other references. */
export function withOperands(node: RowNode, replace: (operand: RowReference) => RowReference): RowNode {
  switch (node.kind) {
    case 'matrix-product': {
      const segments = node.segments.map((segment) => ({ ...segment, source: replace(segment.source) }));
      return { ...node, segments, ...(node.initial === undefined ? {} : { initial: replace(node.initial) }) };
    }
    case 'compute': {
      const { a, b, c, e } = node;
      return { ...node, ...(a && { a: replace(a) }), ...(b && { b: replace(b) }), ...(c && { c: replace(c) }), ...(e && { e: replace(e) }) };
    }
    case 'join':
      return { ...node, parts: node.parts.map(replace) };
  }
}
