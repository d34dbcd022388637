import type { Instruction, InstructionOf, ScanAttributes } from '../../core/program/instruction.ts';
import type { Value, ValueId } from '../../core/program/value.ts';
import { splitInvariants } from '../tensorflow/loop-invariants.ts';
import { lowerElementwise } from './lower-elementwise.ts';
import { ScanRefusal, literalReference, rowsOfShape, spread, vectorLength } from './lowered-value.ts';
import type { LoweredValue } from './lowered-value.ts';
import { resultRows, wholeNode } from './row-graph.ts';
import type { RowGraph, RowNode, RowReference, RowSum } from './row-graph.ts';
import { isLinearInSums } from './summed-values.ts';

/** A scan's body sorted into what the kernel does at every step and what ordinary operations do around it. */
export interface LoweredBody {
  readonly graph: RowGraph;
  /** Done once before the loop. */
  readonly before: readonly Instruction[];
  /** Done once after it, on the sums over all steps in place of one step's. */
  readonly after: readonly Instruction[];
  /** States that only add up: initial state plus these values after the loop. */
  readonly runningSums: readonly { readonly state: number; readonly addends: readonly ValueId[] }[];
}

/** @throws ScanRefusal where the kernel cannot do this body */
export function lowerBody(attributes: ScanAttributes): LoweredBody {
  return new BodyLowering(attributes).lower();
}

export class BodyLowering {
  readonly #attributes: ScanAttributes;
  readonly #values = new Map<ValueId, LoweredValue>();
  readonly #nodes: RowNode[] = [];
  readonly #sums: RowSum[] = [];
  readonly #after: Instruction[] = [];

  constructor(attributes: ScanAttributes) {
    this.#attributes = attributes;
  }

