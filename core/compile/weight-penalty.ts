import type { WeightPenalty } from '../nodes/node-type.ts';
import { BodyBuilder } from '../program/body-builder.ts';
import { abs, add, multiply, reduceSum, scalar, slice, square } from '../program/expressions.ts';
import { differentiate } from '../program/gradients/differentiate.ts';
import type { Body } from '../program/instruction.ts';
import type { Variable } from '../program/program.ts';
import type { Value } from '../program/value.ts';
import { layoutOf } from './forward-pass.ts';
import type { Model } from './model.ts';

/** l1 · Σ|w| + l2 · Σw² over every weight that has a penalty, of the flat vector; undefined where none has. */
function penaltyBody(model: Model, trainable: Variable): Body | undefined {
  const penalties = new Map<string, WeightPenalty | undefined>(model.layers.flatMap(({ node, weights }) => weights.map(({ name, penalty }) => [`${node}/${name}`, penalty] as const)));
  const builder = new BodyBuilder();
  const parameters = builder.input(trainable.type, trainable.shape);
  const terms = layoutOf(model).flatMap(({ node, weight, offset, length }): readonly Value[] => {
    const penalty = penalties.get(`${node}/${weight}`);
    if (penalty === undefined) return [];
    const values = slice(builder, parameters, 0, offset, length);
    const scaled = (sizes: Value, strength: number): readonly Value[] =>
      strength === 0 ? [] : [multiply(builder, reduceSum(builder, sizes, [0]), scalar(builder, strength))];
    return [...scaled(abs(builder, values), penalty.l1), ...scaled(square(builder, values), penalty.l2)];
  });
  return terms.length === 0 ? undefined : builder.finish([terms.reduce((sum, term) => add(builder, sum, term))]);
}

/**
 * The gradient of a loss with that of the penalties added: what training follows, as in Keras. The loss that is reported
 * stays that of the forecasts, so that it can be compared with baselines, with validation and between strengths.
 */
export function withPenaltyGradient(builder: BodyBuilder, model: Model, trainable: Variable, parameters: Value, gradient: Value): Value {
  const body = penaltyBody(model, trainable);
  if (body === undefined) return gradient;
  const [ofPenalty] = differentiate(builder, body, [parameters], 0, [0]).gradients;
  return ofPenalty === undefined ? gradient : add(builder, gradient, ofPenalty);
}
