import type { Body, Instruction } from '../instruction.ts';
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

function passesGradients(instruction: Instruction): boolean {
  switch (instruction.kind) {
    case 'stop-gradient':
    case 'sign':
    case 'greater':
    case 'cast':
      return false;
    default:
      return true;
  }
}
