import { addsUpRows, operandsOf, referencesOfSum, resultRows } from './row-graph.ts';
import type { RowNode, RowReference } from './row-graph.ts';
import type { SettledGraph } from './settle-graph.ts';

/** Where a node's rows are within one step: `next` is the slot of the tape that the states after the step are in. */
export interface NodePlace {
  readonly base: 'scratch' | 'tape' | 'next' | 'ring';
  readonly row: number;
}

export interface StatePlace {
  /** In the tape, with a slot before the first step; otherwise in scratch. */
  readonly history: boolean;
  readonly row: number;
  /** The next state is computed elsewhere and copied at the end of the step. */
  readonly copied: boolean;
}

export interface RowPlacement {
  /** By node. */
  readonly nodes: readonly NodePlace[];
  /** By position in nextStates. */
  readonly states: readonly StatePlace[];
  /** Parts of joins, by join, that are computed where the join wants them. */
  readonly partsInPlace: ReadonlySet<string>;
  readonly scratchRows: number;
  readonly tapeRows: number;
  readonly ringRows: number;
}

/** A node inside another's rows. */
interface Seat {
  readonly host: number;
  readonly row: number;
}

export function partKey(join: number, part: number): string {
  return `${join} ${part}`;
}

/** Gives every node its memory: as little of it as possible, and results where they are wanted rather than copied there. */
export function placeRows(graph: SettledGraph): RowPlacement {
  return new Placement(graph).place();
}

const endOfStep = Number.MAX_SAFE_INTEGER;

class Placement {
  readonly #graph: SettledGraph;
  readonly #reads: { readonly position: number; readonly reference: RowReference }[][];
  readonly #stacked = new Set<number>();
  readonly #summed = new Set<number>();
  readonly #claims = new Map<number, number>();
  readonly #seats = new Map<number, Seat>();
  readonly #partsInPlace = new Set<string>();

  constructor(graph: SettledGraph) {
    this.#graph = graph;
    this.#reads = graph.nodes.map(() => []);
    const read = (reference: RowReference, position: number): void => {
      if (reference.source.kind === 'node') this.#reads[reference.source.node]?.push({ position, reference });
    };
    graph.nodes.forEach((node, position) => operandsOf(node).forEach((reference) => read(reference, position)));
    for (const reference of graph.stacked) {
      read(reference, endOfStep);
      if (reference.source.kind === 'node') this.#stacked.add(reference.source.node);
    }
    for (const reference of graph.sums.flatMap(referencesOfSum)) {
      read(reference, endOfStep);
      if (reference.source.kind === 'node') this.#summed.add(reference.source.node);
    }
    graph.nextStates.forEach(({ node, rows }, index) => {
      read({ source: { kind: 'node', node }, row: 0, rows, repeated: false }, endOfStep);
      this.#claims.set(node, index);
    });
  }

