import { diagnose } from '../../diagnostics/diagnose.ts';
import type { CheckRule } from '../check-rule.ts';

/** Every node leads to the target. One that does not is left out, which is said but stops nothing. */
export const everyNodeUsed: CheckRule = {
  name: 'every-node-used',
  check: ({ nodes, targets, leadingToTarget }) => {
    const [target, second] = targets;
    if (target === undefined || second !== undefined) return [];
    return [...nodes.values()]
      .filter(({ node }) => !leadingToTarget.has(node.id))
      .map(({ node, label }) =>
        diagnose('unused-node', { kind: 'node', node: node.id }, { label, target: target.label }, [
          { title: `Remove ${label}`, edits: [{ kind: 'remove-node', node: node.id }] },
        ]),
      );
  },
};
