import type { Entry, EntryName, Program } from '../../core/program/program.ts';

/** The names under which an entry wants its inputs; null where it has no such input. */
export interface EntryInputNames {
  readonly inputs: string | null;
  readonly targets: string | null;
  readonly weights: string | null;
  readonly learningRate: string | null;
  readonly seeds: readonly { readonly input: string; readonly node: string }[];
}

/** Reads an entry's inputs by their roles. */
export function entryInputNames(entry: Entry): EntryInputNames {
  const named = (content: 'inputs' | 'targets' | 'weights'): string | null =>
    entry.inputs.find(({ role }) => role.kind === 'data' && role.content === content)?.name ?? null;
  return {
    inputs: named('inputs'),
    targets: named('targets'),
    weights: named('weights'),
    learningRate: entry.inputs.find(({ role }) => role.kind === 'learning-rate')?.name ?? null,
    seeds: entry.inputs.flatMap(({ name, role }) => (role.kind === 'seed' ? [{ input: name, node: role.node }] : [])),
  };
}

/** The entry of that name. Throws where the program lacks it: every compiled program has train, evaluate and predict. */
export function entryOf(program: Program, name: EntryName): Entry {
  const entry = program.entries[name];
  if (entry === undefined) throw new TypeError(`the program has no entry "${name}"`);
  return entry;
}
