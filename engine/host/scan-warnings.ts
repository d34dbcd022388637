import { nodeId } from '../../core/graph/identifiers.ts';
import { diagnose } from '../../core/diagnostics/diagnose.ts';
import type { Diagnostic, Where } from '../../core/diagnostics/diagnostic.ts';
import type { Entry } from '../../core/program/program.ts';
import type { Backend } from '../session.ts';

/** That recurrences of an entry run slower than the scan kernel would run them, and why: all of them, or the layers named. */
export function scanWarnings({ body }: Entry, { scans }: Backend): readonly Diagnostic[] {
  const recurrences = body.instructions.filter((instruction) => instruction.kind === 'scan');
  if (scans.kind === 'plain') return recurrences.length === 0 ? [] : [diagnose('scans-without-kernel', { kind: 'project' }, { reason: scans.reason })];
  const said = new Map<string, Diagnostic>();
  for (const { attributes, outputs } of recurrences) {
    const reason = scans.refusal(attributes);
    if (reason === undefined) continue;
    const node = outputs.map((id) => body.values[id]?.origin?.node).find((found) => found !== undefined);
    const where: Where = node === undefined ? { kind: 'project' } : { kind: 'node', node: nodeId(node) };
    // A layer's backward scan says nothing new.
    said.set(`${node ?? ''} ${reason}`, diagnose('scan-outside-kernel', where, { reason }));
  }
  return [...said.values()];
}
