import type { ValueId } from '../../core/program/value.ts';
import { mergeNeighbours } from './merge-neighbours.ts';
import { partKey, placeRows } from './place-rows.ts';
import type { RowPlacement } from './place-rows.ts';
import type { ComputeNode, MatrixProductNode, RowNode, RowReference } from './row-graph.ts';
import { bases } from './scan-program.ts';
import type { Operand, RowInput, ScanInstruction, ScanProgram, ScanSum, StepWindow, Stream, StreamTensor } from './scan-program.ts';
import type { SettledGraph } from './settle-graph.ts';
import { wholeWindow } from './step-windows.ts';

/** A stacked value in a tensor of lanes, in the slots that its steps say, from `row` on. */
export interface LaneView extends StepWindow {
  readonly row: number;
  readonly rows: number;
}

/** What surrounds a settled graph. */
export interface ProgramFrame {
  readonly backwards: boolean;
  readonly steps: number;
  readonly tensors: readonly StreamTensor[];
  /** By sequence of the scan. */
  readonly sequences: readonly { readonly tensor: number; readonly view: LaneView }[];
  /** By state of the scan: every element's first value, where that is one number. */
  readonly initialLiterals: readonly (number | undefined)[];
  /** Elements of an invariant vector, or features of an invariant of each series. */
  readonly invariantRows: (value: ValueId) => number;
  readonly matrixShape: (value: ValueId) => { readonly rows: number; readonly columns: number };
}

export interface EmittedProgram {
  readonly program: ScanProgram;
  /** What the program's inputs are, in its order, literals left out. */
  readonly rowInputs: readonly { readonly kind: 'parameter' | 'batch'; readonly value: ValueId; readonly rows: number }[];
  readonly matrices: readonly ValueId[];
  /** Where stacked outputs are in the tape. */
  readonly stacked: readonly LaneView[];
}

export function emitProgram(graph: SettledGraph, frame: ProgramFrame): EmittedProgram {
  return new Emission(graph, frame).emit();
}

const windowMembers = ['tensor', 'offset', 'first', 'end', 'stride', 'dilation'] as const;

/** Slots whose size is a multiple of 4 kB would fall into the same few lines of the cache: odd numbers of rows never do. */
function spreadSlots(rows: number): number {
  return rows >= 16 ? rows | 1 : rows;
}

class Emission {
  readonly #graph: SettledGraph;
  readonly #frame: ProgramFrame;
  readonly #placement: RowPlacement;
  readonly #streams: Stream[] = [];
  readonly #rowInputs: (RowInput & { readonly value: ValueId | undefined })[] = [];
  readonly #matrices: ValueId[] = [];
  readonly #weights: ScanProgram['weights'][number][] = [];
  #parameterRows = 0;
  #batchRows = 0;

  constructor(graph: SettledGraph, frame: ProgramFrame) {
    this.#graph = graph;
    this.#frame = frame;
    this.#placement = placeRows(graph);
  }

