import { unknownParameters } from '../../params/parse-parameters.ts';
import type { CheckRule } from '../check-rule.ts';

/** A node has only parameters that its type declares: a misspelt one would silently leave the default in force. */
export const knownParameters: CheckRule = {
  name: 'known-parameters',
  check: ({ nodes }) =>
    [...nodes.values()].flatMap(({ node, label, type }) =>
      type === undefined ? [] : unknownParameters(type.parameters, node.parameters, { node: node.id, label }),
    ),
};
