import type { Body, Instruction, OperationKind } from '../instruction.ts';
import { operationResultTypes } from './result-types.ts';
import type { ValueId } from '../value.ts';

/** The values that depend on one of the given ones through operations that gradients pass. */
export function activeValues(body: Body, sources: Iterable<ValueId>): ReadonlySet<ValueId> {
  const active = new Set(sources);
  for (const instruction of body.instructions) {
    if (!passesGradients(instruction) || !instruction.inputs.some((id) => active.has(id))) continue;
    instruction.outputs.forEach((id, index) => {
      if (operationResultTypes(body, instruction)[index]?.type === 'float') active.add(id);
    });
  }
  return active;
}

const flatOperations: ReadonlySet<OperationKind> = new Set<OperationKind>(['stop-gradient', 'sign', 'greater', 'cast']);

function passesGradients(instruction: Instruction): boolean {
  return !flatOperations.has(instruction.kind);
}
