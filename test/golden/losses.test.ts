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

const rowTargets = elements((index) => Number((Math.floor(index / 4) * 3) % 4 === index % 4));
const thirdTargets = elements((index) => Number(index % 3 === 0));

interface Case {
  readonly predictions: readonly number[];
  readonly targets: readonly number[];
  readonly weights: readonly number[];
  readonly weightShape: readonly [number, number];
}

/** Classes are told by logits, eight times the predictions; categorical ones have a weight a row. */
function caseOf({ kind }: LossPlan): Case {
  const logits = predictions.map((value) => 8 * value);
  switch (kind) {
    case 'categorical-crossentropy':
      return { predictions: logits, targets: rowTargets, weights: weights.slice(0, 6), weightShape: [6, 1] };
    case 'binary-crossentropy':
      return { predictions: logits, targets: thirdTargets, weights, weightShape: shape };
    case 'mse':
    case 'mae':
    case 'huber':
    case 'quantile':
    case 'quantiles':
      return { predictions, targets, weights, weightShape: shape };
  }
}

/** The loss and its gradient with respect to the predictions, by the float64 evaluator. */
function evaluate(plan: LossPlan): { loss: number; gradient: readonly number[] } {
  const own = caseOf(plan);
  const shapes = [shape, shape, own.weightShape].map((sizes) => constantShape(sizes));
  const forward = new BodyBuilder();
  const [first, second, third] = shapes.map((sizes) => forward.input('float', sizes));
  const body = forward.finish([weightedLoss(forward, first!, second!, third!, plan).loss]);
  const builder = new BodyBuilder();
  const inputs = shapes.map((sizes) => builder.input('float', sizes));
  const { outputs, gradients } = differentiate(builder, body, inputs, 0, [0]);
  const given = [numericTensor(shape, own.predictions), numericTensor(shape, own.targets), numericTensor(own.weightShape, own.weights)];
  const results = evaluateBody(builder.finish([outputs[0]!, gradients[0]!]), given, { batch: 1 });
  return { loss: results[0]!.values[0]!, gradient: [...results[1]!.values] };
}

describe('losses are those of Keras (of NumPy where Keras has none), forwards and backwards', () => {
  it.each(goldens.map((golden) => [JSON.stringify(golden.plan), golden] as const))('%s', (_, { plan, loss, gradient }) => {
    const found = evaluate(plan);
    expect(found.loss).toBeCloseTo(loss, 10);
    found.gradient.forEach((value, index) => expect(value).toBeCloseTo(gradient[index]!, 10));
  });

  const ofErrors = goldens.flatMap(({ plan, loss }) => (plan.kind === 'categorical-crossentropy' || plan.kind === 'binary-crossentropy' ? [] : [{ plan, loss }]));
  it.each(ofErrors.map(({ plan, loss }) => [JSON.stringify(plan), plan, loss] as const))('%s, one error at a time', (_, plan, loss) => {
    const sum = predictions.reduce((total, value, index) => total + weights[index]! * lossOfError(plan, value - targets[index]!), 0);
    expect(sum / weights.reduce((total, weight) => total + weight, 0)).toBeCloseTo(loss, 10);
  });

  it('cross-entropies of logits in the thousands are finite', () => {
    const builder = new BodyBuilder();
    const [logits, truth, weight] = [[1, 2], [1, 2], [1, 1]].map((sizes) => builder.input('float', constantShape(sizes)));
    const body = builder.finish([weightedLoss(builder, logits!, truth!, weight!, { kind: 'categorical-crossentropy' }).loss]);
    const given = [numericTensor([1, 2], [4000, -4000]), numericTensor([1, 2], [0, 1]), numericTensor([1, 1], [1])];
    expect(evaluateBody(body, given, { batch: 1 })[0]!.values[0]).toBe(8000);
  });
});
