import { expect, test } from 'vitest';
import { BodyBuilder } from '../../../core/program/body-builder.ts';
import { add, allAxes, matmul, multiply, reduceSum, tanh } from '../../../core/program/expressions.ts';
import { differentiate } from '../../../core/program/gradients/differentiate.ts';
import { eliminateDeadCode } from '../../../core/program/passes/eliminate-dead-code.ts';
import { simplify } from '../../../core/program/passes/simplify.ts';
import type { Value } from '../../../core/program/value.ts';
import { batchSize, constantSize } from '../../../core/shapes/size.ts';
import { mergeScans } from '../../../engine/scan-kernel/merge-scans.ts';
import { isDirectionFree, kernelRefusal } from '../../../engine/tensorflow/scan-kernel-spelling.ts';
import { bodyCase, referenceOf } from '../../support/body-case.ts';
import type { BodyCase } from '../../support/body-case.ts';
import { expectClose } from '../../support/expect-close.ts';
import { runOnTensorFlow, testBackend } from '../../support/run-on-tensorflow.ts';

const [steps, units] = [constantSize(6), constantSize(4)];
const facts = { fits: (scan: Parameters<typeof kernelRefusal>[0]) => kernelRefusal(scan) === undefined, isDirectionFree };

interface Layer {
  readonly backwards: boolean;
  /** What the layer reads of the one before. */
  readonly reads: 'every step' | 'first state';
}

/** Recurrent layers one after the other, the loss of the last, and every gradient. */
function layersOverTime(layers: readonly Layer[]): BodyCase {
  const built = bodyCase(5, 2, ({ builder, input }) => {
    let sequence: Value = input('float', [steps, batchSize, units]);
    let state: Value = input('float', [batchSize, units]);
    for (const { backwards, reads } of layers) {
      const cell = new BodyBuilder();
      const [x, previous, kernel] = [cell.input('float', [batchSize, units]), cell.input('float', [batchSize, units]), cell.input('float', [units, units])];
      const next = tanh(cell, add(cell, x, matmul(cell, previous, kernel)));
      const { stacked, finalStates } = builder.scan({ sequences: [sequence], initialStates: [state], invariants: [input('float', [units, units], [-0.5, 0.5])], steps, backwards, body: cell.finish([next, next]) });
      if (reads === 'every step') sequence = stacked[0]!;
      else state = finalStates[0]!;
    }
    return [reduceSum(builder, multiply(builder, sequence, sequence), allAxes(sequence)), reduceSum(builder, multiply(builder, state, state), [0, 1])];
  });
  const builder = new BodyBuilder();
  const inputs = built.body.inputs.map((id) => builder.input('float', built.body.values[id]!.shape));
  const { outputs, gradients } = differentiate(builder, built.body, inputs, 0, inputs.map((_, index) => index).slice(1));
  return { ...built, body: eliminateDeadCode(simplify(builder.finish([...outputs, ...gradients]))) };
}

const scansOf = ({ body }: BodyCase): number => body.instructions.filter(({ kind }) => kind === 'scan').length;

const everyStep = (backwards: boolean): Layer => ({ backwards, reads: 'every step' });

test.each<readonly [string, readonly Layer[], number, number]>([
  ['two layers are one walk, and one back', [everyStep(false), everyStep(false)], 4, 2],
  ['three layers too', [everyStep(false), everyStep(false), everyStep(false)], 6, 2],
  ['layers in opposite directions stay apart, each beside what walks its way', [everyStep(false), everyStep(true)], 4, 4],
  ['a decoder that begins with the last state stays apart', [{ backwards: false, reads: 'first state' }, everyStep(false)], 4, 4],
])('%s, and mean the same', (_, layers, before, after) => {
  const built = layersOverTime(layers);
  const merged = { ...built, body: mergeScans(built.body, facts) };
  expect([scansOf(built), scansOf(merged)]).toEqual([before, after]);
  expectClose(referenceOf(merged), referenceOf(built), 1e-12);
  expectClose(runOnTensorFlow(testBackend(), built), referenceOf(built), 5e-6);
});

test('what no kernel would take stays as it is', () => {
  const { body } = layersOverTime([everyStep(false), everyStep(false)]);
  expect(mergeScans(body, { ...facts, fits: () => false })).toBe(body);
});
