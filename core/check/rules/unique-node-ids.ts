import { diagnose } from '../../diagnostics/diagnose.ts';
import type { CheckRule } from '../check-rule.ts';

/** Every node has an id of its own: weights, seeds and wires hang on it. */
export const uniqueNodeIds: CheckRule = {
  name: 'unique-node-ids',
  check: ({ document, nodes }) =>
    document.nodes.flatMap((node) => {
      const first = nodes.get(node.id)!;
      if (first.node === node) return [];
      return [diagnose('duplicate-node', { kind: 'node', node: node.id }, { label: node.label, other: first.label, node: node.id })];
    }),
};