  emit(): EmittedProgram {
    const { nodes, nextStates, sums, history } = this.#graph;
    const placement = this.#placement;
    const instructions: ScanInstruction[] = nodes.flatMap((node, index) => this.#instructionsOf(node, index));
    const states = nextStates.map(({ state, rows, node }, index) => {
      const place = placement.states[index];
      const at = this.#statePlace(index, 'next');
      if (place?.copied === true) instructions.push({ opcode: 'affine', rows, d: at, a: this.#nodeOperand(node), factor: 1, addend: 0 });
      return { rows, literal: this.#frame.initialLiterals[state], place: at };
    });
    const sumOutputs = sums.map(({ left, right }) => ({ rows: left.reduce((rows, part) => rows + part.rows, 0), columns: right?.rows ?? 0 }));
    const programSums = sums.flatMap(({ left, right }, output) => {
      let row = 0;
      return left.map((part): ScanSum => {
        row += part.rows;
        return {
          kind: right === undefined ? 'rows' : 'product',
          left: this.#operand(part),
          leftRows: part.rows,
          ...(right && { right: this.#operand(right) }),
          rightRows: right?.rows ?? 0,
          output,
          row: row - part.rows,
        };
      });
    });
    const stacked = this.#graph.stacked.map((reference) => this.#viewOf(reference));
    const program: ScanProgram = {
      backwards: this.#frame.backwards,
      steps: this.#frame.steps,
      scratchRows: placement.scratchRows,
      ringRows: spreadSlots(placement.ringRows),
      parameterRows: this.#parameterRows,
      batchRows: this.#batchRows,
      tape: { slotRows: spreadSlots(placement.tapeRows), history: history.size > 0 ? 1 : 0 },
      tensors: this.#frame.tensors,
      streams: this.#streams,
      rowInputs: this.#rowInputs.map(({ kind, rows, row, literal }) => ({ kind, rows, row, literal })),
      matrices: this.#matrices.map(this.#frame.matrixShape),
      weights: this.#weights,
      states,
      sumOutputs,
      sums: programSums,
      instructions: mergeNeighbours(instructions),
    };
    const rowInputs = this.#rowInputs.flatMap(({ kind, value, rows }) => (value === undefined || kind === 'literal' ? [] : [{ kind, value, rows }]));
    return { program, rowInputs, matrices: this.#matrices, stacked };
  }

  #instructionsOf(node: RowNode, index: number): readonly ScanInstruction[] {
    const d = this.#nodeOperand(index);
    switch (node.kind) {
      case 'matrix-product':
        return [this.#matrixProduct(node, d)];
      case 'compute':
        return [this.#compute(node, d)];
      case 'join': {
        let row = d.row;
        return node.parts.flatMap((reference, part): ScanInstruction[] => {
          const target: Operand = { ...d, row };
          row += reference.rows;
          if (this.#placement.partsInPlace.has(partKey(index, part))) return [];
          if (reference.source.kind === 'literal') return [{ opcode: 'fill', rows: reference.rows, d: target, factor: reference.source.value }];
          return [{ opcode: 'affine', rows: reference.rows, d: target, a: this.#operand(reference), factor: 1, addend: 0 }];
        });
      }
    }
  }

  #matrixProduct(node: MatrixProductNode, d: Operand): ScanInstruction {
    const parts: { source: Operand; matrix: ValueId; transposed: boolean; first: number; inner: number }[] = [];
    for (const { source: reference, matrix, transposed, first } of node.segments) {
      const source = this.#operand(reference);
      const last = parts.at(-1);
      // The gradients of gates lie next to each other, and so do their inputs of a matrix.
      const continues = last?.matrix === matrix && last.transposed === transposed && last.first + last.inner === first &&
        last.source.base === source.base && last.source.stride === 1 && source.stride === 1 && last.source.row + last.inner === source.row;
      if (continues) last.inner += reference.rows;
      else parts.push({ source, matrix, transposed, first, inner: reference.rows });
    }
    const segments = parts.map(({ source, matrix, ...part }) => ({ source, weight: this.#weight(matrix, part) }));
    return { opcode: 'matrix-product', rows: node.rows, d, segments, ...(node.initial && { a: this.#operand(node.initial) }) };
  }

  #compute(node: ComputeNode, d: Operand): ScanInstruction {
    const { kind: _, a, b, c, e, ...rest } = node;
    const of = (reference: RowReference): Operand => this.#operand(reference);
    return { ...rest, d, ...(a && { a: of(a) }), ...(b && { b: of(b) }), ...(c && { c: of(c) }), ...(e && { e: of(e) }) };
  }

  #operand({ source, row, repeated }: RowReference): Operand {
    const stride = repeated ? 0 : 1;
    switch (source.kind) {
      case 'node': {
        const at = this.#nodeOperand(source.node);
        return { base: at.base, row: at.row + row, stride };
      }
      case 'sequence': {
        const sequence = this.#frame.sequences[source.sequence];
        if (sequence === undefined) throw new RangeError(`the scan has no sequence ${source.sequence}`);
        return { base: this.#stream(sequence.tensor, sequence.view), row: sequence.view.row + row, stride };
      }
      case 'state': {
        const at = this.#statePlace(this.#graph.nextStates.findIndex((state) => state.state === source.state), 'previous');
        return { base: at.base, row: at.row + row, stride };
      }
      case 'parameter':
        return { base: bases.parameter, row: this.#rowInput('parameter', source.value, row), stride };
      case 'batch':
        return { base: bases.batch, row: this.#rowInput('batch', source.value, row), stride };
      case 'literal':
        return { base: bases.parameter, row: this.#literal(source.value), stride: 0 };
    }
  }

  #nodeOperand(node: number): Operand {
    const place = this.#placement.nodes[node];
    if (place === undefined) throw new RangeError(`the graph has no node ${node}`);
    const { row } = place;
    switch (place.base) {
      case 'scratch': return { base: bases.scratch, row, stride: 1 };
      case 'ring': return { base: bases.ring, row, stride: 1 };
      case 'tape': return { base: this.#tape(0), row, stride: 1 };
      case 'next': return { base: this.#tape(this.#slotOf('next')), row, stride: 1 };
    }
  }

  /** Slots are numbered in time: a scan backwards has its previous state in the slot after. */
  #slotOf(when: 'previous' | 'next'): 0 | 1 {
    return (when === 'next') === this.#frame.backwards ? 0 : 1;
  }

  #statePlace(index: number, when: 'previous' | 'next'): Operand {
    const place = this.#placement.states[index];
    if (place === undefined) throw new RangeError(`the scan has no row state ${index}`);
    return { base: place.history ? this.#tape(this.#slotOf(when)) : bases.scratch, row: place.row, stride: 1 };
  }

  #viewOf(reference: RowReference): LaneView {
    const { base, row } = this.#operand(reference);
    const stream = this.#streams[base - bases.firstStream];
    if (stream?.tensor !== -1) throw new Error('a stacked value is not in the tape');
    const { tensor: _, ...window } = stream;
    return { row, rows: reference.rows, ...window };
  }

  #tape(offset: 0 | 1): number {
    return this.#stream(-1, { ...wholeWindow(this.#frame.steps), offset });
  }

  #stream(tensor: number, { offset, first, end, stride, dilation }: StepWindow): number {
    const made: Stream = { tensor, offset, first, end, stride, dilation };
    const known = this.#streams.findIndex((stream) => windowMembers.every((member) => stream[member] === made[member]));
    return bases.firstStream + (known >= 0 ? known : this.#streams.push(made) - 1);
  }

  /** The row of an invariant's first element, plus `row`. */
  #rowInput(kind: 'parameter' | 'batch', value: ValueId, row: number): number {
    const rows = this.#frame.invariantRows(value);
    const known = this.#rowInputs.find((input) => input.kind === kind && input.value === value);
    if (known !== undefined) return known.row + row;
    const at = kind === 'batch' ? this.#batchRows : this.#parameterRows;
    if (kind === 'batch') this.#batchRows += rows;
    else this.#parameterRows += rows;
    this.#rowInputs.push({ kind, value, rows, row: at, literal: 0 });
    return at + row;
  }

  #literal(literal: number): number {
    const known = this.#rowInputs.find((input) => input.kind === 'literal' && Object.is(input.literal, literal));
    if (known !== undefined) return known.row;
    this.#rowInputs.push({ kind: 'literal', value: undefined, rows: 1, row: this.#parameterRows, literal });
    this.#parameterRows += 1;
    return this.#parameterRows - 1;
  }

  #weight(value: ValueId, { transposed, first, inner }: Omit<ScanProgram['weights'][number], 'matrix'>): number {
    const known = this.#matrices.indexOf(value);
    const matrix = known >= 0 ? known : this.#matrices.push(value) - 1;
    const weight = this.#weights.findIndex((own) => own.matrix === matrix && own.transposed === transposed && own.first === first && own.inner === inner);
    return weight >= 0 ? weight : this.#weights.push({ matrix, transposed, first, inner }) - 1;
  }
}
