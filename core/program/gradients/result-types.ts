import type { Body, Instruction } from '../instruction.ts';
import type { ResultType } from '../operation-row.ts';

/** Types and shapes of an instruction's results. */
export function operationResultTypes(body: Body, instruction: Instruction): readonly ResultType[] {
  return instruction.outputs.map((id) => {
    const value = body.values[id];
    if (value === undefined) throw new RangeError(`the body has no value ${id}`);
    return value;
  });
}
