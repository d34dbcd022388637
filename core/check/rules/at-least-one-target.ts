import { diagnose } from '../../diagnostics/diagnose.ts';
import { setParameter } from '../../params/parse-parameters.ts';
import type { CheckRule } from '../check-rule.ts';

/** A target says what is asked of the model; several are asked at once, and one of them at least must count. */
export const atLeastOneTarget: CheckRule = {
  name: 'at-least-one-target',
  check: ({ targets }) => {
    if (targets.length === 0) return [diagnose('no-target', { kind: 'project' }, {})];
    const isWeightless = targets.every(({ parameters }) => parameters?.ok && parameters.value['weight'] === 0);
    if (!isWeightless) return [];
    const repairs = targets.map(({ node, label }) => setParameter({ node: node.id, label }, 'weight', 1));
    return [diagnose('weightless-targets', { kind: 'project' }, { labels: targets.map(({ label }) => label) }, repairs)];
  },
};
