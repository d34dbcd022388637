import type { Body, ScanAttributes } from '../instruction.ts';
import type { Entry, EntryName, Program } from '../program.ts';
import { eliminateDeadCode } from './eliminate-dead-code.ts';
import { hoistProducts } from './hoist-products.ts';
import { simplify } from './simplify.ts';

/** The same program, the body of each entry rewritten. */
export function mapBodies(program: Program, pass: (body: Body) => Body): Program {
  const entries = Object.entries(program.entries).map(([name, entry]: [string, Entry]) => [name, { ...entry, body: pass(entry.body) }]);
  return { ...program, entries: Object.fromEntries(entries) as Partial<Record<EntryName, Entry>> };
}

/** The same program without what is computed twice or for nothing: right for every engine. */
export function optimizeProgram(program: Program): Program {
  return mapBodies(program, (body) => eliminateDeadCode(simplify(body)));
}

/**
 * The same program with as little as possible left inside its scans: for an engine that runs scans as ordinary operations.
 * Scans for which `wanted` does not hold stay as they are.
 */
export function hoistProgram(program: Program, wanted: (scan: ScanAttributes) => boolean = () => true): Program {
  return mapBodies(program, (body) => eliminateDeadCode(simplify(hoistProducts(body, wanted))));
}
