import type { Body, Instruction, InstructionOf, OperationKind } from '../../core/program/instruction.ts';
import type { GraphScope } from './graph-scope.ts';
import { typeAt, valueAt } from './operation-spelling.ts';
import type { OperationSpelling, SpellingSettings, SpellingSite } from './operation-spelling.ts';
import { operationSpellings } from './operation-spellings.ts';
import type { SpelledValue } from './spelled-value.ts';

/**
 * Writes every instruction of a body whose results `values` does not hold yet, and stores them there by value id.
 * The body's inputs must be there already.
 */
export function spellBody(scope: GraphScope, body: Body, values: (SpelledValue | undefined)[], settings: SpellingSettings): void {
  for (const instruction of body.instructions) {
    if (instruction.outputs.every((output) => values[output] !== undefined)) continue;
    spellInstruction(scope, body, values, settings, instruction);
  }
}

function spellInstruction<Kind extends OperationKind>(
  scope: GraphScope,
  body: Body,
  values: (SpelledValue | undefined)[],
  settings: SpellingSettings,
  instruction: InstructionOf<Kind> & Instruction,
): void {
  const origin = instruction.outputs.map((id) => typeAt(body, id).origin).find((found) => found !== undefined);
  const site: SpellingSite<Kind> = {
    scope: origin === undefined ? scope : scope.named(`${origin.node}/${origin.name}`),
    attributes: instruction.attributes,
    operands: instruction.inputs.map((id) => valueAt(values, id)),
    operandTypes: instruction.inputs.map((id) => typeAt(body, id)),
    resultTypes: instruction.outputs.map((id) => typeAt(body, id)),
    settings,
    spellBody,
  };
  const spell: OperationSpelling<Kind> = operationSpellings[instruction.kind];
  const results = spell(site);
  instruction.outputs.forEach((id, index) => {
    values[id] = results[index];
  });
}
