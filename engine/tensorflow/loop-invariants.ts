import type { Body, Instruction } from '../../core/program/instruction.ts';
import type { ValueId } from '../../core/program/value.ts';

/** The instructions of a scan's body that give the same at every step, and the others. */
export interface InvariantSplit {
  /** In an order that respects their uses; to be computed once, before the first step. */
  readonly invariant: readonly Instruction[];
  readonly perStep: readonly Instruction[];
}

export function splitInvariants(body: Body, invariantInputs: readonly ValueId[]): InvariantSplit {
  const known = new Set(invariantInputs);
  const invariant: Instruction[] = [];
  const perStep: Instruction[] = [];
  for (const instruction of body.instructions) {
    if (instruction.inputs.every((input) => known.has(input))) {
      invariant.push(instruction);
      for (const output of instruction.outputs) known.add(output);
    } else {
      perStep.push(instruction);
    }
  }
  return { invariant, perStep };
}