  lower(): LoweredBody {
    const { body, sequenceCount, stateCount } = this.#attributes;
    const { invariant, perStep } = splitInvariants(body, body.inputs.slice(sequenceCount + stateCount));
    body.inputs.forEach((id, index) => this.#values.set(id, this.#input(id, index)));
    for (const instruction of invariant) this.#lowerInvariant(instruction);
    for (const instruction of perStep) this.#lowerStep(instruction);
    const nextStates: RowGraph['nextStates'][number][] = [];
    const runningSums: LoweredBody['runningSums'][number][] = [];
    body.outputs.slice(0, stateCount).forEach((id, state) => {
      const next = this.valueOf(id);
      if (next.kind === 'running' && next.state === state) {
        runningSums.push({ state, addends: next.addends });
        return;
      }
      const rows = this.rowsOf(body.inputs[sequenceCount + state] ?? -1);
      nextStates.push({ state, rows, next: spread(this.rowReference(id), rows) });
    });
    const stacked = body.outputs.slice(stateCount).map((id) => spread(this.rowReference(id), this.rowsOf(id)));
    return { graph: { nodes: this.#nodes, stacked, nextStates, sums: this.#sums }, before: invariant, after: this.#after, runningSums };
  }

  type(id: ValueId): Value {
    const value = this.#attributes.body.values[id];
    if (value === undefined) throw new RangeError(`the body has no value ${id}`);
    return value;
  }

  valueOf(id: ValueId): LoweredValue {
    const value = this.#values.get(id);
    if (value === undefined) throw new RangeError(`value ${id} is read before it is computed`);
    return value;
  }

  rowsOf(id: ValueId): number {
    const { shape, type } = this.type(id);
    const rows = type === 'integer' ? undefined : rowsOfShape(shape);
    if (rows === undefined) throw new ScanRefusal(`it works with tensors of ${shape.length} axes that are not (batch, feature)`);
    return rows;
  }

  /** A value as rows, which an invariant vector and a number are as well. */
  rowReference(id: ValueId): RowReference {
    const value = this.valueOf(id);
    switch (value.kind) {
      case 'rows':
        return value.reference;
      case 'literal':
        return literalReference(value.value, rowsOfShape(this.type(id).shape) ?? 1);
      case 'invariant': {
        const { shape, type } = this.type(id);
        if (type === 'integer') throw new ScanRefusal('it reads integers');
        const perSeries = rowsOfShape(shape);
        if (perSeries !== undefined) return { source: { kind: 'batch', value: id }, row: 0, rows: perSeries, repeated: false };
        const length = vectorLength(shape);
        if (length === undefined) throw new ScanRefusal('it combines an invariant matrix element by element with a step');
        return { source: { kind: 'parameter', value: id }, row: 0, rows: length, repeated: false };
      }
      case 'summed':
      case 'running':
        throw new ScanRefusal('it uses a sum over the batch within the step');
    }
  }

  /** Appends a node; gives all of its rows. */
  node(node: RowNode): RowReference {
    this.#nodes.push(node);
    return wholeNode(this.#nodes.length - 1, resultRows(node));
  }

  #input(id: ValueId, index: number): LoweredValue {
    const { sequenceCount, stateCount } = this.#attributes;
    if (index >= sequenceCount + stateCount) return { kind: 'invariant' };
    if (index < sequenceCount) {
      return { kind: 'rows', reference: { source: { kind: 'sequence', sequence: index }, row: 0, rows: this.rowsOf(id), repeated: false } };
    }
    const state = index - sequenceCount;
    const rows = rowsOfShape(this.type(id).shape);
    if (this.type(id).type !== 'float') throw new ScanRefusal('it has a state that is not a float');
    if (rows === undefined) return { kind: 'running', state, addends: [] };
    return { kind: 'rows', reference: { source: { kind: 'state', state }, row: 0, rows: this.rowsOf(id), repeated: false } };
  }

  #lowerInvariant(instruction: Instruction): void {
    for (const id of instruction.outputs) this.#values.set(id, { kind: 'invariant' });
    const [output] = instruction.outputs;
    if (output === undefined) return;
    if (instruction.kind === 'constant' && instruction.attributes.values.length === 1) {
      this.#values.set(output, { kind: 'literal', value: instruction.attributes.values[0] ?? 0 });
    } else if (instruction.kind === 'broadcast' || instruction.kind === 'reshape') {
      const input = this.valueOf(instruction.inputs[0] ?? -1);
      if (input.kind === 'literal') this.#values.set(output, input);
    }
  }

  #lowerStep(instruction: Instruction): void {
    const kinds = instruction.inputs.map((id) => this.valueOf(id).kind);
    if (kinds.includes('running')) return this.#lowerRunning(instruction);
    if (kinds.includes('summed')) return this.#lowerSummed(instruction);
    this.#lowerRows(instruction);
  }

  /** A running sum may only be added to. */
  #lowerRunning(instruction: Instruction): void {
    const [output] = instruction.outputs;
    const [first, second] = instruction.inputs.map((id) => ({ id, value: this.valueOf(id) }));
    if (instruction.kind !== 'add' || output === undefined || first === undefined || second === undefined) throw new ScanRefusal('a state without a batch axis is more than a sum');
    const [sum, addend] = first.value.kind === 'running' ? [first.value, second] : [second.value, first];
    const isZero = addend.value.kind === 'literal' && addend.value.value === 0;
    if (sum.kind !== 'running' || (addend.value.kind !== 'summed' && !isZero)) throw new ScanRefusal('a state without a batch axis is more than a sum');
    this.#values.set(output, { ...sum, addends: isZero ? sum.addends : [...sum.addends, addend.id] });
  }

