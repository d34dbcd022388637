import type { Entry, EntryName, Program } from '../../core/program/program.ts';
import type { Probe } from '../session.ts';

/** The program with each probed value as one more output of its entry. */
export function withProbes(program: Program, probes: readonly Probe[]): Program {
  const entries = (Object.entries(program.entries) as [EntryName, Entry][]).map(([name, entry]) => {
    const added = probes.filter((probe) => probe.entry === name);
    const outputs = [...entry.outputs, ...added.map((probe) => probe.name)];
    if (new Set(outputs).size < outputs.length) throw new RangeError(`the outputs and probes of "${name}" need different names`);
    const ends = entry.body.outputs.slice(entry.outputs.length);
    const own = entry.body.outputs.slice(0, entry.outputs.length);
    return [name, { ...entry, outputs, body: { ...entry.body, outputs: [...own, ...added.map((probe) => probe.value), ...ends] } }];
  });
  return { ...program, entries: Object.fromEntries(entries) as Program['entries'] };
}
