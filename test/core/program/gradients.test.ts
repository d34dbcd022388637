import { describe, expect, it } from 'vitest';
import { BodyBuilder } from '../../../core/program/body-builder.ts';
import * as expressions from '../../../core/program/expressions.ts';
import type { Body, OperationKind } from '../../../core/program/instruction.ts';
import { operationTable } from '../../../core/program/operation-table.ts';
import { evaluateBody } from '../../../core/program/reference/evaluate-body.ts';
import type { NumericTensor } from '../../../core/program/reference/numeric-tensor.ts';
import type { Value } from '../../../core/program/value.ts';
import { batchSize, constantSize } from '../../../core/shapes/size.ts';
import { centralDifferences, sampleTensor, withGradients } from '../../support/numeric-gradient.ts';

const { add, allAxes, constantShape, filled, matmul, multiply, reduceSum, sigmoid, split, tanh } = expressions;
const { cosine, negate, exp, log, sqrt, rsqrt, square, abs, relu, subtract, divide, maximum, minimum, power } = expressions;
const unary = { negate, exp, log, sqrt, rsqrt, square, abs, sigmoid, tanh, cosine, relu };
const binary = { add, subtract, multiply, divide, maximum, minimum, power };

type Formula = (builder: BodyBuilder, inputs: readonly Value[]) => Value;

/** Σ (result · a fixed pattern), so that every element of the result counts differently. */
function lossOf(shapes: readonly (readonly number[])[], formula: Formula): Body {
  const builder = new BodyBuilder();
  const result = formula(builder, shapes.map((shape) => builder.input('float', constantShape(shape))));
  const sizes = result.shape.map((size) => (size.kind === 'constant' ? size.value : 0));
  const pattern = sampleTensor(sizes, 99);
  const weights = builder.emitOne('constant', [], { type: 'float', shape: result.shape, values: [...pattern.values] });
  const weighted = multiply(builder, result, weights);
  return builder.finish([reduceSum(builder, weighted, allAxes(weighted))]);
}

/** Largest difference between a derived gradient and central differences, over every element of every input. */
function gradientError(body: Body, inputs: readonly NumericTensor[], batch = 1): number {
  const all = inputs.map((_, index) => index);
  const [, ...gradients] = evaluateBody(withGradients(body, all), inputs, { batch });
  const errors = all.flatMap((index) => {
    const found = gradients[index];
    if (String(found?.shape) !== String(inputs[index]?.shape)) throw new RangeError(`gradient ${index} has another shape than its input`);
    return [...centralDifferences(body, inputs, index, batch)].map((value, position) => Math.abs(value - (found?.values[position] ?? Number.NaN)));
  });
  return Math.max(...errors);
}

const positive = (tensor: NumericTensor): NumericTensor => ({ shape: tensor.shape, values: tensor.values.map((x) => Math.abs(x) + 0.3) });

