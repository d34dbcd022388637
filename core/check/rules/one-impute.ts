import { diagnose } from '../../diagnostics/diagnose.ts';
import { imputeNode } from '../../nodes/impute.ts';
import type { CheckRule } from '../check-rule.ts';

/** Values are hidden once for the whole graph: by one Impute, whatever other targets read the same windows. */
export const oneImpute: CheckRule = {
  name: 'one-impute',
  check: ({ targets }) => {
    const [first, ...others] = targets.filter(({ type }) => type?.type === imputeNode.type);
    return others.map(({ node, label }) =>
      diagnose('second-impute', { kind: 'node', node: node.id }, { label, first: first!.label }, [{ title: `Remove ${label}`, edits: [{ kind: 'remove-node', node: node.id }] }]));
  },
};
