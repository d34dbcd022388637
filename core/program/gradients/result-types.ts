import type { Body, Instruction } from '../instruction.ts';
import type { ResultType } from '../operation-row.ts';

function typesOf(body: Body, ids: readonly number[]): readonly ResultType[] {
  return ids.map((id) => {
    const value = body.values[id];
    if (value === undefined) throw new RangeError(`the body has no value ${id}`);
    return value;
  });
}

export function operationInputTypes(body: Body, instruction: Instruction): readonly ResultType[] {
  return typesOf(body, instruction.inputs);
}

export function operationResultTypes(body: Body, instruction: Instruction): readonly ResultType[] {
  return typesOf(body, instruction.outputs);
}
