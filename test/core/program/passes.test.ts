import { describe, expect, it } from 'vitest';
import { BodyBuilder } from '../../../core/program/body-builder.ts';
import { add, allAxes, constantShape, matmul, multiply, reduceSum, reshape, scalar, tanh, transpose } from '../../../core/program/expressions.ts';
import type { Body } from '../../../core/program/instruction.ts';
import { eliminateDeadCode } from '../../../core/program/passes/eliminate-dead-code.ts';
import { hoistProducts } from '../../../core/program/passes/hoist-products.ts';
import { simplify } from '../../../core/program/passes/simplify.ts';
import { evaluateBody } from '../../../core/program/reference/evaluate-body.ts';
import type { Value } from '../../../core/program/value.ts';
import { batchSize, constantSize } from '../../../core/shapes/size.ts';
import { sampleTensor, withGradients } from '../../support/numeric-gradient.ts';

const kindsOf = (body: Body): readonly string[] => body.instructions.map((instruction) => instruction.kind);

function scanBodies(body: Body): readonly Body[] {
  return body.instructions.flatMap((instruction) => (instruction.kind === 'scan' ? [instruction.attributes.body] : []));
}

/** Loss over h' = tanh(x·W + h·U + b), every step counted, with all gradients. */
function recurrentStep(): Body {
  const cell = new BodyBuilder();
  const x = cell.input('float', [batchSize, constantSize(3)]);
  const h = cell.input('float', [batchSize, constantSize(2)]);
  const [w, u, b] = [[3, 2], [2, 2], [2]].map((shape) => cell.input('float', constantShape(shape))) as [Value, Value, Value];
  const next = tanh(cell, add(cell, add(cell, matmul(cell, x, w), matmul(cell, h, u)), b));
  const body = cell.finish([next, next]);
  const builder = new BodyBuilder();
  const inputs = [
    builder.input('float', [constantSize(5), batchSize, constantSize(3)]), builder.input('float', [batchSize, constantSize(2)]),
    ...[[3, 2], [2, 2], [2]].map((shape) => builder.input('float', constantShape(shape))),
  ] as const;
  const [sequence, state, ...invariants] = inputs;
  const { stacked } = builder.scan({ sequences: [sequence], initialStates: [state], invariants, steps: constantSize(5), backwards: false, body });
  const outputs = stacked[0] as Value;
  return withGradients(builder.finish([reduceSum(builder, multiply(builder, outputs, outputs), allAxes(outputs))]), [0, 1, 2, 3, 4]);
}

const recurrentInputs = [[5, 4, 3], [4, 2], [3, 2], [2, 2], [2]].map((shape, index) => sampleTensor(shape, index + 1));

describe('dead code', () => {
  it('goes, inside scans too: a gradient nobody asks for costs nothing', () => {
    const all = recurrentStep();
    const onlyLoss = eliminateDeadCode({ ...all, outputs: all.outputs.slice(0, 1) });
    const [forward, backward] = scanBodies(onlyLoss);
    expect(backward).toBeUndefined();
    expect(forward?.outputs).toHaveLength(2);
    expect(evaluateBody(onlyLoss, recurrentInputs, { batch: 4 })).toEqual(evaluateBody(all, recurrentInputs, { batch: 4 }).slice(0, 1));
  });
});

describe('simplification', () => {
  it('lets transposes and reshapes that undo each other vanish', () => {
    const builder = new BodyBuilder();
    const x = builder.input('float', constantShape([2, 3, 4]));
    const there = transpose(builder, transpose(builder, x, [1, 0, 2]), [1, 0, 2]);
    const body = builder.finish([tanh(builder, reshape(builder, reshape(builder, there, constantShape([6, 4])), constantShape([2, 3, 4])))]);
    expect(kindsOf(eliminateDeadCode(simplify(body)))).toEqual(['tanh']);
  });

  it('computes the same value once', () => {
    const builder = new BodyBuilder();
    const x = builder.input('float', constantShape([2]));
    const body = builder.finish([add(builder, add(builder, x, scalar(builder, 1)), add(builder, x, scalar(builder, 1)))]);
    expect(kindsOf(simplify(body))).toEqual(['constant', 'add', 'add']);
  });

  it('keeps every value of a recurrent step with its gradients', () => {
    const body = recurrentStep();
    const expected = evaluateBody(body, recurrentInputs, { batch: 4 });
    expect(evaluateBody(eliminateDeadCode(simplify(body)), recurrentInputs, { batch: 4 })).toEqual(expected);
  });
});

describe('hoisting products out of scans', () => {
  const body = recurrentStep();
  const hoisted = hoistProducts(body);

  it('leaves one product a step forwards and one backwards: the recurrent kernel', () => {
    const products = scanBodies(hoisted).map((inner) => kindsOf(inner).filter((kind) => kind === 'matmul').length);
    expect(products).toEqual([1, 1]);
  });

  it('turns the gradients of weights into sums after the loop: the backward scan carries the state gradient alone', () => {
    const [, backward] = hoisted.instructions.filter((instruction) => instruction.kind === 'scan');
    expect(backward?.kind === 'scan' && backward.attributes.stateCount).toBe(1);
  });

  it('changes no value beyond the order of additions', () => {
    const expected = evaluateBody(body, recurrentInputs, { batch: 4 });
    const found = evaluateBody(hoisted, recurrentInputs, { batch: 4 });
    expected.forEach((tensor, index) => tensor.values.forEach((value, position) => expect(found[index]?.values[position]).toBeCloseTo(value, 12)));
  });
});
