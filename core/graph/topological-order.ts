import type { NodeId } from './identifiers.ts';

/** That one node's result is read by another. */
export interface Dependency {
  readonly from: NodeId;
  readonly to: NodeId;
}

export interface TopologicalOrder {
  /** Every node that does not wait for a cycle, after all that it depends on; ties as in the given order. */
  readonly order: readonly NodeId[];
  /** null, or the nodes of one cycle: each feeds the next, and the last feeds the first. */
  readonly cycle: readonly NodeId[] | null;
}

/**
 * Orders nodes so that each comes after those it depends on. Dependencies on nodes that are not given are ignored.
 * Source: A. B. Kahn (1962), Topological sorting of large networks, https://doi.org/10.1145/368996.369025
 */
export function topologicalOrder(nodes: readonly NodeId[], dependencies: readonly Dependency[]): TopologicalOrder {
  const known = new Set(nodes);
  const waitsFor = new Map<NodeId, Set<NodeId>>([...known].map((node) => [node, new Set()]));
  for (const { from, to } of dependencies) if (known.has(from)) waitsFor.get(to)?.add(from);

  const readers = new Map<NodeId, NodeId[]>([...known].map((node) => [node, []]));
  for (const [node, sources] of waitsFor) for (const source of sources) readers.get(source)?.push(node);
  const open = new Map([...waitsFor].map(([node, sources]) => [node, sources.size]));
  const placeOf = new Map([...known].map((node, place) => [node, place]));
  const ready = [...known].filter((node) => open.get(node) === 0);
  const order: NodeId[] = [];
  for (let node = ready.shift(); node !== undefined; node = ready.shift()) {
    order.push(node);
    for (const reader of readers.get(node) ?? []) {
      const left = open.get(reader)! - 1;
      open.set(reader, left);
      if (left === 0) insertInPlace(ready, reader, placeOf);
    }
  }
  const ordered = new Set(order);
  const waiting = [...known].filter((node) => !ordered.has(node));
  return { order, cycle: cycleAmong(waiting, waitsFor) };
}

function insertInPlace(ready: NodeId[], node: NodeId, placeOf: ReadonlyMap<NodeId, number>): void {
  const place = placeOf.get(node)!;
  const position = ready.findIndex((other) => placeOf.get(other)! > place);
  ready.splice(position === -1 ? ready.length : position, 0, node);
}

/** Every waiting node waits for another waiting one: walking upstream must meet a node twice, and that closes a cycle. */
function cycleAmong(waiting: readonly NodeId[], waitsFor: ReadonlyMap<NodeId, ReadonlySet<NodeId>>): readonly NodeId[] | null {
  const among = new Set(waiting);
  const path: NodeId[] = [];
  const positions = new Map<NodeId, number>();
  let node = waiting[0];
  while (node !== undefined && !positions.has(node)) {
    positions.set(node, path.length);
    path.push(node);
    node = [...waitsFor.get(node)!].find((source) => among.has(source));
  }
  if (node === undefined) return null;
  const cycle = path.slice(positions.get(node)).reverse();
  const start = cycle.indexOf(waiting.find((candidate) => cycle.includes(candidate))!);
  return [...cycle.slice(start), ...cycle.slice(0, start)];
}
