import { diagnose } from '../../diagnostics/diagnose.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { forecastNode } from '../../nodes/forecast.ts';
import type { ShapeContext } from '../../nodes/node-type.ts';
import { startAnew } from '../../nodes/recurrent-stateful.ts';
import { setParameter } from '../../params/parse-parameters.ts';
import type { CheckRule } from '../check-rule.ts';
import type { GraphSurvey } from '../graph-survey.ts';

/** Stateful layers need windows that follow each other, and forecasts that do not move windows on. */
export const statesCarried: CheckRule = {
  name: 'states-carried',
  check: (survey) => [...survey.propagation.contexts.values()].filter(({ parameters }) => parameters['stateful'] === true).flatMap((context) => [
    ...windowsApart(survey, context),
    ...iteratedForecasts(survey, context),
  ]),
};

function windowsApart({ propagation }: GraphSurvey, context: ShapeContext): readonly Diagnostic[] {
  const facts = context.inputs['inputs'];
  if (facts?.kind !== 'tensor') return [];
  const window = propagation.contexts.get(facts.window);
  const stride = window?.parameters['stride'];
  if (window === undefined || typeof stride !== 'number' || stride === facts.windowLength) return [];
  const found = { label: context.label, window: window.label, length: facts.windowLength, stride };
  const repairs = [setParameter(window, 'stride', facts.windowLength), startAnew(context)];
  return [diagnose('stateful-stride', { kind: 'node', node: context.node, parameter: 'stateful' }, found, repairs)];
}

function iteratedForecasts({ targets, propagation }: GraphSurvey, context: ShapeContext): readonly Diagnostic[] {
  return targets.flatMap(({ type, node }) => {
    const target = propagation.contexts.get(node.id);
    if (type?.type !== forecastNode.type || target === undefined || target.parameters['iterateTo'] === null) return [];
    const repairs = [{ ...setParameter(target, 'iterateTo', null), title: `Let ${target.label} not iterate` }, startAnew(context)];
    return [diagnose('stateful-iterated', { kind: 'node', node: target.node, parameter: 'iterateTo' }, { label: context.label, target: target.label }, repairs)];
  });
}
