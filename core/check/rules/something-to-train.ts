import { diagnose } from '../../diagnostics/diagnose.ts';
import type { CheckRule } from '../check-rule.ts';
import { layersOf } from '../layer-weights.ts';

/** A model that can be trained has at least one weight. */
export const somethingToTrain: CheckRule = {
  name: 'something-to-train',
  check: (survey) => {
    const [target] = survey.targets;
    if (target === undefined || !survey.propagation.contexts.has(target.node.id)) return [];
    const layers = layersOf(survey);
    const isCounted = layers.every((layer) => layer.weights !== undefined);
    if (!isCounted || layers.some((layer) => layer.weights!.length > 0)) return [];
    return [diagnose('nothing-to-train', { kind: 'node', node: target.node.id }, { label: target.label })];
  },
};
