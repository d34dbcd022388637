import type { LayerNodeType, ShapeContext, WeightDeclaration } from '../nodes/node-type.ts';
import type { GraphSurvey } from './graph-survey.ts';
import { sizesAreKnown } from './propagate-facts.ts';

export interface SurveyedLayer {
  readonly type: LayerNodeType;
  readonly context: ShapeContext;
  /** undefined while a size waits for data. */
  readonly weights: readonly WeightDeclaration[] | undefined;
}

/** The layers on the way to a target whose shapes fit, in topological order. */
export function layersOf({ order, nodes, leadingToTarget, propagation }: GraphSurvey): readonly SurveyedLayer[] {
  return order.flatMap((id) => {
    const type = nodes.get(id)?.type;
    const context = propagation.contexts.get(id);
    if (type?.role !== 'layer' || context === undefined || !leadingToTarget.has(id)) return [];
    return [{ type, context, weights: sizesAreKnown(context) ? type.weights(context) : undefined }];
  });
}

/** How many numbers a list of weights holds. */
export function countWeights(weights: readonly WeightDeclaration[]): number {
  return weights.reduce((sum, weight) => sum + weight.shape.reduce((product, size) => product * size, 1), 0);
}
