import { diagnose } from '../../diagnostics/diagnose.ts';
import type { CheckRule } from '../check-rule.ts';

/** At most one wire ends at an input. */
export const oneWirePerInput: CheckRule = {
  name: 'one-wire-per-input',
  check: ({ nodes }) =>
    [...nodes.values()].flatMap(({ node, label, wiresInto }) =>
      [...wiresInto]
        .filter(([, wires]) => wires.length > 1)
        .map(([port, wires]) => {
          const labelOf = (id: typeof node.id) => nodes.get(id)?.label ?? id;
          const from = wires.map((wire) => labelOf(wire.from.node));
          const repairs = wires.map((wire) => ({
            title: `Remove the wire from ${labelOf(wire.from.node)}`,
            edits: [{ kind: 'disconnect', wire: wire.id } as const],
          }));
          return diagnose('two-wires-into-input', { kind: 'node', node: node.id, port }, { label, port, from }, repairs);
        }),
    ),
};
