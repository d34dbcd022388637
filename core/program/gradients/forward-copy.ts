import type { BodyBuilder } from '../body-builder.ts';
import type { Body, Instruction, OperationAttributes, OperationKind } from '../instruction.ts';
import type { Value, ValueId } from '../value.ts';
import { activeValues } from './activity.ts';
import type { ScanDifferentiator, ScanGradient } from './scan-gradient.ts';

/** An instruction of the copied forward pass, as its gradient rule will see it. */
export interface ForwardStep {
  readonly kind: OperationKind;
  readonly attributes: OperationAttributes[OperationKind];
  readonly inputs: readonly Value[];
  readonly outputs: readonly Value[];
  /** For a scan that gradients pass: its backward body and what the forward one now saves. */
  readonly scan: ScanGradient | undefined;
}

export interface ForwardCopy {
  readonly steps: readonly ForwardStep[];
  /** The copy of a value of the original body. */
  readonly copyOf: (id: ValueId) => Value;
  /** Copies through which gradients must flow, by id. */
  readonly active: ReadonlySet<ValueId>;
}

/**
 * Copies a body into `builder`, where every scan that gradients will pass also stacks what its backward scan needs.
 * `inputs` are the copies of the body's inputs; `activeInputs` say which of them gradients are wanted for.
 */
export function copyForward(
  builder: BodyBuilder,
  body: Body,
  inputs: readonly Value[],
  activeInputs: readonly boolean[],
  differentiateScan: ScanDifferentiator,
): ForwardCopy {
  const active = activeValues(body, body.inputs.filter((_, index) => activeInputs[index] === true));
  const copies = new Map<ValueId, Value>();
  body.inputs.forEach((id, index) => {
    const input = inputs[index];
    if (input !== undefined) copies.set(id, input);
  });
  const copyOf = (id: ValueId): Value => {
    const copy = copies.get(id);
    if (copy === undefined) throw new RangeError(`value ${id} is read before it is computed`);
    return copy;
  };
  const steps = body.instructions.map((instruction) => {
    const step = copyInstruction(builder, instruction, instruction.inputs.map(copyOf), active, differentiateScan);
    instruction.outputs.forEach((id, index) => {
      const output = step.outputs[index];
      if (output === undefined) throw new RangeError(`${instruction.kind} gave no result ${index}`);
      const origin = body.values[id]?.origin;
      copies.set(id, origin === undefined ? output : builder.name(output, origin));
    });
    return step;
  });
  return { steps, copyOf, active: new Set([...active].flatMap((id) => copies.get(id)?.id ?? [])) };
}

function copyInstruction(
  builder: BodyBuilder,
  instruction: Instruction,
  inputs: readonly Value[],
  active: ReadonlySet<ValueId>,
  differentiateScan: ScanDifferentiator,
): ForwardStep {
  const { kind } = instruction;
  if (kind === 'scan') {
    const activeInputs = instruction.inputs.map((id) => active.has(id));
    const scan = activeInputs.includes(true) ? differentiateScan(instruction.attributes, activeInputs) : undefined;
    const attributes = scan === undefined ? instruction.attributes : { ...instruction.attributes, body: scan.forward };
    return { kind, attributes, inputs, outputs: builder.emit(kind, inputs, attributes), scan };
  }
  const { attributes } = instruction;
  return { kind, attributes, inputs, outputs: builder.emit(kind, inputs, attributes), scan: undefined };
}
