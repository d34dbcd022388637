import type { Entry, EntryName, Program } from '../../core/program/program.ts';

/** The names under which an entry wants its inputs; null where it has no such input. */
export interface EntryInputNames {
  readonly inputs: string | null;
  /** In the order of the model's targets; none where the entry takes no targets. */
  readonly targets: readonly { readonly targets: string; readonly weights: string }[];
  readonly learningRate: string | null;
  readonly seeds: readonly { readonly input: string; readonly node: string }[];
}

/** Reads an entry's inputs by their roles. */
export function entryInputNames({ inputs }: Entry): EntryInputNames {
  const weightsOf = (target: number): string => {
    const found = inputs.find(({ role }) => role.kind === 'data' && role.content === 'weights' && role.target === target);
    if (found === undefined) throw new TypeError(`the entry has no weights for its target ${target}`);
    return found.name;
  };
  return {
    inputs: inputs.find(({ role }) => role.kind === 'data' && role.content === 'inputs')?.name ?? null,
    targets: inputs.flatMap(({ name, role }) => (role.kind === 'data' && role.content === 'targets' ? [{ targets: name, weights: weightsOf(role.target) }] : [])),
    learningRate: inputs.find(({ role }) => role.kind === 'learning-rate')?.name ?? null,
    seeds: inputs.flatMap(({ name, role }) => (role.kind === 'seed' ? [{ input: name, node: role.node }] : [])),
  };
}

/** The entry of that name. Throws where the program lacks it: every compiled program has train, evaluate and predict. */
export function entryOf(program: Program, name: EntryName): Entry {
  const entry = program.entries[name];
  if (entry === undefined) throw new TypeError(`the program has no entry "${name}"`);
  return entry;
}