  #lowerSummed(instruction: Instruction): void {
    if (!isLinearInSums(instruction, (id) => this.valueOf(id))) throw new ScanRefusal(`it uses a sum over the batch in "${instruction.kind}"`);
    this.#after.push(instruction);
    for (const id of instruction.outputs) this.#values.set(id, { kind: 'summed' });
  }

  #lowerRows(instruction: Instruction): void {
    const [output] = instruction.outputs;
    const [input] = instruction.inputs;
    if (output === undefined || input === undefined) throw new ScanRefusal(`it uses "${instruction.kind}"`);
    const define = (reference: RowReference): void => { this.#values.set(output, { kind: 'rows', reference }); };
    switch (instruction.kind) {
      case 'matmul':
        return this.#lowerProduct(instruction, define);
      case 'reduce-sum':
      case 'reduce-mean':
        return this.#lowerReduction(instruction, define);
      case 'slice':
        requireFeatureAxis(instruction.attributes.axis);
        return define(part(this.rowReference(input), instruction.attributes.start, instruction.attributes.length));
      case 'split': {
        requireFeatureAxis(instruction.attributes.axis);
        let start = 0;
        instruction.attributes.lengths.forEach((length, index) => {
          this.#values.set(instruction.outputs[index] ?? -1, { kind: 'rows', reference: part(this.rowReference(input), start, length) });
          start += length;
        });
        return;
      }
      case 'concatenate':
        requireFeatureAxis(instruction.attributes.axis);
        return define(this.node({ kind: 'join', rows: this.rowsOf(output), parts: instruction.inputs.map((id) => spread(this.rowReference(id), this.rowsOf(id))) }));
      case 'pad': {
        const { axis, before, after } = instruction.attributes;
        requireFeatureAxis(axis);
        const zeros = (rows: number): readonly RowReference[] => (rows === 0 ? [] : [literalReference(0, rows)]);
        return define(this.node({ kind: 'join', rows: this.rowsOf(output), parts: [...zeros(before), this.rowReference(input), ...zeros(after)] }));
      }
      case 'broadcast':
      case 'reshape':
        return define(spread(this.rowReference(input), this.rowsOf(output)));
      case 'cast':
        this.rowsOf(output);
        return define(instruction.attributes.type === 'boolean' && this.type(input).type === 'float'
          ? this.node({ kind: 'compute', opcode: 'nonzero', rows: this.rowsOf(output), a: this.rowReference(input) })
          : this.rowReference(input));
      case 'stop-gradient':
        return define(this.rowReference(input));
      case 'constant':
      case 'random-uniform':
      case 'transpose':
      case 'reverse':
      case 'reduce-max':
      case 'scan':
      case 'negate':
      case 'exp':
      case 'log':
      case 'sqrt':
      case 'rsqrt':
      case 'square':
      case 'abs':
      case 'sign':
      case 'sigmoid':
      case 'tanh':
      case 'cosine':
      case 'relu':
      case 'add':
      case 'subtract':
      case 'multiply':
      case 'divide':
      case 'maximum':
      case 'minimum':
      case 'power':
      case 'greater':
      case 'select':
        return define(lowerElementwise(this, instruction, this.rowsOf(output)));
    }
  }

  #lowerProduct(instruction: InstructionOf<'matmul'>, define: (reference: RowReference) => void): void {
    const [left = -1, right = -1] = instruction.inputs;
    const [output = -1] = instruction.outputs;
    const { transposeLeft, transposeRight } = instruction.attributes;
    const leftValue = this.valueOf(left);
    const rightValue = this.valueOf(right);
    if (transposeLeft && !transposeRight && leftValue.kind === 'rows' && rightValue.kind === 'rows') {
      this.#sums.push({ value: output, left: [this.#perSeries(left)], right: this.#perSeries(right) });
      this.#values.set(output, { kind: 'summed' });
      return;
    }
    const isMatrix = rightValue.kind === 'invariant' && this.type(right).shape.every((size) => size.kind === 'constant');
    if (transposeLeft || leftValue.kind !== 'rows' || !isMatrix) throw new ScanRefusal('it has a matrix product that is not rows times an invariant');
    define(this.node({ kind: 'matrix-product', rows: this.rowsOf(output), segments: [{ source: this.#perSeries(left), matrix: right, transposed: transposeRight, first: 0 }] }));
  }

  #lowerReduction(instruction: InstructionOf<'reduce-sum'> | InstructionOf<'reduce-mean'>, define: (reference: RowReference) => void): void {
    const [input = -1] = instruction.inputs;
    const [output = -1] = instruction.outputs;
    const { axes } = instruction.attributes;
    const rows = this.rowsOf(input);
    if (axes.includes(0)) {
      if (instruction.kind === 'reduce-mean') throw new ScanRefusal('it takes a mean over the batch');
      this.#sums.push({ value: output, left: [this.#perSeries(input)] });
      this.#values.set(output, { kind: 'summed' });
      return;
    }
    if (axes.length === 0) return define(this.rowReference(input));
    const factor = instruction.kind === 'reduce-mean' ? 1 / rows : 1;
    define(this.node({ kind: 'compute', opcode: 'row-sum', rows, a: this.#perSeries(input), factor }));
  }

  /** All rows of a value, each in memory of its own. */
  #perSeries(id: ValueId): RowReference {
    return spread(this.rowReference(id), this.rowsOf(id));
  }
}

function requireFeatureAxis(axis: number): void {
  if (axis !== 1) throw new ScanRefusal('it cuts or joins the batch');
}

function part(reference: RowReference, start: number, rows: number): RowReference {
  return reference.repeated ? { ...reference, rows } : { ...reference, row: reference.row + start, rows };
}