describe('the gradient of every operation agrees with central differences', () => {
  const cases: readonly (readonly [string, readonly (readonly number[])[], Formula])[] = [
    ...Object.entries(unary).map(
      ([kind, apply]) => [kind, [[2, 3]], (builder: BodyBuilder, [x]: readonly Value[]) => apply(builder, x as Value)] as const),
    ...Object.entries(binary).flatMap(([kind, apply]) =>
      [[[2, 3], [2, 3]], [[2, 3], [3]], [[2, 1, 3], [4, 1]]].map(
        (shapes) => [`${kind} of ${JSON.stringify(shapes)}`, shapes, (builder: BodyBuilder, [x, y]: readonly Value[]) => apply(builder, x as Value, y as Value)] as const)),
    ...[false, true].flatMap((transposeLeft) => [false, true].map((transposeRight) => [
      `matmul, transposed ${transposeLeft} ${transposeRight}`,
      [transposeLeft ? [3, 2] : [2, 3], transposeRight ? [4, 3] : [3, 4]],
      (builder: BodyBuilder, [x, y]: readonly Value[]) => matmul(builder, x as Value, y as Value, { transposeLeft, transposeRight }),
    ] as const)),
    ['select', [[2, 3], [3], [2, 1]], (b, [x, y, z]) => expressions.select(b, expressions.greater(b, x as Value, expressions.scalar(b, 0.5)), y as Value, z as Value)],
    ['reshape', [[2, 3]], (b, [x]) => expressions.reshape(b, x as Value, constantShape([3, 2]))],
    ['transpose', [[2, 3, 4]], (b, [x]) => expressions.transpose(b, x as Value, [2, 0, 1])],
    ['broadcast', [[3, 1]], (b, [x]) => expressions.broadcast(b, x as Value, constantShape([2, 3, 4]))],
    ['slice', [[2, 5]], (b, [x]) => expressions.slice(b, x as Value, 1, 1, 3)],
    ['pad', [[2, 3]], (b, [x]) => expressions.pad(b, x as Value, 1, 2, 1)],
    ['reverse', [[2, 3, 2]], (b, [x]) => expressions.reverse(b, x as Value, 1)],
    ['split', [[2, 6]], (b, [x]) => { const parts = split(b, x as Value, 1, [1, 2, 3]); return multiply(b, parts[0] as Value, parts[2] as Value); }],
    ['concatenate', [[2, 1], [2, 3]], (b, [x, y]) => expressions.concatenate(b, [x as Value, y as Value, x as Value], 1)],
    ['reduce-sum', [[2, 3, 4]], (b, [x]) => expressions.reduceSum(b, x as Value, [0, 2], true)],
    ['reduce-mean', [[2, 3, 4]], (b, [x]) => expressions.reduceMean(b, x as Value, [1])],
    ['reduce-max', [[2, 3, 4]], (b, [x]) => expressions.reduceMax(b, x as Value, [1])],
    ['reduce-max over several axes, kept', [[2, 3, 4]], (b, [x]) => expressions.reduceMax(b, x as Value, [0, 2], true)],
  ];
  it.each(cases)('%s', (_, shapes, formula) => {
    expect(gradientError(lossOf(shapes, formula), shapes.map((shape, index) => positive(sampleTensor(shape, index + 3))))).toBeLessThan(1e-6);
  });

  it('every operation of the table is among them, or is here with its reason', () => {
    const exempt: Readonly<Record<string, string>> = {
      constant: 'has no inputs',
      sign: 'is flat wherever it has a slope',
      greater: 'gives a truth, through which no gradient flows',
      cast: 'changes the type, through which no gradient flows',
      'random-uniform': 'depends on a seed, an integer',
      'stop-gradient': 'lets none through: its own test is below',
      scan: 'has its own tests below',
    };
    const tested = new Set(cases.flatMap(([, shapes, formula]) => lossOf(shapes, formula).instructions.map((instruction) => instruction.kind)));
    expect(Object.keys(operationTable).filter((kind) => !tested.has(kind as OperationKind) && !(kind in exempt))).toEqual([]);
  });

  it('reduce-max gives the largest elements equal parts where several are', () => {
    const body = lossOf([[2, 3]], (b, [x]) => expressions.reduceMax(b, x as Value, [1]));
    const [, gradient] = evaluateBody(withGradients(body, [0]), [{ shape: [2, 3], values: Float64Array.of(5, 1, 5, 2, 2, 2) }], { batch: 1 });
    const [first = 0, second = 0] = sampleTensor([2], 99).values;
    expect([...(gradient?.values ?? [])]).toEqual([first / 2, -0, first / 2, second / 3, second / 3, second / 3]);
  });

  it('stop-gradient lets none through', () => {
    const body = lossOf([[2]], (b, [x]) => multiply(b, x as Value, expressions.stopGradient(b, x as Value)));
    const [, gradient] = evaluateBody(withGradients(body, [0]), [sampleTensor([2])], { batch: 1 });
    const pattern = sampleTensor([2], 99);
    expect([...(gradient?.values ?? [])]).toEqual([...sampleTensor([2]).values].map((x, index) => x * (pattern.values[index] ?? 0)));
  });
});

