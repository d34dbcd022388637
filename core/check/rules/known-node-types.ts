import { diagnose } from '../../diagnostics/diagnose.ts';
import { nearMiss } from '../../diagnostics/did-you-mean.ts';
import type { CheckRule } from '../check-rule.ts';

/** Every node is of a type that the catalogue has. */
export const knownNodeTypes: CheckRule = {
  name: 'known-node-types',
  check: ({ nodes, catalog }) => {
    const known = [...catalog.keys()];
    return [...nodes.values()]
      .filter((surveyed) => surveyed.type === undefined)
      .map(({ node, label }) =>
        diagnose('unknown-node-type', { kind: 'node', node: node.id }, { label, type: node.type, known, near: nearMiss(node.type, known) }),
      );
  },
};
