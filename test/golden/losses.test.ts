import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { BodyBuilder } from '../../core/program/body-builder.ts';
import { constantShape } from '../../core/program/expressions.ts';
import { differentiate } from '../../core/program/gradients/differentiate.ts';
import { weightedLoss } from '../../core/program/losses/elementwise-loss.ts';
import { lossOfError, type LossPlan } from '../../core/program/losses/loss-plan.ts';
import { evaluateBody } from '../../core/program/reference/evaluate-body.ts';
import { numericTensor } from '../../core/program/reference/numeric-tensor.ts';

interface Golden {
  readonly plan: LossPlan;
  readonly loss: number;
  readonly gradient: readonly number[];
}

/** What loss-goldens.py wrote. */
const goldens = JSON.parse(readFileSync(new URL('loss-goldens.json', import.meta.url), 'utf8')) as readonly Golden[];
const shape = [6, 4] as const;
const elements = (value: (index: number) => number): number[] => Array.from({ length: 24 }, (_, index) => value(index));
const predictions = elements((index) => 2.5 * Math.sin(0.7 * index + 0.2));
const targets = elements((index) => Math.cos(0.4 * index));
const weights = elements((index) => 0.25 * (index % 5));

/** The loss and its gradient with respect to the predictions, by the float64 evaluator. */
function evaluate(plan: LossPlan): { loss: number; gradient: readonly number[] } {
  const forward = new BodyBuilder();
  const [first, second, third] = [0, 1, 2].map(() => forward.input('float', constantShape(shape)));
  const body = forward.finish([weightedLoss(forward, first!, second!, third!, plan).loss]);
  const builder = new BodyBuilder();
  const inputs = [0, 1, 2].map(() => builder.input('float', constantShape(shape)));
  const { outputs, gradients } = differentiate(builder, body, inputs, 0, [0]);
  const results = evaluateBody(builder.finish([outputs[0]!, gradients[0]!]), [predictions, targets, weights].map((values) => numericTensor(shape, values)), { batch: 1 });
  return { loss: results[0]!.values[0]!, gradient: [...results[1]!.values] };
}

describe('losses are those of Keras (of NumPy where Keras has none), forwards and backwards', () => {
  it.each(goldens.map((golden) => [JSON.stringify(golden.plan), golden] as const))('%s', (_, { plan, loss, gradient }) => {
    const found = evaluate(plan);
    expect(found.loss).toBeCloseTo(loss, 10);
    found.gradient.forEach((value, index) => expect(value).toBeCloseTo(gradient[index]!, 10));
  });

  it.each(goldens.map(({ plan, loss }) => [JSON.stringify(plan), plan, loss] as const))('%s, one error at a time', (_, plan, loss) => {
    const sum = predictions.reduce((total, value, index) => total + weights[index]! * lossOfError(plan, value - targets[index]!), 0);
    expect(sum / weights.reduce((total, weight) => total + weight, 0)).toBeCloseTo(loss, 10);
  });
});
