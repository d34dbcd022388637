import { expect, test } from 'vitest';
import { BodyBuilder } from '../../../core/program/body-builder.ts';
import { add, allAxes, cast, matmul, multiply, reduceMean, reshape, select, sigmoid, split, square, tanh } from '../../../core/program/expressions.ts';
import { differentiate } from '../../../core/program/gradients/differentiate.ts';
import { eliminateDeadCode } from '../../../core/program/passes/eliminate-dead-code.ts';
import { simplify } from '../../../core/program/passes/simplify.ts';
import type { Value } from '../../../core/program/value.ts';
import { batchSize, constantSize } from '../../../core/shapes/size.ts';
import { kernelRefusal } from '../../../engine/tensorflow/scan-kernel-spelling.ts';
import { bodyCase, referenceOf } from '../../support/body-case.ts';
import type { BodyCase, CaseMaker } from '../../support/body-case.ts';
import { expectClose } from '../../support/expect-close.ts';
import { runOnTensorFlow, testBackend } from '../../support/run-on-tensorflow.ts';

const [features, units, steps] = [3, 5, constantSize(6)];
const rows = (width: number) => [batchSize, constantSize(width)];

/** What a layer built by `build` gives, a loss over it, and the loss's gradients with respect to every float input. */
function withGradients(batch: number, build: (maker: CaseMaker) => readonly Value[]): BodyCase {
  const built = bodyCase(batch, 11 + batch, (maker) => {
    const results = build(maker);
    const losses = results.map((value) => reduceMean(maker.builder, square(maker.builder, value), allAxes(value)));
    return [losses.reduce((sum, loss) => add(maker.builder, sum, loss)), ...results];
  });
  const builder = new BodyBuilder();
  const types = built.body.inputs.map((id) => built.body.values[id]!);
  const inputs = types.map(({ type, shape }) => builder.input(type, shape));
  const floats = types.flatMap(({ type }, index) => (type === 'float' && index > 0 ? [index] : []));
  const { outputs, gradients } = differentiate(builder, built.body, inputs, 0, floats);
  return { ...built, body: eliminateDeadCode(simplify(builder.finish([...outputs, ...gradients]))) };
}

function expectOnKernel(built: BodyCase): void {
  const refusals = built.body.instructions.map((instruction) => (instruction.kind === 'scan' ? kernelRefusal(instruction.attributes) : undefined));
  expect(refusals.filter((reason) => reason !== undefined)).toEqual([]);
  expectClose(runOnTensorFlow(testBackend(), built), referenceOf(built), 2e-6);
}

/** An LSTM's step: hidden state and cell state. */
function lstmStep(cell: BodyBuilder, x: Value, [hidden, memory]: readonly Value[], [kernel, recurrent, bias]: readonly Value[]): readonly Value[] {
  const sums = add(cell, add(cell, matmul(cell, x, kernel!), matmul(cell, hidden!, recurrent!)), bias!);
  const [input, forget, candidate, output] = split(cell, sums, 1, [units, units, units, units]);
  const next = add(cell, multiply(cell, sigmoid(cell, forget!), memory!), multiply(cell, sigmoid(cell, input!), tanh(cell, candidate!)));
  return [multiply(cell, sigmoid(cell, output!), tanh(cell, next)), next];
}

const weightShapes = [[features, 4 * units], [units, 4 * units], [4 * units]].map((shape) => shape.map(constantSize));

test.each([1, 16, 37])('dropout and recurrent dropout: masks of each series, the same at every step, %i series', (batch) => {
  expect.hasAssertions();
  expectOnKernel(withGradients(batch, ({ builder, input }) => {
    const cell = new BodyBuilder();
    const [x, hidden, memory] = [cell.input('float', rows(features)), cell.input('float', rows(units)), cell.input('float', rows(units))];
    const weights = weightShapes.map((shape) => cell.input('float', shape));
    const [dropped, recurrentDropped] = [cell.input('float', rows(features)), cell.input('float', rows(units))];
    const [shown, next] = lstmStep(cell, multiply(cell, x, dropped), [multiply(cell, hidden, recurrentDropped), memory], weights);
    const { stacked, finalStates } = builder.scan({
      sequences: [input('float', [steps, ...rows(features)])], initialStates: [input('float', rows(units)), input('float', rows(units))],
      invariants: [...weightShapes.map((shape) => input('float', shape, [-0.5, 0.5])), input('float', rows(features), [0, 1.25]), input('float', rows(units), [0, 1.25])],
      steps, backwards: false, body: cell.finish([shown!, next!, shown!]),
    });
    return [...stacked, ...finalStates];
  }));
});

test.each(['boolean', 'float'] as const)('a time mask of %s elements, (time, batch): where it is false, states and output stay as they were', (type) => {
  expect.hasAssertions();
  expectOnKernel(withGradients(19, ({ builder, input }) => {
    const cell = new BodyBuilder();
    const [x, seen] = [cell.input('float', rows(features)), cell.input(type, [batchSize])];
    const states = [cell.input('float', rows(units)), cell.input('float', rows(units))];
    const weights = weightShapes.map((shape) => cell.input('float', shape));
    const mask = cast(cell, reshape(cell, seen, rows(1)), 'boolean');
    const next = lstmStep(cell, x, states, weights).map((value, index) => select(cell, mask, value, states[index]!));
    const sequence = input('float', [steps, ...rows(features)]);
    const visible = input('boolean', [steps, batchSize]);
    const { stacked, finalStates } = builder.scan({
      sequences: [sequence, cast(builder, visible, type)], initialStates: [input('float', rows(units)), input('float', rows(units))],
      invariants: weightShapes.map((shape) => input('float', shape, [-0.5, 0.5])), steps, backwards: false, body: cell.finish([...next, next[0]!]),
    });
    return [...stacked, ...finalStates];
  }));
});

test('one number a series at every step, for the whole series, and as a state', () => {
  expect.hasAssertions();
  expectOnKernel(withGradients(18, ({ builder, input }) => {
    const cell = new BodyBuilder();
    const [x, level, rate] = [cell.input('float', [batchSize]), cell.input('float', [batchSize]), cell.input('float', [batchSize])];
    const next = tanh(cell, add(cell, multiply(cell, rate, x), level));
    const { stacked, finalStates } = builder.scan({
      sequences: [input('float', [steps, batchSize])], initialStates: [input('float', [batchSize])], invariants: [input('float', [batchSize])],
      steps, backwards: true, body: cell.finish([next, next]),
    });
    return [...stacked, ...finalStates];
  }));
});
