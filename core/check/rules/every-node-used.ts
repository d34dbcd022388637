import { diagnose } from '../../diagnostics/diagnose.ts';
import { listOf } from '../../diagnostics/phrases.ts';
import type { CheckRule } from '../check-rule.ts';

/** Every node leads to a target. One that does not is left out, which is said but stops nothing. */
export const everyNodeUsed: CheckRule = {
  name: 'every-node-used',
  check: ({ nodes, targets, leadingToTarget }) => {
    if (targets.length === 0) return [];
    const target = listOf(targets.map(({ label }) => label), 'or');
    return [...nodes.values()]
      .filter(({ node }) => !leadingToTarget.has(node.id))
      .map(({ node, label }) =>
        diagnose('unused-node', { kind: 'node', node: node.id }, { label, target }, [
          { title: `Remove ${label}`, edits: [{ kind: 'remove-node', node: node.id }] },
        ]),
      );
  },
};
