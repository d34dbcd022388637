import type { CheckRule } from '../check-rule.ts';

/** Every parameter has a value of its kind, inside its range. */
export const parameterValuesInRange: CheckRule = {
  name: 'parameter-values-in-range',
  check: ({ nodes }) => [...nodes.values()].flatMap(({ parameters }) => (parameters === undefined || parameters.ok ? [] : parameters.diagnostics)),
};
