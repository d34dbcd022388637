import type { CheckRule } from '../check-rule.ts';

/** Every node takes what its inputs receive, by its own shape rule. */
export const shapesFit: CheckRule = {
  name: 'shapes-fit',
  check: ({ propagation }) => propagation.diagnostics,
};
