import type { Body, Instruction, ScanAttributes } from '../instruction.ts';
import { partsOfScan } from '../operations/scan.ts';
import type { ValueId } from '../value.ts';
import { emitCopy, rewriteBody } from './rewrite-body.ts';

/** What is left of a scan when only some of its results are wanted. */
interface PrunedScan {
  readonly attributes: ScanAttributes;
  /** Indices of the inputs and of the results that stay, in order. */
  readonly inputs: readonly number[];
  readonly results: readonly number[];
}

/** Drops instructions whose results nobody uses, and from scans the sequences, states, invariants and outputs nobody needs. */
export function eliminateDeadCode(body: Body): Body {
  const live = new Set<ValueId>(body.outputs);
  const pruned = new Map<Instruction, PrunedScan>();
  for (const instruction of [...body.instructions].reverse()) {
    if (!instruction.outputs.some((id) => live.has(id))) continue;
    if (instruction.kind === 'scan') {
      const scan = pruneScan(instruction.attributes, instruction.outputs.map((id) => live.has(id)));
      pruned.set(instruction, scan);
      scan.inputs.forEach((index) => live.add(instruction.inputs[index] ?? -1));
    } else {
      instruction.inputs.forEach((id) => live.add(id));
    }
  }
  const kept = body.instructions.filter((instruction) => instruction.outputs.some((id) => live.has(id)));
  return rewriteBody({ ...body, instructions: kept }, (builder, instruction, inputs) => {
    const scan = pruned.get(instruction);
    if (scan === undefined) return emitCopy(builder, instruction, inputs);
    const results = builder.emit('scan', scan.inputs.flatMap((index) => inputs[index] ?? []), scan.attributes);
    return spreadOut(results, scan.results, instruction.outputs.length);
  });
}

/** Puts kept results back at the indices they had; the gaps are never read. */
function spreadOut<Item>(items: readonly Item[], indices: readonly number[], length: number): readonly Item[] {
  const sparse = new Array<Item>(length);
  indices.forEach((index, position) => {
    const item = items[position];
    if (item !== undefined) sparse[index] = item;
  });
  return sparse;
}

function pruneScan(attributes: ScanAttributes, wanted: readonly boolean[]): PrunedScan {
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
    instructions: body.instructions.filter((instruction) => instruction.outputs.some((id) => live.has(id))),
  };
  return {
    inputs,
    results,
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
