import type { Body, Instruction, InstructionOf, OperationKind } from '../../core/program/instruction.ts';
import type { ValueId } from '../../core/program/value.ts';
import { elementwiseGroups, makersOf } from '../scan-kernel/elementwise-groups.ts';
import type { ElementwiseGroup } from '../scan-kernel/elementwise-groups.ts';
import { activationGradients } from './activation-gradients.ts';
import { spellElementwiseGroup } from './elementwise-spelling.ts';
import { ofType } from './graph-node.ts';
import type { GraphScope } from './graph-scope.ts';
import { typeAt, valueAt } from './operation-spelling.ts';
import type { OperationSpelling, SpellingSettings, SpellingSite } from './operation-spelling.ts';
import { operationSpellings } from './operation-spellings.ts';
import { smallProducts, spellSmallProduct } from './small-products.ts';
import { asTensor, ofGraphTensor } from './spelled-value.ts';
import type { SpelledValue } from './spelled-value.ts';

/**
 * Writes a body, or some of its instructions, leaving out those whose results `values` holds already, and stores the
 * results there by value id. What the instructions read from outside must be there.
 */
export function spellBody(
  scope: GraphScope,
  body: Body,
  values: (SpelledValue | undefined)[],
  settings: SpellingSettings,
  instructions: readonly Instruction[] = body.instructions,
): void {
  const { gradients, absorbed } = activationGradients(body);
  const byKernel = settings.scanKernel && scope.isGraph && instructions === body.instructions;
  const products = byKernel ? smallProducts(body) : undefined;
  const isSpelled = (instruction: Instruction): boolean =>
    absorbed.has(instruction) || products?.absorbed.has(instruction) === true || instruction.outputs.every((output) => values[output] !== undefined);
  const isWhole = (id: ValueId): boolean => gradients.has(id) || products?.products.has(id) === true;
  const groups = byKernel ? elementwiseGroups(body, (own) => isSpelled(own) || own.outputs.some(isWhole)) : [];
  for (const unit of inUnits(body, instructions, groups)) {
    if ('members' in unit) {
      spellElementwiseGroup(scope, body, values, unit);
      continue;
    }
    const instruction = unit;
    if (isSpelled(instruction)) continue;
    const [given = -1] = instruction.outputs;
    const product = products?.products.get(given);
    const gradient = gradients.get(given);
    if (product !== undefined) {
      spellSmallProduct(namedScope(scope, body, instruction), values, product);
      continue;
    }
    if (gradient !== undefined) {
      const { operation, result, arriving } = gradient;
      const inputs = (operation === 'ReluGrad' ? [arriving, result] : [result, arriving]).map((id) => asTensor(scope, valueAt(values, id)));
      values[given] = ofGraphTensor(scope.add(operation, inputs, 'float32', { T: ofType('float32') }));
      continue;
    }
    spellInstruction(scope, body, values, settings, instruction);
  }
}

/** Nodes are named by what a layer calls their result. */
function namedScope(scope: GraphScope, body: Body, { outputs }: Instruction): GraphScope {
  const origin = outputs.map((id) => typeAt(body, id).origin).find((found) => found !== undefined);
  return origin === undefined ? scope : scope.named(`${origin.node}/${origin.name}`);
}

/** The instructions in an order in which each group is one unit, after all that it reads. */
function inUnits(body: Body, instructions: readonly Instruction[], groups: readonly ElementwiseGroup[]): readonly (Instruction | ElementwiseGroup)[] {
  if (groups.length === 0) return instructions;
  const makers = makersOf(body);
  const groupOf = new Map(groups.flatMap((group) => group.members.map((member) => [member, group] as const)));
  const units: (Instruction | ElementwiseGroup)[] = [];
  const done = new Set<Instruction>();
  const visit = (instruction: Instruction): void => {
    if (done.has(instruction)) return;
    const group = groupOf.get(instruction);
    const together = group?.members ?? [instruction];
    together.forEach((member) => done.add(member));
    for (const id of together.flatMap((member) => member.inputs)) {
      const maker = makers.get(id);
      if (maker !== undefined) visit(maker);
    }
    units.push(group ?? instruction);
  };
  instructions.forEach(visit);
  return units;
}

function spellInstruction<Kind extends OperationKind>(
  scope: GraphScope,
  body: Body,
  values: (SpelledValue | undefined)[],
  settings: SpellingSettings,
  instruction: InstructionOf<Kind> & Instruction,
): void {
  const site: SpellingSite<Kind> = {
    scope: namedScope(scope, body, instruction),
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