/** A gated cell with two states: c' = sigmoid(f)·c + tanh(g), h' = tanh(c')·sigmoid(f), gives h' + x at every step. */
function gatedCell(units: number): Body {
  const cell = new BodyBuilder();
  const x = cell.input('float', [batchSize, constantSize(units)]);
  const h = cell.input('float', [batchSize, constantSize(units)]);
  const c = cell.input('float', [batchSize, constantSize(units)]);
  const kernel = cell.input('float', constantShape([units, 2 * units]));
  const recurrentKernel = cell.input('float', constantShape([units, 2 * units]));
  const bias = cell.input('float', constantShape([2 * units]));
  const sum = add(cell, add(cell, matmul(cell, x, kernel), matmul(cell, h, recurrentKernel)), bias);
  const [f, g] = split(cell, sum, 1, [units, units]);
  const gate = sigmoid(cell, f as Value);
  const nextC = add(cell, multiply(cell, gate, c), tanh(cell, g as Value));
  const nextH = multiply(cell, tanh(cell, nextC), gate);
  return cell.finish([nextH, nextC, add(cell, nextH, x)]);
}

function scanLoss(steps: number, units: number, backwards: boolean): Body {
  const builder = new BodyBuilder();
  const x = builder.input('float', [constantSize(steps), batchSize, constantSize(units)]);
  const h = builder.input('float', [batchSize, constantSize(units)]);
  const c = builder.input('float', [batchSize, constantSize(units)]);
  const weights = [[units, 2 * units], [units, 2 * units], [2 * units]].map((shape) => builder.input('float', constantShape(shape)));
  const { finalStates, stacked } = builder.scan({
    sequences: [x], initialStates: [h, c], invariants: weights, steps: constantSize(steps), backwards, body: gatedCell(units),
  });
  const outputs = stacked[0] as Value;
  const total = reduceSum(builder, multiply(builder, outputs, outputs), allAxes(outputs));
  const last = finalStates[1] as Value;
  return builder.finish([add(builder, total, reduceSum(builder, last, allAxes(last)))]);
}

describe('the gradient of a scan', () => {
  it.each([[1, false], [4, false], [4, true]])('over %i steps, backwards %s, reaches sequences, both initial states and weights', (steps, backwards) => {
    const units = 2;
    const batch = 3;
    const shapes = [[steps, batch, units], [batch, units], [batch, units], [units, 2 * units], [units, 2 * units], [2 * units]];
    expect(gradientError(scanLoss(steps, units, backwards), shapes.map((shape, index) => sampleTensor(shape, index + 1)), batch)).toBeLessThan(1e-6);
  });

  it('goes through a scan inside a scan', () => {
    const inner = new BodyBuilder();
    const [x, h, w] = [inner.input('float', constantShape([2])), inner.input('float', constantShape([2])), inner.input('float', constantShape([2]))];
    const next = tanh(inner, add(inner, multiply(inner, h, w), x));
    const innerBody = inner.finish([next, multiply(inner, next, x)]);
    const outer = new BodyBuilder();
    const [row, state, weight] = [outer.input('float', constantShape([3, 2])), outer.input('float', constantShape([2])), outer.input('float', constantShape([2]))];
    const scanned = outer.scan({ sequences: [row], initialStates: [state], invariants: [weight], steps: constantSize(3), backwards: false, body: innerBody });
    const outerBody = outer.finish([scanned.finalStates[0] as Value, scanned.stacked[0] as Value]);
    const builder = new BodyBuilder();
    const inputs = [[4, 3, 2], [2], [2]].map((shape) => builder.input('float', constantShape(shape)));
    const [rows, start, weights] = inputs as [Value, Value, Value];
    const result = builder.scan({ sequences: [rows], initialStates: [start], invariants: [weights], steps: constantSize(4), backwards: false, body: outerBody });
    const all = result.stacked[0] as Value;
    const body = builder.finish([add(builder, reduceSum(builder, multiply(builder, all, all), allAxes(all)), reduceSum(builder, result.finalStates[0] as Value, [0]))]);
    expect(gradientError(body, [sampleTensor([4, 3, 2], 5), sampleTensor([2], 6), sampleTensor([2], 7)])).toBeLessThan(1e-6);
  });

  it('leaves weights that do not reach the loss with a gradient of zero', () => {
    const body = lossOf([[2], [2]], (b, [x]) => add(b, x as Value, filled(b, constantShape([2]), 1)));
    const [, , gradient] = evaluateBody(withGradients(body, [0, 1]), [sampleTensor([2]), sampleTensor([2])], { batch: 1 });
    expect([...(gradient?.values ?? [])]).toEqual([0, 0]);
  });
});
