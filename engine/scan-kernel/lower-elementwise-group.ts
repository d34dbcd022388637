import type { Body, Instruction } from '../../core/program/instruction.ts';
import type { ValueId } from '../../core/program/value.ts';
import { encodeElementwise } from './elementwise-program.ts';
import type { ElementwiseInstruction, ElementwiseOperand } from './elementwise-program.ts';
import { isNumber, literalOf, makersOf } from './elementwise-groups.ts';
import type { ElementwiseGroup, Makers } from './elementwise-groups.ts';
import { fuseElementwise } from './fuse-elementwise.ts';
import type { ElementwiseNode, ElementwiseOperands, ElementwiseReference } from './fuse-elementwise.ts';

/** A group as bytecode; inputs and results are values of the body, in the order of the operation's. */
export interface LoweredGroup {
  readonly text: string;
  readonly vectors: readonly ValueId[];
  readonly scalars: readonly ValueId[];
  readonly results: readonly ValueId[];
  readonly totals: readonly ValueId[];
}

type Opcode = ElementwiseInstruction['opcode'];

/** An instruction and the pass before (for numbers) or in which it is done. */
interface Node extends ElementwiseNode {
  pass: number;
}

export function lowerElementwiseGroup(body: Body, group: ElementwiseGroup): LoweredGroup {
  return new GroupLowering(body, group).lower();
}

class GroupLowering {
  readonly #body: Body;
  readonly #group: ElementwiseGroup;
  readonly #makers: Makers;
  readonly #aliases = new Map<ValueId, ElementwiseReference>();
  readonly #lowered: ElementwiseNode[] = [];
  readonly #nodes: Node[] = [];
  readonly #made = new Map<ValueId, Node>();
  readonly #seenOutside: ReadonlySet<ValueId>;

  constructor(body: Body, group: ElementwiseGroup) {
    this.#body = body;
    this.#group = group;
    this.#makers = makersOf(body);
    const members = new Set(group.members);
    this.#seenOutside = new Set([...body.outputs, ...body.instructions.flatMap((own) => (members.has(own) ? [] : own.inputs))]);
  }

  lower(): LoweredGroup {
    this.#group.members.forEach((member) => this.#lowerMember(member));
    fuseElementwise(this.#lowered, (id) => this.#seenOutside.has(id)).forEach((node) => this.#schedule(node));
    this.#sinkVectors();
    return this.#place();
  }

  #referenceOf(id: ValueId): ElementwiseReference {
    const alias = this.#aliases.get(id);
    if (alias !== undefined) return alias;
    const literal = literalOf(this.#makers.get(id));
    if (literal !== undefined) return { kind: 'literal', literal };
    return { kind: isNumber(this.#body.values[id]!.shape) ? 'scalar' : 'vector', value: id };
  }

  #lowerMember(member: Instruction): void {
    const id = member.outputs[0]!;
    const references = member.inputs.map((input) => this.#referenceOf(input));
    const [first, second, third] = references;
    if (first === undefined) throw new RangeError(`${member.kind} has no operand`);
    const emit = (opcode: Opcode, operands: ElementwiseOperands, parts: Omit<ElementwiseNode['parts'], 'opcode'> = {}): void => this.#emit(id, { opcode, ...parts }, operands);
    switch (member.kind) {
      case 'reshape':
      case 'broadcast':
      case 'cast':
        if (!this.#seenOutside.has(id) && !this.#isSummed(id)) {
          this.#aliases.set(id, first);
          return;
        }
        return emit('product', { a: first }, { factors: 1 });
      case 'negate':
        return emit('affine', { a: first }, { factor: -1, addend: 0 });
      case 'square':
        return emit('product', { a: first }, { factors: 1, f: 'square' });
      case 'add':
        return emit('product', { a: first, ...(second && { e: second }) }, { factors: 1, form: 'plus-addend' });
      case 'multiply':
        return emit('product', { a: first, ...(second && { b: second }) }, { factors: 2 });
      case 'subtract':
      case 'divide':
      case 'maximum':
      case 'minimum':
      case 'power':
      case 'greater':
        return emit(member.kind, { a: first, ...(second && { b: second }) });
      case 'select':
        return emit('select', { c: first, ...(second && { a: second }), ...(third && { b: third }) });
      case 'reduce-sum':
        return emit('row-sum', { a: first });
      case 'exp':
      case 'log':
      case 'sqrt':
      case 'rsqrt':
      case 'abs':
      case 'sign':
      case 'sigmoid':
      case 'tanh':
      case 'relu':
        return emit(member.kind, { a: first });
      case 'constant':
      case 'cosine':
      case 'matmul':
      case 'transpose':
      case 'slice':
      case 'pad':
      case 'reverse':
      case 'split':
      case 'concatenate':
      case 'reduce-mean':
      case 'reduce-max':
      case 'random-uniform':
      case 'stop-gradient':
      case 'scan':
        throw new RangeError(`${member.kind} is not an operation by element`);
    }
  }

  /** A sum goes over elements, also where all of them are one number. */
  #isSummed(id: ValueId): boolean {
    return this.#group.members.some((member) => member.kind === 'reduce-sum' && member.inputs.includes(id));
  }

  #emit(id: ValueId, parts: ElementwiseNode['parts'], operands: ElementwiseOperands): void {
    const isVector = !isNumber(this.#body.values[id]!.shape) && parts.opcode !== 'row-sum';
    this.#lowered.push({ result: { kind: isVector ? 'vector' : 'scalar', value: id }, parts, operands });
  }

  #schedule(node: ElementwiseNode): void {
    const pass = Math.max(0, ...Object.values(node.operands).map((operand) => this.#readyIn(operand)));
    const scheduled: Node = { ...node, pass };
    this.#nodes.push(scheduled);
    this.#made.set(node.result.value, scheduled);
  }

  /** The first pass in which a value can be read: a sum is there after the pass that takes it. */
  #readyIn(reference: ElementwiseReference): number {
    const node = reference.kind === 'literal' ? undefined : this.#made.get(reference.value);
    return node === undefined ? 0 : node.pass + Number(node.parts.opcode === 'row-sum');
  }

  /** A vector that only later passes read is computed there, so that it need not be kept. */
  #sinkVectors(): void {
    const users = this.#usersOf();
    for (const node of this.#nodes.toReversed()) {
      const passes = (users.get(node.result.value) ?? []).map(({ pass }) => pass);
      if (node.result.kind === 'vector' && passes.length > 0) node.pass = Math.max(node.pass, Math.min(...passes));
    }
  }

  #usersOf(): ReadonlyMap<ValueId, readonly Node[]> {
    const users = new Map<ValueId, Node[]>();
    for (const node of this.#nodes) {
      for (const operand of Object.values(node.operands)) {
        if (operand.kind !== 'literal') users.set(operand.value, [...(users.get(operand.value) ?? []), node]);
      }
    }
    return users;
  }

