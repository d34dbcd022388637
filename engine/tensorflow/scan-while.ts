import type { Body, Instruction } from '../../core/program/instruction.ts';
import type { ValueId } from '../../core/program/value.ts';
import { ofBoolean, ofType } from './graph-node.ts';
import type { GraphScope, GraphTensor } from './graph-scope.ts';
import { splitInvariants } from './loop-invariants.ts';
import { operandAt, operandTypeAt, resultTypeAt, valueAt } from './operation-spelling.ts';
import type { SpellingSite } from './operation-spelling.ts';
import { asList, asTensor, elementSignature, ofGraphTensor } from './spelled-value.ts';
import type { ElementSignature, SpelledValue } from './spelled-value.ts';
import { sizeTensor } from './symbolic-shape.ts';
import { WhileLoop } from './while-loop.ts';

/**
 * A scan of any number of steps as a While loop over TensorFlow lists, its body written once as a function. The loop
 * carries the time, the states, a list for each stacked output, and what does not change: lists of the sequences, the
 * invariants, and what follows from invariants alone.
 */
export function spellWhileScan(site: SpellingSite<'scan'>): readonly SpelledValue[] {
  const { scope, operands, settings } = site;
  const { body, sequenceCount, stateCount, backwards, steps } = site.attributes;
  const limit = sizeTensor(scope, steps);
  const loop = new WhileLoop(scope);
  const time = loop.variable('time', backwards ? shifted(scope, limit, -1) : scope.integer(0));
  const values: (SpelledValue | undefined)[] = [];

  const states = body.inputs.slice(sequenceCount, sequenceCount + stateCount).map((id, index) => {
    const state = loop.variable(`state_${index}`, asTensor(scope, operandAt(site, sequenceCount + index)));
    values[id] = ofGraphTensor(state);
    return state;
  });
  const stacks = body.outputs.slice(stateCount).map((_, index) => {
    const element = elementSignature(resultTypeAt(site, stateCount + index));
    return { element, list: loop.variable(`stack_${index}`, reservedList(scope, element, limit)) };
  });
  body.inputs.slice(0, sequenceCount).forEach((id, index) => {
    const type = operandTypeAt(site, index);
    const list = loop.variable(`sequence_${index}`, asList(scope, operandAt(site, index), type));
    values[id] = ofGraphTensor(listItem(loop.body, list, time, elementSignature(type)));
  });

  const outside: (SpelledValue | undefined)[] = [];
  const invariantInputs = body.inputs.slice(sequenceCount + stateCount);
  invariantInputs.forEach((id, index) => {
    outside[id] = operands[sequenceCount + stateCount + index];
  });
  const { invariant, perStep } = splitInvariants(body, invariantInputs);
  site.spellBody(scope, body, outside, settings, invariant);
  const inside = [...invariant.filter(isLiteral), ...perStep];
  for (const id of valuesFromOutside(body, inside)) {
    if (outside[id] === undefined) continue;
    values[id] = ofGraphTensor(loop.variable(`invariant_${id}`, asTensor(scope, valueAt(outside, id))));
  }

  site.spellBody(loop.body, body, values, settings, inside);
  const results = body.outputs.map((id) => asTensor(loop.body, valueAt(values, id)));
  loop.assign(time, shifted(loop.body, time, backwards ? -1 : 1));
  results.forEach((result, index) => {
    const state = states[index];
    const stack = stacks[index - stateCount];
    if (state !== undefined) loop.assign(state, result);
    else if (stack !== undefined) loop.assign(stack.list, withItem(loop.body, stack.list, time, result));
  });

  const last = loop.variable('steps', limit);
  const final = loop.finish((condition) =>
    backwards
      ? condition.add('GreaterEqual', [time, condition.integer(0)], 'bool', { T: ofType('int32') })
      : condition.add('Less', [time, last], 'bool', { T: ofType('int32') }),
  );
  return [
    ...states.map((state) => ofGraphTensor(final(state))),
    ...stacks.map(({ element, list }): SpelledValue => ({ kind: 'list', list: final(list), element })),
  ];
}

/** Literal constants are cheaper written again inside a loop than carried through it. */
function isLiteral(instruction: Instruction): boolean {
  return instruction.kind === 'constant' && instruction.attributes.shape.every((size) => size.kind === 'constant');
}

/** The values that `instructions` and the body's outputs use but do not compute. */
function valuesFromOutside(body: Body, instructions: readonly Instruction[]): readonly ValueId[] {
  const computed = new Set(instructions.flatMap((instruction) => instruction.outputs));
  const used = new Set([...instructions.flatMap((instruction) => instruction.inputs), ...body.outputs]);
  return [...used].filter((id) => !computed.has(id));
}

function shifted(scope: GraphScope, tensor: GraphTensor, by: number): GraphTensor {
  return scope.add('AddV2', [tensor, scope.integer(by)], 'int32', { T: ofType('int32') });
}

function reservedList(scope: GraphScope, element: ElementSignature, length: GraphTensor): GraphTensor {
  const attributes = { element_dtype: ofType(element.type), shape_type: ofType('int32') };
  return scope.add('TensorListReserve', [scope.integers(element.shape), length], 'variant', attributes);
}

function listItem(scope: GraphScope, list: GraphTensor, index: GraphTensor, element: ElementSignature): GraphTensor {
  return scope.add('TensorListGetItem', [list, index, scope.integers(element.shape)], element.type, { element_dtype: ofType(element.type) });
}

function withItem(scope: GraphScope, list: GraphTensor, index: GraphTensor, item: GraphTensor): GraphTensor {
  const attributes = { element_dtype: ofType(item.type), resize_if_index_out_of_bounds: ofBoolean(false) };
  return scope.add('TensorListSetItem', [list, index, item], 'variant', attributes);
}
