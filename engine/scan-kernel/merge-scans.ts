import { BodyBuilder } from '../../core/program/body-builder.ts';
import type { Body, Instruction, InstructionOf, ScanAttributes } from '../../core/program/instruction.ts';
import { partsOfScan } from '../../core/program/operations/scan.ts';
import { emitCopy, rewriteBody } from '../../core/program/passes/rewrite-body.ts';
import type { Value, ValueId } from '../../core/program/value.ts';
import { knownSize, sizesEqual } from '../../core/shapes/size.ts';

type Scan = InstructionOf<'scan'>;

/** What the kernel says of scans. */
export interface ScanFacts {
  /** Whether it would take one. */
  readonly fits: (scan: ScanAttributes) => boolean;
  /** Whether one means the same in either direction: its states only add up. */
  readonly isDirectionFree: (scan: ScanAttributes) => boolean;
}

/** Weights of all matrices of a merged scan: together they stay in a core's own cache, step after step. */
const mostWeights = 24_000;

/**
 * Scans over the same steps as one, where a step of the second needs of the first what the same step gave, or nothing: two
 * layers and a dense head are one walk through time. Each walk costs some microseconds to begin, and what stays within it
 * stays in the cache.
 */
export function mergeScans(body: Body, facts: ScanFacts): Body {
  let merged = body;
  for (let next = mergeOnce(merged, facts); next !== undefined; next = mergeOnce(merged, facts)) merged = next;
  return merged === body ? body : rewriteBody(merged, emitCopy);
}

function mergeOnce(body: Body, facts: ScanFacts): Body | undefined {
  const scans = body.instructions.filter((own): own is Scan => own.kind === 'scan');
  for (const [position, second] of scans.entries()) {
    for (const first of scans.slice(0, position).toReversed()) {
      const backwards = commonDirection(first.attributes, second.attributes, facts);
      if (backwards === undefined || !sizesEqual(first.attributes.steps, second.attributes.steps) || !isApart(body, first, second)) continue;
      const together = merge(first, second, backwards);
      if (weightsOf(together.attributes) <= mostWeights && facts.fits(together.attributes)) return inOrder(body, first, second, together);
    }
  }
  return undefined;
}

function commonDirection(first: ScanAttributes, second: ScanAttributes, { isDirectionFree }: ScanFacts): boolean | undefined {
  if (first.backwards === second.backwards) return first.backwards;
  if (isDirectionFree(first)) return second.backwards;
  return isDirectionFree(second) ? first.backwards : undefined;
}

/** Whether the second scan needs nothing of the first but its stacked results, step by step. */
function isApart(body: Body, first: Scan, second: Scan): boolean {
  const after = new Set(first.outputs);
  for (const instruction of body.instructions) {
    if (instruction !== second && instruction.inputs.some((id) => after.has(id))) instruction.outputs.forEach((id) => after.add(id));
  }
  const stacked = first.outputs.slice(first.attributes.stateCount);
  return second.inputs.every((id, index) => !after.has(id) || (index < second.attributes.sequenceCount && stacked.includes(id)));
}

function weightsOf({ body, sequenceCount, stateCount }: ScanAttributes): number {
  return body.inputs.slice(sequenceCount + stateCount).reduce((sum, id) => {
    const [rows, columns] = (body.values[id]?.shape ?? []).map((size) => knownSize(size) ?? 0);
    return sum + (rows ?? 0) * (columns ?? 0);
  }, 0);
}

function merge(first: Scan, second: Scan, backwards: boolean): Scan {
  const scans = [first, second] as const;
  const stacked = first.outputs.slice(first.attributes.stateCount);
  const [own, other] = [partsOfScan(first.attributes, first.inputs), partsOfScan(second.attributes, second.inputs)];
  const arriving = other.sequences.filter((id) => !stacked.includes(id));

  const builder = new BodyBuilder();
  const copies = scans.map(() => new Map<ValueId, Value>());
  const declare = (index: number, id: ValueId): void => {
    const { type, shape, origin } = scans[index]!.attributes.body.values[id]!;
    copies[index]!.set(id, builder.input(type, shape, origin));
  };
  const inside = scans.map(({ attributes }) => partsOfScan(attributes, attributes.body.inputs));
  inside[0]!.sequences.forEach((id) => declare(0, id));
  inside[1]!.sequences.forEach((id, index) => { if (arriving.includes(other.sequences[index]!)) declare(1, id); });
  inside.forEach(({ states }, index) => states.forEach((id) => declare(index, id)));
  inside.forEach(({ invariants }, index) => invariants.forEach((id) => declare(index, id)));

  scans.forEach(({ attributes: { body } }, index) => {
    const made = copies[index]!;
    if (index === 1) {
      const given = first.attributes.body.outputs.slice(first.attributes.stateCount);
      inside[1]!.sequences.forEach((id, position) => {
        const place = stacked.indexOf(other.sequences[position]!);
        if (place >= 0) made.set(id, copies[0]!.get(given[place]!)!);
      });
    }
    for (const instruction of body.instructions) {
      const results = emitCopy(builder, instruction, instruction.inputs.map((id) => made.get(id)!));
      instruction.outputs.forEach((id, position) => {
        const origin = body.values[id]?.origin;
        made.set(id, origin === undefined ? results[position]! : builder.name(results[position]!, origin));
      });
    }
  });
  const outputs = (index: number, from: number, to?: number): readonly Value[] => scans[index]!.attributes.body.outputs.slice(from, to).map((id) => copies[index]!.get(id)!);
  const [firstStates, secondStates] = [first.attributes.stateCount, second.attributes.stateCount];
  return {
    kind: 'scan',
    inputs: [...own.sequences, ...arriving, ...own.states, ...other.states, ...own.invariants, ...other.invariants],
    outputs: [...first.outputs.slice(0, firstStates), ...second.outputs.slice(0, secondStates), ...stacked, ...second.outputs.slice(secondStates)],
    attributes: {
      body: builder.finish([...outputs(0, 0, firstStates), ...outputs(1, 0, secondStates), ...outputs(0, firstStates), ...outputs(1, secondStates)]),
      steps: first.attributes.steps,
      sequenceCount: own.sequences.length + arriving.length,
      stateCount: firstStates + secondStates,
      invariantCount: own.invariants.length + other.invariants.length,
      backwards,
    },
  };
}

/** The body with the two replaced; what only the first was needed for comes later now. */
function inOrder(body: Body, first: Scan, second: Scan, together: Scan): Body {
  const instructions: readonly Instruction[] = [...body.instructions.filter((own) => own !== first && own !== second), together];
  const makers = new Map(instructions.flatMap((own) => own.outputs.map((id) => [id, own] as const)));
  const sorted: Instruction[] = [];
  const done = new Set<Instruction>();
  const visit = (instruction: Instruction): void => {
    if (done.has(instruction)) return;
    done.add(instruction);
    for (const id of instruction.inputs) {
      const maker = makers.get(id);
      if (maker !== undefined) visit(maker);
    }
    sorted.push(instruction);
  };
  instructions.forEach(visit);
  return { ...body, instructions: sorted };
}
