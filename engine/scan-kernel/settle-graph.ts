import { operandsOf, referencesOfSum, resultRows, wholeNode, withOperands } from './row-graph.ts';
import type { RowGraph, RowNode, RowReference, RowSum } from './row-graph.ts';

/** A graph in which everything that must outlive a step is the whole of a node, or a sequence, or a state. */
export interface SettledGraph {
  readonly nodes: readonly RowNode[];
  /** Rows of a node, or a state before the step (which then needs history). */
  readonly stacked: readonly RowReference[];
  /** By row state: the node that computes it. */
  readonly nextStates: readonly { readonly state: number; readonly rows: number; readonly node: number }[];
  readonly sums: readonly RowSum[];
  /** States whose value before each step is kept. */
  readonly history: ReadonlySet<number>;
}

/** Inserts the copies that are needed where a value is asked for in two places, and drops nodes that nobody reads. */
export function settleGraph(graph: RowGraph): SettledGraph {
  const nodes: RowNode[] = [...graph.nodes];
  const copyOf = (reference: RowReference): RowReference => {
    const literal = reference.source.kind === 'literal' ? reference.source.value : undefined;
    nodes.push(literal === undefined
      ? { kind: 'compute', opcode: 'affine', rows: reference.rows, a: reference, factor: 1, addend: 0 }
      : { kind: 'compute', opcode: 'fill', rows: reference.rows, factor: literal });
    return wholeNode(nodes.length - 1, reference.rows);
  };
  const history = new Set<number>();
  const stacked = graph.stacked.map((reference) => {
    if (reference.source.kind === 'state' && !reference.repeated) history.add(reference.source.state);
    else if (reference.source.kind !== 'node' || reference.repeated) return copyOf(reference);
    return reference;
  });
  const stackedNodes = new Set(stacked.flatMap(({ source }) => (source.kind === 'node' ? [source.node] : [])));
  const claimed = new Set<number>();
  const nextStates = graph.nextStates.map(({ state, rows, next }) => {
    let { source } = next;
    const whole = source.kind === 'node' && !next.repeated && next.row === 0 && resultRows(nodes[source.node] ?? fail(source.node)) === next.rows;
    if (!whole || (source.kind === 'node' && claimed.has(source.node))) ({ source } = copyOf(next));
    if (source.kind !== 'node') throw new Error('a copy is a node');
    claimed.add(source.node);
    if (stackedNodes.has(source.node)) history.add(state);
    return { state, rows, node: source.node };
  });
  const keepsSteps = ({ source, repeated }: RowReference): boolean =>
    !repeated && (source.kind === 'sequence' || source.kind === 'node' || (source.kind === 'state' && history.has(source.state)));
  const summable = (reference: RowReference): RowReference => (keepsSteps(reference) ? reference : copyOf(reference));
  const apart = (reference: RowReference): readonly RowReference[] => {
    const join = reference.source.kind === 'node' && !reference.repeated && reference.row === 0 ? nodes[reference.source.node] : undefined;
    const parts = join?.kind === 'join' && join.rows === reference.rows ? join.parts : [];
    return parts.length > 0 && parts.every((part) => part.source.kind !== 'node' && keepsSteps(part)) ? parts : [reference];
  };
  const sums = graph.sums.map((sum) => ({ ...sum, left: sum.left.flatMap(apart).map(summable), ...(sum.right && { right: summable(sum.right) }) }));
  return withoutDeadNodes({ nodes, stacked, nextStates, sums, history });
}

function fail(node: number): never {
  throw new RangeError(`the graph has no node ${node}`);
}

function withoutDeadNodes(graph: SettledGraph): SettledGraph {
  const live = new Set<number>(graph.nextStates.map((state) => state.node));
  const mark = ({ source }: RowReference): void => {
    if (source.kind === 'node') live.add(source.node);
  };
  [...graph.stacked, ...graph.sums.flatMap(referencesOfSum)].forEach(mark);
  for (let index = graph.nodes.length - 1; index >= 0; index -= 1) {
    const node = graph.nodes[index];
    if (node !== undefined && live.has(index)) operandsOf(node).forEach(mark);
  }
  const numbers = new Map([...live].sort((first, second) => first - second).map((old, index) => [old, index]));
  const renumber = (old: number): number => numbers.get(old) ?? fail(old);
  const rename = (reference: RowReference): RowReference =>
    (reference.source.kind === 'node' ? { ...reference, source: { kind: 'node', node: renumber(reference.source.node) } } : reference);
  return {
    ...graph,
    nodes: graph.nodes.flatMap((node, index) => (live.has(index) ? [withOperands(node, rename)] : [])),
    stacked: graph.stacked.map(rename),
    nextStates: graph.nextStates.map((state) => ({ ...state, node: renumber(state.node) })),
    sums: graph.sums.map((sum) => ({ ...sum, left: sum.left.map(rename), ...(sum.right && { right: rename(sum.right) }) })),
  };
}
