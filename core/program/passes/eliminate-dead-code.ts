import type { Body, Instruction, InstructionOf } from '../instruction.ts';
import { partsOfScan } from '../operations/scan.ts';
import type { ValueId } from '../value.ts';
import { emitCopy, rewriteBody } from './rewrite-body.ts';

/** Drops instructions whose results nobody uses, and from scans the sequences, states, invariants and outputs nobody needs. */
export function eliminateDeadCode(body: Body): Body {
  const live = new Set<ValueId>(body.outputs);
  const kept: Instruction[] = [];
  for (const instruction of [...body.instructions].reverse()) {
    if (!instruction.outputs.some((id) => live.has(id))) continue;
    const needed = instruction.kind === 'scan' ? pruneScan(instruction, instruction.outputs.map((id) => live.has(id))) : instruction;
    needed.inputs.forEach((id) => live.add(id));
    kept.push(needed);
  }
  return rewriteBody({ ...body, instructions: kept.reverse() }, emitCopy);
}

/** What is left of a scan when only some of its results are wanted. */
function pruneScan(instruction: InstructionOf<'scan'>, wanted: readonly boolean[]): InstructionOf<'scan'> {
  const { attributes } = instruction;
  const { body, sequenceCount, stateCount } = attributes;
  const isState = (index: number): boolean => index >= sequenceCount && index < sequenceCount + stateCount;
  const liveResults = [...wanted];
  let live = liveInside(body, liveResults);
  for (let changed = true; changed; ) {
    changed = false;
    for (let state = 0; state < stateCount; state += 1) {
      if (liveResults[state] === true || !live.has(body.inputs[sequenceCount + state] ?? -1)) continue;
      liveResults[state] = true;
      changed = true;
    }
    live = liveInside(body, liveResults);
  }
  const inputs = body.inputs.flatMap((id, index) => ((isState(index) ? liveResults[index - sequenceCount] : live.has(id)) ? [index] : []));
  const results = body.outputs.flatMap((_, index) => (liveResults[index] ? [index] : []));
  const parts = partsOfScan(attributes, body.inputs.map((_, index) => inputs.includes(index)));
  const count = (flags: readonly boolean[]): number => flags.filter(Boolean).length;
  const smaller: Body = {
    ...body,
    inputs: inputs.flatMap((index) => body.inputs[index] ?? []),
    outputs: results.flatMap((index) => body.outputs[index] ?? []),
    instructions: body.instructions.filter((own) => own.outputs.some((id) => live.has(id))),
  };
  return {
    kind: 'scan',
    inputs: inputs.flatMap((index) => instruction.inputs[index] ?? []),
    outputs: results.flatMap((index) => instruction.outputs[index] ?? []),
    attributes: {
      ...attributes,
      body: eliminateDeadCode(smaller),
      sequenceCount: count(parts.sequences),
      stateCount: count(parts.states),
      invariantCount: count(parts.invariants),
    },
  };
}

/** The values inside a scan's body that its wanted results depend on. */
function liveInside(body: Body, wanted: readonly boolean[]): ReadonlySet<ValueId> {
  const live = new Set(body.outputs.filter((_, index) => wanted[index] === true));
  for (const instruction of [...body.instructions].reverse()) {
    if (instruction.outputs.some((id) => live.has(id))) instruction.inputs.forEach((id) => live.add(id));
  }
  return live;
}
