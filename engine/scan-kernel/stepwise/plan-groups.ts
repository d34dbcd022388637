import type { Body, Instruction } from '../../../core/program/instruction.ts';
import type { ValueId } from '../../../core/program/value.ts';
import { SequenceSurvey } from './sequence-survey.ts';

/** Instructions that one scan does, in order: each reads only this group and what is there before it. */
export interface StepwiseGroup {
  readonly steps: number;
  readonly members: readonly Instruction[];
}

/** A body as rounds: in each, ordinary instructions first, then groups. */
export interface StepwisePlan {
  readonly survey: SequenceSurvey;
  /** Whether somebody outside a group reads a value, in any of its shapes. */
  readonly isReadOutside: (id: ValueId, members: ReadonlySet<Instruction>) => boolean;
  /** What makes a value that each group joins for itself, of sequences that are there anyway, rather than one keeping it for the others. */
  readonly joinOf: (id: ValueId) => Instruction | undefined;
  readonly rounds: readonly { readonly instructions: readonly Instruction[]; readonly groups: readonly StepwiseGroup[] }[];
}

/**
 * Sorts a body into groups of instructions that work step by step on sequences, each group as large as can be. A sequence
 * read at another step begins a new group. Groups that neither multiply by a matrix nor touch a scan, or a group that
 * does, are left as they are: bringing their sequences into lanes would cost more than it saves.
 */
export function planGroups(body: Body): StepwisePlan | undefined {
  const survey = new SequenceSurvey(body);
  const roles = body.instructions.map((instruction) => survey.roleOf(instruction)?.kind);
  const convolves = roles.includes('shift') && body.instructions.some((instruction) => isProduct(instruction) && survey.roleOf(instruction) !== undefined);
  if (!convolves && !body.instructions.some(({ kind }) => kind === 'scan')) return undefined;
  return new Planning(body, survey).plan();
}

function isProduct({ kind }: Instruction): boolean {
  return kind === 'matmul';
}

class Planning {
  readonly #body: Body;
  readonly #survey: SequenceSurvey;
  readonly #makers = new Map<ValueId, Instruction>();
  readonly #users = new Map<ValueId, Instruction[]>();
  readonly #rounds = new Map<Instruction, number>();
  readonly #results: ReadonlySet<ValueId>;

