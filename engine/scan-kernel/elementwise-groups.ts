import type { Body, Instruction } from '../../core/program/instruction.ts';
import type { TensorShape, Value, ValueId } from '../../core/program/value.ts';
import { printSize } from '../../core/shapes/size.ts';

/** Instructions that go through the elements of tensors of one shape together, in the body's order. */
export interface ElementwiseGroup {
  readonly members: readonly Instruction[];
}

/** What an instruction is to a group: by element, a sum of all elements, a number, or a number in every element. */
type ElementwiseRole =
  | { readonly kind: 'vector' | 'sum' | 'spread'; readonly domain: string }
  | { readonly kind: 'scalar' };

const byElement: ReadonlySet<Instruction['kind']> = new Set<Instruction['kind']>([
  'negate', 'exp', 'log', 'sqrt', 'rsqrt', 'square', 'abs', 'sign', 'sigmoid', 'tanh', 'relu',
  'add', 'subtract', 'multiply', 'divide', 'maximum', 'minimum', 'power', 'greater', 'select', 'cast',
]);

/** One operation costs a microsecond to begin, and so does a group. */
const leastMembers = 3;
/** The native reader takes 1,024 vectors and as many numbers (native/elementwise-program.cc), and a member has three at most. */
const mostMembers = 300;

export function isNumber(shape: TensorShape): boolean {
  return shape.every((size) => size.kind === 'constant' && size.value === 1);
}

function domainOf(shape: TensorShape): string {
  return shape.map(printSize).join(', ');
}

/** The number that a constant repeats. */
export function literalOf(maker: Instruction | undefined): number | undefined {
  return maker?.kind === 'constant' && maker.attributes.type === 'float' && maker.attributes.values.length === 1 ? maker.attributes.values[0] : undefined;
}

export type Makers = ReadonlyMap<ValueId, Instruction>;

export function makersOf(body: Body): Makers {
  return new Map(body.instructions.flatMap((made) => made.outputs.map((id) => [id, made] as const)));
}

/** The role that an instruction can have; undefined where it can have none. */
function elementwiseRole(body: Body, makers: Makers, instruction: Instruction): ElementwiseRole | undefined {
  const typeOf = (id: ValueId): Value => body.values[id]!;
  const result = typeOf(instruction.outputs[0]!);
  const inputs = instruction.inputs.map(typeOf);
  const [input] = inputs;
  if (input === undefined || result.type === 'integer' || inputs.some(({ type }) => type === 'integer')) return undefined;
  if (instruction.kind === 'reduce-sum') {
    const sums = input.type === 'float' && !isNumber(input.shape) && literalOf(makers.get(input.id)) === undefined && instruction.attributes.axes.length === input.shape.length;
    return sums ? { kind: 'sum', domain: domainOf(input.shape) } : undefined;
  }
  if (instruction.kind === 'reshape') return input.type === 'float' && isNumber(input.shape) && isNumber(result.shape) ? { kind: 'scalar' } : undefined;
  if (instruction.kind === 'broadcast') return input.type === 'float' && isNumber(input.shape) && !isNumber(result.shape) ? { kind: 'spread', domain: domainOf(result.shape) } : undefined;
  if (!byElement.has(instruction.kind)) return undefined;
  if (isNumber(result.shape)) return { kind: 'scalar' };
  const domain = domainOf(result.shape);
  const fits = inputs.every(({ id, shape }) => isNumber(shape) || domainOf(shape) === domain || literalOf(makers.get(id)) !== undefined);
  return fits ? { kind: 'vector', domain } : undefined;
}

interface Group {
  readonly domain: string;
  readonly members: Set<Instruction>;
}

/**
 * The groups of a body: each can be done as one operation once everything it reads is there, whatever else the body does.
 *
 * @param left instructions that stay out
 */
export function elementwiseGroups(body: Body, left: (instruction: Instruction) => boolean): readonly ElementwiseGroup[] {
  const excluded = new Set<Instruction>();
  for (;;) {
    const groups = new Grouping(body, (instruction) => left(instruction) || excluded.has(instruction)).groups();
    const before = excluded.size;
    groups.forEach((group) => strayBooleans(body, group).forEach((instruction) => excluded.add(instruction)));
    if (excluded.size > before) continue;
    return groups.map(({ members }) => ({ members: body.instructions.filter((own) => members.has(own)) }));
  }
}

