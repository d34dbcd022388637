import type { GraphSurvey } from '../../core/check/graph-survey.ts';
import { countWeights } from '../../core/check/layer-weights.ts';
import { sizesAreKnown } from '../../core/check/propagate-facts.ts';
import type { NodeId } from '../../core/graph/identifiers.ts';
import type { WeightDeclaration } from '../../core/nodes/node-type.ts';

/** The weights of a layer; undefined while its sizes are not known, and for what is no layer. */
export function nodeWeights({ nodes, propagation }: GraphSurvey, node: NodeId): readonly WeightDeclaration[] | undefined {
  const type = nodes.get(node)?.type;
  const context = propagation.contexts.get(node);
  if (type?.role !== 'layer' || context === undefined || !sizesAreKnown(context)) return undefined;
  return type.weights(context);
}

export const weightCount = countWeights;

/** Weights of all layers whose sizes are known. */
export function graphWeightCount(survey: GraphSurvey): number {
  return [...survey.nodes.keys()].reduce((sum, node) => sum + countWeights(nodeWeights(survey, node) ?? []), 0);
}