  constructor(body: Body, survey: SequenceSurvey) {
    this.#body = body;
    this.#survey = survey;
    this.#results = new Set(body.outputs.map((id) => survey.sourceOf(id)));
    for (const instruction of body.instructions) {
      instruction.outputs.forEach((id) => this.#makers.set(id, instruction));
      if (isAlias(survey, instruction)) continue;
      for (const id of instruction.inputs) {
        const source = survey.sourceOf(id);
        const users = this.#users.get(source);
        if (users === undefined) this.#users.set(source, [instruction]);
        else users.push(instruction);
      }
    }
  }

  plan(): StepwisePlan {
    const { instructions } = this.#body;
    for (const instruction of instructions) this.#rounds.set(instruction, Math.max(0, ...instruction.inputs.map((id) => this.#earliest(instruction, id))));
    for (const instruction of [...instructions].reverse()) this.#sink(instruction);
    const groups = this.#groups();
    const grouped = new Set(groups.flatMap(({ members }) => members));
    const last = Math.max(0, ...this.#rounds.values());
    const rounds = Array.from({ length: last + 1 }, (_, round) => ({
      instructions: instructions.filter((instruction) => this.#rounds.get(instruction) === round && !grouped.has(instruction)),
      groups: groups.filter(({ members: [first] }) => first !== undefined && this.#rounds.get(first) === round),
    }));
    const joins = new Set(instructions.filter((instruction) => this.#isJoin(instruction)));
    const joinOf = (id: ValueId): Instruction | undefined => {
      const maker = this.#makers.get(id);
      return maker !== undefined && joins.has(maker) ? maker : undefined;
    };
    const isReadOutside = (id: ValueId, own: ReadonlySet<Instruction>): boolean => {
      const joined = joinOf(id) !== undefined;
      return this.#results.has(id) || (this.#users.get(id) ?? []).some((user) => !own.has(user) && !(joined && grouped.has(user)));
    };
    return { survey: this.#survey, isReadOutside, joinOf, rounds };
  }

  /** The steps of an instruction that a group may take. */
  #stepsOf(instruction: Instruction | undefined): number | undefined {
    const role = instruction && this.#survey.roleOf(instruction);
    return role?.kind === 'step' || role?.kind === 'sum' ? role.steps : undefined;
  }

  /** The first round in which an instruction may read a value. */
  #earliest(reader: Instruction, id: ValueId): number {
    const maker = this.#makers.get(this.#survey.sourceOf(id));
    if (maker === undefined) return 0;
    const round = this.#rounds.get(maker) ?? 0;
    const steps = this.#stepsOf(maker);
    if (steps === undefined) return round;
    const together = this.#survey.roleOf(maker)?.kind === 'step' && steps === this.#stepsOf(reader);
    return together ? round : round + 1;
  }

  /** What only a later round wants is done there, if what it reads is kept that long anyway: the slope of an activation. */
  #sink(instruction: Instruction): void {
    const { kind, inputs, outputs } = instruction;
    const steps = this.#stepsOf(instruction);
    const round = this.#rounds.get(instruction) ?? 0;
    if (kind === 'matmul' || this.#survey.roleOf(instruction)?.kind !== 'step' || outputs.some((id) => this.#results.has(id))) return;
    const users = outputs.flatMap((id) => this.#users.get(id) ?? []);
    if (users.length === 0 || users.some((user) => this.#stepsOf(user) !== steps)) return;
    const wanted = Math.min(...users.map((user) => this.#rounds.get(user) ?? 0));
    if (wanted <= round || !inputs.every((id) => this.#isKept(this.#survey.sourceOf(id)))) return;
    this.#rounds.set(instruction, wanted);
  }

  /** Whether a value leaves the group that computes it in any case. */
  #isKept(source: ValueId): boolean {
    const maker = this.#makers.get(source);
    const steps = this.#stepsOf(maker);
    if (maker === undefined || steps === undefined || this.#results.has(source)) return true;
    const round = this.#rounds.get(maker);
    return (this.#users.get(source) ?? []).some((user) => this.#stepsOf(user) !== steps || this.#rounds.get(user) !== round);
  }

  #isJoin(instruction: Instruction): boolean {
    return instruction.kind === 'concatenate' && this.#survey.roleOf(instruction)?.kind === 'step' && instruction.inputs.every((id) => this.#isKept(this.#survey.sourceOf(id)));
  }

  #groups(): readonly StepwiseGroup[] {
    const members = this.#body.instructions.filter((instruction) => this.#stepsOf(instruction) !== undefined);
    const groups = new Components<Instruction>();
    const links = new Components<Instruction>();
    const readers = new Map<string, Instruction>();
    const worthy = new Set<Instruction>();
    for (const instruction of this.#body.instructions) {
      const steps = this.#stepsOf(instruction);
      if (steps === undefined && instruction.kind !== 'scan') continue;
      groups.add(instruction);
      links.add(instruction);
      if (isProduct(instruction) || instruction.kind === 'scan') worthy.add(instruction);
      for (const id of instruction.inputs) {
        const source = this.#unshifted(id);
        if (this.#survey.formOf(source) === undefined) continue;
        const maker = this.#makers.get(source);
        if (maker !== undefined && (maker.kind === 'scan' || this.#stepsOf(maker) !== undefined)) links.join(instruction, maker);
        if (steps === undefined) continue;
        const round = this.#rounds.get(instruction);
        if (maker !== undefined && this.#rounds.get(maker) === round && this.#stepsOf(maker) === steps && this.#survey.sourceOf(id) === source) groups.join(instruction, maker);
        const key = `${this.#survey.sourceOf(id)} ${round} ${steps}`;
        const other = readers.get(key);
        if (other === undefined) readers.set(key, instruction);
        else groups.join(instruction, other);
      }
    }
    const kept = new Set([...worthy].map((instruction) => links.rootOf(instruction)));
    const byRoot = new Map<Instruction, Instruction[]>();
    for (const member of members) {
      if (!kept.has(links.rootOf(member))) continue;
      const root = groups.rootOf(member);
      byRoot.set(root, [...(byRoot.get(root) ?? []), member]);
    }
    return [...byRoot.values()].map((own) => ({ steps: this.#stepsOf(own[0]) ?? 0, members: own }));
  }

  /** The sequence that a value is, whatever its shape and its place in time. */
  #unshifted(id: ValueId): ValueId {
    const source = this.#survey.sourceOf(id);
    const maker = this.#makers.get(source);
    const [input] = maker?.inputs ?? [];
    return maker !== undefined && input !== undefined && this.#survey.roleOf(maker)?.kind === 'shift' ? this.#unshifted(input) : source;
  }
}

function isAlias(survey: SequenceSurvey, instruction: Instruction): boolean {
  const kind = survey.roleOf(instruction)?.kind;
  return kind === 'alias' || kind === 'uniform';
}

/** Sets that are joined pair by pair. */
class Components<Item> {
  readonly #parents = new Map<Item, Item>();

  add(item: Item): void {
    if (!this.#parents.has(item)) this.#parents.set(item, item);
  }

  rootOf(item: Item): Item {
    let root = item;
    for (let parent = this.#parents.get(root) ?? root; parent !== root; parent = this.#parents.get(root) ?? root) root = parent;
    return root;
  }

  join(one: Item, other: Item): void {
    this.add(other);
    this.#parents.set(this.rootOf(one), this.rootOf(other));
  }
}
