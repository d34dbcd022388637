import { diagnose } from '../../diagnostics/diagnose.ts';
import type { CheckRule } from '../check-rule.ts';

/** The graph is acyclic. */
export const noCycles: CheckRule = {
  name: 'no-cycles',
  check: ({ document, nodes, cycle }) => {
    const [first] = cycle ?? [];
    const last = cycle?.at(-1);
    if (cycle === null || first === undefined || last === undefined) return [];
    const labels = cycle.map((id) => nodes.get(id)!.label);
    const from = labels.at(-1)!;
    const to = labels[0]!;
    const closing = document.wires.filter((wire) => wire.from.node === last && wire.to.node === first);
    const edits = closing.map((wire) => ({ kind: 'disconnect', wire: wire.id }) as const);
    return [diagnose('cycle', { kind: 'node', node: first }, { labels, from, to }, [{ title: `Remove the wire from ${from} to ${to}`, edits }])];
  },
};