  place(): RowPlacement {
    const { nodes, nextStates } = this.#graph;
    nodes.forEach((node, index) => { if (node.kind === 'join') this.#seatParts(index, node.parts); });
    nodes.forEach((node, index) => this.#seatInOperand(index, node));

    let scratchRows = 0;
    let tapeRows = 0;
    let ringRows = 0;
    const states = nextStates.map(({ state, rows, node }): StatePlace => {
      const history = this.#graph.history.has(state);
      const row = history ? tapeRows : scratchRows;
      if (history) tapeRows += rows;
      else scratchRows += rows;
      return { history, row, copied: !history && !this.#mayOverwriteState(node, state) };
    });
    const roots = new Map<number, NodePlace>();
    const temporaries: number[] = [];
    nodes.forEach((node, index) => {
      if (this.#seats.has(index)) return;
      const claim = this.#claims.get(index);
      const state = claim === undefined ? undefined : states[claim];
      const members = this.#membersOf(index);
      if (state?.history === true) {
        roots.set(index, { base: 'next', row: state.row });
      } else if (members.some((member) => this.#stacked.has(member))) {
        roots.set(index, { base: 'tape', row: tapeRows });
        tapeRows += resultRows(node);
      } else if (members.some((member) => this.#summed.has(member))) {
        roots.set(index, { base: 'ring', row: ringRows });
        ringRows += resultRows(node);
      } else if (state !== undefined && !state.copied) {
        roots.set(index, { base: 'scratch', row: state.row });
      } else {
        temporaries.push(index);
      }
    });
    scratchRows = this.#allocate(temporaries, scratchRows, roots);
    const placeOf = (index: number): NodePlace => {
      const seat = this.#seats.get(index);
      if (seat === undefined) return roots.get(index) ?? { base: 'scratch', row: 0 };
      const host = placeOf(seat.host);
      return { base: host.base, row: host.row + seat.row };
    };
    return { nodes: nodes.map((_, index) => placeOf(index)), states, partsInPlace: this.#partsInPlace, scratchRows, tapeRows, ringRows };
  }

  /** Parts of a join are computed where they end up, if nobody wants them elsewhere. */
  #seatParts(join: number, parts: readonly RowReference[]): void {
    let row = 0;
    parts.forEach((reference, part) => {
      const { source } = reference;
      const node = source.kind === 'node' ? this.#graph.nodes[source.node] : undefined;
      const fits = source.kind === 'node' && node !== undefined && reference.row === 0 && !reference.repeated && resultRows(node) === reference.rows &&
        !this.#stacked.has(source.node) && !this.#claims.has(source.node) && !this.#seats.has(source.node);
      if (fits) {
        this.#seats.set(source.node, { host: join, row });
        this.#partsInPlace.add(partKey(join, part));
      }
      row += reference.rows;
    });
  }

  /** A result takes the place of an operand that nobody reads any more. */
  #seatInOperand(index: number, node: RowNode): void {
    if (node.kind !== 'compute' || addsUpRows(node) || this.#seats.has(index) || this.#claims.has(index) || this.#hosts(index)) return;
    for (const reference of [node.a, node.b, node.c, node.e]) {
      if (reference === undefined || reference.source.kind !== 'node' || reference.repeated) continue;
      const host = reference.source.node;
      if (this.#maySit(index, host, reference)) {
        this.#seats.set(index, { host, row: reference.row });
        return;
      }
    }
  }

  #maySit(index: number, host: number, wanted: RowReference): boolean {
    const node = this.#graph.nodes[host];
    const own = this.#graph.nodes[index];
    if (node === undefined || own === undefined || node.kind === 'join' || this.#stacked.has(host) || this.#summed.has(host) || this.#claims.has(host)) return false;
    const seat = this.#seats.get(host);
    if (seat !== undefined && this.#graph.nodes[seat.host]?.kind === 'join') return false;
    const overlaps = ({ row, rows }: { row: number; rows: number }): boolean => row < wanted.row + wanted.rows && wanted.row < row + rows;
    const read = (this.#reads[host] ?? []).some(({ position, reference }) => {
      const extent = { row: reference.row, rows: reference.repeated ? 1 : reference.rows };
      if (!overlaps(extent)) return false;
      // Within the instruction itself only the very same rows may be read.
      return position === index ? reference.repeated || reference.row !== wanted.row || reference.rows !== wanted.rows : position > index;
    });
    const taken = [...this.#seats].some(([guest, other]) => other.host === host && overlaps({ row: other.row, rows: resultRows(this.#graph.nodes[guest] ?? own) }));
    // A tape full of rows that nobody wants would cost more than a copy saves.
    const wasteful = (this.#stacked.has(index) || this.#summed.has(index)) && !this.#mostlyKept(host, resultRows(node));
    return !read && !taken && !wasteful;
  }

  #mostlyKept(host: number, rows: number): boolean {
    let kept = 0;
    this.#graph.nodes.forEach((node, index) => {
      if (!this.#stacked.has(index) && !this.#summed.has(index)) return;
      if (operandsOf(node).some((reference) => reference.source.kind === 'node' && reference.source.node === host)) kept += resultRows(node);
    });
    return kept * 2 >= rows;
  }

  #hosts(index: number): boolean {
    return [...this.#seats.values()].some((seat) => seat.host === index);
  }

  /** Whether a node may write the next state over the one before: nobody reads that afterwards. */
  #mayOverwriteState(index: number, state: number): boolean {
    const own = this.#graph.nodes[index];
    if (own === undefined || own.kind === 'join' || addsUpRows(own) || this.#summed.has(index) || this.#stacked.has(index)) return false;
    const readsState = ({ source }: RowReference): boolean => source.kind === 'state' && source.state === state;
    if (this.#graph.nodes.slice(index + 1).some((node) => operandsOf(node).some(readsState))) return false;
    // Within the instruction, elements may be read where they are written; the sources of a matrix product may not.
    const mayRead = (reference: RowReference): boolean => !readsState(reference) || (reference.row === 0 && reference.rows === own.rows && !reference.repeated);
    if (own.kind === 'compute') return operandsOf(own).every(mayRead);
    return !own.segments.some((segment) => readsState(segment.source)) && (own.initial === undefined || mayRead(own.initial));
  }

  /** A root and everything that sits in it, also indirectly. */
  #membersOf(root: number): readonly number[] {
    const members = [root];
    for (let next = 0; next < members.length; next += 1) {
      for (const [guest, seat] of this.#seats) if (seat.host === members[next]) members.push(guest);
    }
    return members;
  }

  /** Temporaries share rows when one is dead before the other is made. Gives the rows of scratch in all. */
  #allocate(roots: readonly number[], first: number, places: Map<number, NodePlace>): number {
    const spans = roots.map((root) => {
      const members = this.#membersOf(root);
      const reads = members.flatMap((member) => (this.#reads[member] ?? []).map((read) => read.position));
      return { root, rows: resultRows(this.#graph.nodes[root] ?? { kind: 'join', rows: 0, parts: [] }), from: Math.min(...members), to: Math.max(...members, ...reads) };
    }).sort((one, other) => one.from - other.from);
    const placed: { readonly row: number; readonly rows: number; readonly to: number }[] = [];
    let top = first;
    for (const span of spans) {
      const busy = placed.filter((other) => other.to >= span.from).sort((one, other) => one.row - other.row);
      let row = first;
      for (const other of busy) if (row + span.rows > other.row) row = Math.max(row, other.row + other.rows);
      placed.push({ row, rows: span.rows, to: span.to });
      places.set(span.root, { base: 'scratch', row });
      top = Math.max(top, row + span.rows);
    }
    return top;
  }
}
