import type { Size } from '../shapes/size.ts';
import type { Body, Instruction, OperationAttributes, OperationKind, ScanAttributes } from './instruction.ts';
import { operationTable } from './operation-table.ts';
import type { ElementType, Origin, TensorShape, Value, ValueId } from './value.ts';

export interface ScanDescription {
  readonly sequences: readonly Value[];
  readonly initialStates: readonly Value[];
  readonly invariants: readonly Value[];
  readonly steps: Size;
  readonly backwards: boolean;
  readonly body: Body;
}

export interface ScanResults {
  readonly finalStates: readonly Value[];
  readonly stacked: readonly Value[];
}

/**
 * Writes a body one instruction at a time; every result's type and shape come from the operation's own rule, which
 * throws where the inputs do not fit. The only way bodies are made.
 */
export class BodyBuilder {
  readonly #values: Value[] = [];
  readonly #inputs: ValueId[] = [];
  readonly #instructions: Instruction[] = [];

  input(type: ElementType, shape: TensorShape, origin?: Origin): Value {
    const value = this.#declare(type, shape, origin);
    this.#inputs.push(value.id);
    return value;
  }

  /** Appends an operation and gives its results in order. */
  emit<Kind extends OperationKind>(
    kind: Kind,
    inputs: readonly Value[],
    attributes: OperationAttributes[Kind],
    origin?: Origin,
  ): readonly Value[] {
    const results = operationTable[kind].shape(inputs, attributes);
    const outputs = results.map((result) => this.#declare(result.type, result.shape, origin));
    const instruction = { kind, attributes, inputs: inputs.map((value) => value.id), outputs: outputs.map((value) => value.id) };
    this.#instructions.push(instruction as unknown as Instruction);
    return outputs;
  }

  /** Appends an operation that has one result. */
  emitOne<Kind extends OperationKind>(
    kind: Kind,
    inputs: readonly Value[],
    attributes: OperationAttributes[Kind],
    origin?: Origin,
  ): Value {
    const [only] = this.emit(kind, inputs, attributes, origin);
    if (only === undefined) throw new Error(`${kind} has no result`);
    return only;
  }

  scan(description: ScanDescription): ScanResults {
    const attributes: ScanAttributes = {
      body: description.body,
      steps: description.steps,
      sequenceCount: description.sequences.length,
      stateCount: description.initialStates.length,
      invariantCount: description.invariants.length,
      backwards: description.backwards,
    };
    const results = this.emit('scan', [...description.sequences, ...description.initialStates, ...description.invariants], attributes);
    return { finalStates: results.slice(0, attributes.stateCount), stacked: results.slice(attributes.stateCount) };
  }

  /** Says in the user's words what a value is ("forget gate of lstm-1"), for probes and messages. */
  name(value: Value, origin: Origin): Value {
    const named = { ...value, origin };
    this.#values[value.id] = named;
    return named;
  }

  valueOf(id: ValueId): Value {
    const value = this.#values[id];
    if (value === undefined) throw new RangeError(`this body has no value ${id}`);
    return value;
  }

  finish(outputs: readonly Value[]): Body {
    return {
      values: [...this.#values],
      inputs: [...this.#inputs],
      instructions: [...this.#instructions],
      outputs: outputs.map((value) => value.id),
    };
  }

  #declare(type: ElementType, shape: TensorShape, origin: Origin | undefined): Value {
    const id = this.#values.length;
    const value: Value = origin === undefined ? { id, type, shape } : { id, type, shape, origin };
    this.#values.push(value);
    return value;
  }
}
