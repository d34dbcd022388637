import type { Body, Instruction, InstructionOf, ScanAttributes } from '../instruction.ts';
import type { ValueId } from '../value.ts';

/** sequence · invariant at every step: one product before the loop. */
export interface Projection {
  readonly sequence: number;
  readonly invariant: number;
  readonly transposeRight: boolean;
  /** The value inside the body that the projected sequence replaces. */
  readonly result: ValueId;
}

/** A stacked output that is value · invariant: the value is stacked instead, and multiplied after the loop. */
export interface LeavingProduct {
  readonly output: number;
  readonly stack: number;
  readonly invariant: number;
  readonly transposeRight: boolean;
}

/** One addend of a running sum, as stacks: Σ over steps of leftᵀ·right, or of the sum of left's rows. */
export type HoistedTerm =
  | { readonly kind: 'product'; readonly left: number; readonly right: number }
  | { readonly kind: 'rows'; readonly left: number };

/** A state that only adds up: its hoisted addends, and those that stay in the loop. */
export interface RunningSum {
  readonly state: number;
  readonly carried: ValueId;
  readonly terms: readonly HoistedTerm[];
  readonly rest: readonly ValueId[];
}

export interface HoistingPlan {
  readonly projections: readonly Projection[];
  readonly products: readonly LeavingProduct[];
  readonly sums: readonly RunningSum[];
  /** Values of the body to be stacked for the work after the loop. */
  readonly stacks: readonly ValueId[];
}

/** What can be taken out of a scan; undefined where there is nothing. */
export function planHoisting(attributes: ScanAttributes): HoistingPlan | undefined {
  const { body, sequenceCount, stateCount } = attributes;
  const firstInvariant = sequenceCount + stateCount;
  const makers = new Map<ValueId, Instruction>(body.instructions.flatMap((made) => made.outputs.map((id) => [id, made] as const)));
  const uses = countUses(body);
  const stacks: ValueId[] = [];
  const stackOf = (id: ValueId): number => {
    const known = stacks.indexOf(id);
    return known >= 0 ? known : stacks.push(id) - 1;
  };
  const invariantOf = (id: ValueId | undefined): number => {
    const index = body.inputs.indexOf(id ?? -1);
    return index >= firstInvariant ? index - firstInvariant : -1;
  };

  const projections = body.instructions.flatMap((instruction): Projection[] => {
    if (instruction.kind !== 'matmul' || instruction.attributes.transposeLeft) return [];
    const [left, right] = instruction.inputs;
    const [result] = instruction.outputs;
    const sequence = body.inputs.indexOf(left ?? -1);
    const invariant = invariantOf(right);
    if (sequence < 0 || sequence >= sequenceCount || invariant < 0 || result === undefined) return [];
    return [{ sequence, invariant, transposeRight: instruction.attributes.transposeRight, result }];
  });
  const projected = new Set(projections.map(({ result }) => result));

  const products = body.outputs.slice(stateCount).flatMap((id, output): LeavingProduct[] => {
    const maker = makers.get(id);
    if (maker?.kind !== 'matmul' || maker.attributes.transposeLeft || uses.get(id) !== 1 || projected.has(id)) return [];
    const [left, right] = maker.inputs;
    const invariant = invariantOf(right);
    if (left === undefined || invariant < 0) return [];
    return [{ output, stack: stackOf(left), invariant, transposeRight: maker.attributes.transposeRight }];
  });

  const sums = body.outputs.slice(0, stateCount).flatMap((next, state): RunningSum[] => {
    const carried = body.inputs[sequenceCount + state];
    if (carried === undefined || uses.get(carried) !== 1) return [];
    const addends = addendsOf(next, makers, uses);
    if (!addends.includes(carried)) return [];
    const terms: HoistedTerm[] = [];
    const rest: ValueId[] = [];
    for (const id of addends.filter((own) => own !== carried)) {
      const term = hoistedTerm(body, makers.get(id), stackOf);
      if (term === undefined) rest.push(id);
      else terms.push(term);
    }
    return terms.length === 0 ? [] : [{ state, carried, terms, rest }];
  });
  return projections.length + products.length + sums.length === 0 ? undefined : { projections, products, sums, stacks };
}

/** How often each value is read, by instructions and as an output. */
export function countUses(body: Body): ReadonlyMap<ValueId, number> {
  const uses = new Map<ValueId, number>();
  const count = (id: ValueId): void => { uses.set(id, (uses.get(id) ?? 0) + 1); };
  body.instructions.forEach((instruction) => instruction.inputs.forEach(count));
  body.outputs.forEach(count);
  return uses;
}

/** The leaves of a tree of additions whose inner results have no other use. */
function addendsOf(id: ValueId, makers: ReadonlyMap<ValueId, Instruction>, uses: ReadonlyMap<ValueId, number>): readonly ValueId[] {
  const maker = makers.get(id);
  if (maker?.kind !== 'add' || uses.get(id) !== 1) return [id];
  return maker.inputs.flatMap((input) => addendsOf(input, makers, uses));
}

function isMatrix(body: Body, id: ValueId | undefined): id is ValueId {
  return id !== undefined && body.values[id]?.shape.length === 2;
}

function hoistedTerm(body: Body, maker: Instruction | undefined, stackOf: (id: ValueId) => number): HoistedTerm | undefined {
  if (maker?.kind === 'matmul') return hoistedProduct(body, maker, stackOf);
  if (maker?.kind !== 'reduce-sum') return undefined;
  const [rows] = maker.inputs;
  const overRows = maker.attributes.axes.length === 1 && maker.attributes.axes[0] === 0 && !maker.attributes.keepAxes;
  return overRows && isMatrix(body, rows) ? { kind: 'rows', left: stackOf(rows) } : undefined;
}

function hoistedProduct(body: Body, maker: InstructionOf<'matmul'>, stackOf: (id: ValueId) => number): HoistedTerm | undefined {
  const [left, right] = maker.inputs;
  const { transposeLeft, transposeRight } = maker.attributes;
  if (!transposeLeft || transposeRight || !isMatrix(body, left) || !isMatrix(body, right)) return undefined;
  return { kind: 'product', left: stackOf(left), right: stackOf(right) };
}
