import { expect, test } from 'vitest';
import { BodyBuilder } from '../../../core/program/body-builder.ts';
import { add, allAxes, matmul, reduceMean, reshape, square, tanh, transpose } from '../../../core/program/expressions.ts';
import { differentiate } from '../../../core/program/gradients/differentiate.ts';
import { eliminateDeadCode } from '../../../core/program/passes/eliminate-dead-code.ts';
import { simplify } from '../../../core/program/passes/simplify.ts';
import { batchSize, constantSize, productOfSizes } from '../../../core/shapes/size.ts';
import { stepwiseProducts } from '../../../engine/scan-kernel/stepwise-products.ts';
import { bodyCase, referenceOf } from '../../support/body-case.ts';
import type { BodyCase } from '../../support/body-case.ts';
import { expectClose } from '../../support/expect-close.ts';
import { runOnTensorFlow, testBackend } from '../../support/run-on-tensorflow.ts';

const [steps, units, outputs] = [5, 4, 3];

/** A dense layer at every step of a sequence, after a recurrence if there is one; the loss, the outputs, every gradient. */
function denseOverTime(recurrent: boolean): BodyCase {
  const built = bodyCase(7, 3, ({ builder, input }) => {
    let sequence = input('float', [batchSize, constantSize(steps), constantSize(units)]);
    if (recurrent) {
      const cell = new BodyBuilder();
      const [x, state] = [cell.input('float', [batchSize, constantSize(units)]), cell.input('float', [batchSize, constantSize(units)])];
      const next = tanh(cell, add(cell, x, state));
      const { stacked } = builder.scan({
        sequences: [transpose(builder, sequence, [1, 0, 2])], initialStates: [input('float', [batchSize, constantSize(units)])], invariants: [],
        steps: constantSize(steps), backwards: false, body: cell.finish([next, next]),
      });
      sequence = transpose(builder, stacked[0]!, [1, 0, 2]);
    }
    const rows = reshape(builder, sequence, [productOfSizes([batchSize, constantSize(steps)]), constantSize(units)]);
    const products = matmul(builder, rows, input('float', [constantSize(units), constantSize(outputs)]));
    const dense = reshape(builder, add(builder, products, input('float', [constantSize(outputs)])), [batchSize, constantSize(steps), constantSize(outputs)]);
    return [reduceMean(builder, square(builder, dense), allAxes(dense)), dense];
  });
  const builder = new BodyBuilder();
  const inputs = built.body.inputs.map((id) => builder.input('float', built.body.values[id]?.shape ?? []));
  const { outputs: results, gradients } = differentiate(builder, built.body, inputs, 0, inputs.map((_, index) => index).slice(1));
  return { ...built, body: eliminateDeadCode(simplify(builder.finish([...results, ...gradients]))) };
}

const kindsOf = ({ body }: BodyCase): readonly string[] => body.instructions.map((instruction) => instruction.kind);

test('a dense layer beside a recurrence becomes scans, forwards and in its gradients, and means the same', () => {
  const built = denseOverTime(true);
  const stepwise = { ...built, body: eliminateDeadCode(simplify(stepwiseProducts(built.body))) };
  expect(kindsOf(built).filter((kind) => kind === 'matmul')).toHaveLength(3);
  expect(kindsOf(stepwise)).not.toContain('matmul');
  // Two of the recurrence, and one each for the layer, for what it hands back, and for its two gradients.
  expect(kindsOf(stepwise).filter((kind) => kind === 'scan')).toHaveLength(6);
  expectClose(referenceOf(stepwise), referenceOf(built), 1e-12);
  expectClose(runOnTensorFlow(testBackend(), built), referenceOf(built), 2e-6);
});

test('without a recurrence nothing changes', () => {
  const { body } = denseOverTime(false);
  expect(stepwiseProducts(body)).toBe(body);
});
