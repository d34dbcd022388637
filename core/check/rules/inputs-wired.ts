import { diagnose } from '../../diagnostics/diagnose.ts';
import type { CheckRule } from '../check-rule.ts';

/** Every input on the way to a target is wired, but for optional ones. A node that leads nowhere is only unused, and said to be so. */
export const inputsWired: CheckRule = {
  name: 'inputs-wired',
  check: ({ nodes, targets, leadingToTarget }) =>
    [...nodes.values()]
      .filter(({ node }) => targets.length === 0 || leadingToTarget.has(node.id))
      .flatMap(({ node, label, type, wiresInto }) =>
        (type?.inputs ?? [])
          .filter((port) => port.optional !== true && !wiresInto.has(port.name))
          .map(({ name, carries }) => diagnose('unwired-input', { kind: 'node', node: node.id, port: name }, { label, port: name, carries })),
      ),
};