/** A group keeps booleans as numbers, so they must not come from outside, nor be seen there. */
function strayBooleans(body: Body, { members }: Group): readonly Instruction[] {
  const isBoolean = (id: ValueId): boolean => body.values[id]?.type === 'boolean';
  const inside = new Set([...members].flatMap((own) => own.outputs));
  const seen = new Set([...body.outputs, ...body.instructions.flatMap((own) => (members.has(own) ? [] : own.inputs))]);
  return [...members].filter((own) => own.outputs.some((id) => isBoolean(id) && seen.has(id)) || own.inputs.some((id) => isBoolean(id) && !inside.has(id)));
}

class Grouping {
  readonly #body: Body;
  readonly #makers: Makers;
  readonly #roles = new Map<Instruction, ElementwiseRole>();
  readonly #consumers = new Map<ValueId, Instruction[]>();
  readonly #groupOf = new Map<Instruction, Group>();
  readonly #groups: Group[] = [];

  constructor(body: Body, left: (instruction: Instruction) => boolean) {
    this.#body = body;
    this.#makers = makersOf(body);
    for (const instruction of body.instructions) {
      const role = left(instruction) ? undefined : elementwiseRole(body, this.#makers, instruction);
      if (role !== undefined) this.#roles.set(instruction, role);
      for (const id of instruction.inputs) this.#consumers.set(id, [...(this.#consumers.get(id) ?? []), instruction]);
    }
  }

  groups(): readonly Group[] {
    const { instructions } = this.#body;
    for (const instruction of instructions) this.#joinForwards(instruction);
    for (const instruction of instructions.toReversed()) this.#joinBackwards(instruction);
    return this.#groups.filter(({ members }) => this.#isWorthIt(members));
  }

  #joinForwards(instruction: Instruction): void {
    const role = this.#roles.get(instruction);
    if (role === undefined) return;
    const makers = instruction.inputs.flatMap((id) => this.#groupOf.get(this.#makers.get(id) ?? instruction) ?? []);
    const candidates = role.kind === 'scalar' || role.kind === 'spread' ? makers : this.#groups.filter(({ domain }) => domain === role.domain).toReversed();
    if (candidates.some((group) => this.#join(group, instruction)) || role.kind === 'scalar' || role.kind === 'spread') return;
    const made: Group = { domain: role.domain, members: new Set([instruction]) };
    this.#groups.push(made);
    this.#groupOf.set(instruction, made);
  }

  /** What is only computed for one group joins it. */
  #joinBackwards(instruction: Instruction): void {
    const role = this.#roles.get(instruction);
    if (this.#groupOf.has(instruction) || (role?.kind !== 'scalar' && role?.kind !== 'spread')) return;
    const users = new Set(instruction.outputs.flatMap((id) => this.#consumers.get(id) ?? []).map((own) => this.#groupOf.get(own)));
    const [only] = users;
    if (users.size === 1 && only !== undefined) this.#join(only, instruction);
  }

  #join(group: Group, instruction: Instruction): boolean {
    const role = this.#roles.get(instruction);
    if (group.members.size >= mostMembers || (role !== undefined && role.kind !== 'scalar' && role.domain !== group.domain)) return false;
    const members = new Set([...group.members, instruction]);
    if (this.#reachesItself(members)) return false;
    group.members.add(instruction);
    this.#groupOf.set(instruction, group);
    return true;
  }

  /** Whether something outside needs a result of the members and gives them one: then they cannot be done at once. */
  #reachesItself(members: ReadonlySet<Instruction>): boolean {
    const seen = new Set<Instruction>();
    const open = this.#usersOf(members).filter((user) => !members.has(user));
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const unit = this.#groupOf.get(next)?.members ?? new Set([next]);
      if ([...unit].some((own) => members.has(own))) return true;
      if (seen.has(next)) continue;
      unit.forEach((own) => seen.add(own));
      for (const user of this.#usersOf(unit)) {
        if (members.has(user)) return true;
        if (!seen.has(user)) open.push(user);
      }
    }
    return false;
  }

  #usersOf(instructions: ReadonlySet<Instruction>): Instruction[] {
    return [...instructions].flatMap((own) => own.outputs.flatMap((id) => this.#consumers.get(id) ?? []));
  }

  #isWorthIt(members: ReadonlySet<Instruction>): boolean {
    const working = [...members].filter(({ kind }) => kind !== 'reshape' && kind !== 'broadcast');
    const inside = new Set([...members].flatMap((own) => own.outputs));
    const readsVector = [...members].some((own) => own.inputs.some((id) => !inside.has(id) && !isNumber(this.#body.values[id]!.shape) && literalOf(this.#makers.get(id)) === undefined));
    return working.length >= leastMembers && readsVector;
  }
}
