import { diagnose } from '../../diagnostics/diagnose.ts';
import type { CheckRule } from '../check-rule.ts';

/** One target says what is asked of the model. */
export const exactlyOneTarget: CheckRule = {
  name: 'exactly-one-target',
  check: ({ targets }) => {
    if (targets.length === 1) return [];
    const [first] = targets;
    if (first === undefined) return [diagnose('no-target', { kind: 'project' }, {})];
    const repairs = targets.map(({ node, label }) => ({ title: `Remove ${label}`, edits: [{ kind: 'remove-node', node: node.id } as const] }));
    return [diagnose('several-targets', { kind: 'project' }, { labels: targets.map((target) => target.label) }, repairs)];
  },
};
