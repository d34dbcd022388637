import type { NodeId } from '../graph/identifiers.ts';
import type { TensorFacts } from '../nodes/node-type.ts';
import type { ParsedParameters } from '../params/parameter-declaration.ts';
import type { GraphSurvey, SurveyedNode } from './graph-survey.ts';

/** A node whose parameters are in order. */
export interface SoundNode {
  readonly node: NodeId;
  readonly label: string;
  readonly parameters: ParsedParameters;
}

/** A target with the Window and the Series that its samples come from. */
export interface ForecastTask {
  readonly target: SoundNode;
  readonly windowNode: SoundNode;
  readonly series: SoundNode;
  /** Both in time steps. */
  readonly window: number;
  /** All steps that are forecast, iterated ones too. */
  readonly horizon: number;
  /** The target's parameter that says so. */
  readonly horizonParameter: 'horizon' | 'iterateTo';
  /** What the target receives. */
  readonly facts: TensorFacts;
}

/** undefined where the way from the series to the target is not sound yet. */
export function forecastTask(survey: GraphSurvey, surveyed: SurveyedNode): ForecastTask | undefined {
  const inputs = survey.propagation.facts.get(surveyed.node.id)?.inputs ?? {};
  const facts = Object.values(inputs).find((fact) => fact.kind === 'tensor');
  if (facts === undefined) return undefined;
  const target = soundNode(survey, surveyed.node.id);
  const windowNode = soundNode(survey, facts.window);
  const series = soundNode(survey, facts.series.series);
  const iterateTo = target?.parameters['iterateTo'];
  const horizonParameter = typeof iterateTo === 'number' ? 'iterateTo' : 'horizon';
  // A target that tells something of the window itself looks no step ahead.
  const horizon = target?.parameters[horizonParameter] ?? 0;
  if (target === undefined || windowNode === undefined || series === undefined || typeof horizon !== 'number') return undefined;
  return { target, windowNode, series, window: facts.windowLength, horizon, horizonParameter, facts };
}

function soundNode({ nodes }: GraphSurvey, id: NodeId): SoundNode | undefined {
  const surveyed = nodes.get(id);
  return surveyed?.parameters?.ok ? { node: id, label: surveyed.label, parameters: surveyed.parameters.value } : undefined;
}