  #place(): LoweredGroup {
    const nodes = this.#nodes;
    const read = nodes.flatMap((node) => Object.values(node.operands));
    const givenIds = (kind: 'vector' | 'scalar'): readonly ValueId[] =>
      [...new Set(read.flatMap((reference) => (reference.kind === kind && !this.#made.has(reference.value) ? [reference.value] : [])))];
    const [vectors, scalars] = [givenIds('vector'), givenIds('scalar')];
    const literals = [...new Set(read.flatMap((reference) => (reference.kind === 'literal' ? [reference.literal] : [])))];
    const made = (kind: 'vector' | 'scalar') => nodes.filter(({ result }) => result.kind === kind);
    const results = made('vector').map(({ result }) => result.value).filter((id) => this.#seenOutside.has(id));
    const temporaries = made('scalar').map(({ result }) => result.value);
    const totals = temporaries.filter((id) => this.#seenOutside.has(id));
    const users = this.#usersOf();
    const kept = made('vector').filter(({ result, pass }) => !results.includes(result.value) && (users.get(result.value) ?? []).some((user) => user.pass > pass)).map(({ result }) => result.value);

    const scalarIndex = new Map([...scalars.map((id, index) => [id, index] as const), ...temporaries.map((id, index) => [id, scalars.length + literals.length + index] as const)]);
    const vectorIndex = new Map([...vectors, ...results, ...kept].map((id, index) => [id, index]));
    const inRegisters = vectorIndex.size;
    const passCount = Math.max(...nodes.map(({ pass }) => pass)) + 1;
    let registers = 0;
    const passes = Array.from({ length: passCount }, (_, pass) => {
      const once = nodes.filter((node) => node.pass === pass && node.result.kind === 'scalar' && node.parts.opcode !== 'row-sum');
      const each = nodes.filter((node) => node.pass === pass && !once.includes(node));
      const used = assignRegisters(each, vectorIndex, inRegisters);
      registers = Math.max(registers, used);
      const encoded = (node: Node): ElementwiseInstruction => {
        const operandOf = (reference: ElementwiseReference): ElementwiseOperand => {
          if (reference.kind === 'literal') return { place: 'scalar', index: scalars.length + literals.indexOf(reference.literal) };
          return { place: reference.kind, index: (reference.kind === 'vector' ? vectorIndex : scalarIndex).get(reference.value) ?? failed() };
        };
        const operands = Object.fromEntries(Object.entries(node.operands).map(([name, operand]) => [name, operandOf(operand)]));
        return { ...node.parts, d: operandOf(node.result), ...operands };
      };
      return { once: once.map(encoded), each: each.map(encoded) };
    });
    const text = encodeElementwise({
      vectorInputs: vectors.length, vectorOutputs: results.length, kept: kept.length, registers,
      scalarInputs: scalars.length, temporaries: temporaries.length, literals,
      scalarOutputs: totals.map((id) => scalarIndex.get(id) ?? failed()), passes,
    });
    return { text, vectors, scalars, results, totals };
  }
}

/** Gives the vectors that live within one pass a register each, used again after the last reader; returns how many it took. */
function assignRegisters(each: readonly Node[], places: Map<ValueId, number>, first: number): number {
  const lastRead = new Map<ValueId, number>();
  each.forEach((node, position) => {
    Object.values(node.operands).forEach((operand) => { if (operand.kind === 'vector') lastRead.set(operand.value, position); });
  });
  const free: number[] = [];
  let used = 0;
  each.forEach((node, position) => {
    for (const [id, last] of lastRead) {
      const place = places.get(id);
      // What is read here for the last time may be overwritten here: the elements are taken one after the other.
      if (last === position && place !== undefined && place >= first && !free.includes(place)) free.push(place);
    }
    if (node.result.kind !== 'vector' || places.has(node.result.value)) return;
    const place = free.pop() ?? first + used++;
    places.set(node.result.value, place);
  });
  return used;
}

function failed(): never {
  throw new RangeError('a group reads what it has no place for');
}
