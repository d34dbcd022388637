import { diagnose } from '../../diagnostics/diagnose.ts';
import { forecastNode } from '../../nodes/forecast.ts';
import { imputeNode } from '../../nodes/impute.ts';
import { setParameter } from '../../params/parse-parameters.ts';
import type { CheckRule } from '../check-rule.ts';

/** An iterated forecast goes back into the window as the window is read: not where an Impute takes the level from every window. */
export const forecastsFedBack: CheckRule = {
  name: 'forecasts-fed-back',
  check: ({ targets, propagation }) => {
    const contextsOf = (type: string) => targets.filter((target) => target.type?.type === type).flatMap(({ node }) => propagation.contexts.get(node.id) ?? []);
    const centring = contextsOf(imputeNode.type).find(({ parameters }) => parameters['centerWindows'] === true);
    if (centring === undefined) return [];
    return contextsOf(forecastNode.type).filter(({ parameters }) => parameters['iterateTo'] !== null).map((forecast) => {
      const repairs = [{ ...setParameter(forecast, 'iterateTo', null), title: `Let ${forecast.label} not iterate` }, setParameter(centring, 'centerWindows', false)];
      return diagnose('iterate-centred', { kind: 'node', node: forecast.node, parameter: 'iterateTo' }, { label: forecast.label, impute: centring.label }, repairs);
    });
  },
};
