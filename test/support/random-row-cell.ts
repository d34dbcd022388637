import { BodyBuilder } from '../../core/program/body-builder.ts';
import {
  abs, add, allAxes, broadcast, cast, concatenate, divide, exp, greater, log, matmul, maximum, minimum, multiply, negate, pad, power, reduceMean,
  reduceSum, relu, reshape, rsqrt, scalar, select, sigmoid, sign, slice, split, sqrt, square, subtract, tanh,
} from '../../core/program/expressions.ts';
import { differentiate } from '../../core/program/gradients/differentiate.ts';
import { eliminateDeadCode } from '../../core/program/passes/eliminate-dead-code.ts';
import { simplify } from '../../core/program/passes/simplify.ts';
import type { TensorShape, Value } from '../../core/program/value.ts';
import { batchSize, constantSize } from '../../core/shapes/size.ts';
import { bodyCase, numbers } from './body-case.ts';
import type { BodyCase } from './body-case.ts';

export interface RowCellPlan {
  readonly seed: number;
  readonly batch: number;
  readonly steps: number;
  readonly backwards: boolean;
  readonly operations: number;
  /** Widths of the sequences, of the states, and of everything in between. */
  readonly sequences: readonly number[];
  readonly states: readonly number[];
  readonly stacked: number;
}

const rows = (width: number): TensorShape => [batchSize, constantSize(width)];
const widthOf = (value: Value): number => {
  const last = value.shape[1];
  return last?.kind === 'constant' ? last.value : 0;
};

/**
 * The gradient, with respect to everything, of a loss over a scan of a random cell: any mix of the operations that work
 * row by row, of products with invariant matrices, vectors and masks, of states and sequences of different widths. Its
 * results are the loss, then the gradients.
 */
export function randomRowCell(plan: RowCellPlan): BodyCase {
  const next = numbers(plan.seed);
  const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(next() * items.length)] as Item;
  const built = bodyCase(plan.batch, plan.seed, (maker) => {
    const steps = constantSize(plan.steps);
    const invariants: Value[] = [];
    const cell = new BodyBuilder();
    const sequences = plan.sequences.map((width) => cell.input('float', rows(width)));
    const states = plan.states.map((width) => cell.input('float', rows(width)));
    // Declared as they are drawn; the body's inputs end with them, so no sequence or state may come after.
    const invariant = (shape: TensorShape, range: readonly [number, number] = [-0.5, 0.5]): Value => {
      invariants.push(maker.input('float', shape, range));
      return cell.input('float', shape);
    };
    const pool: Value[] = [...sequences, ...states];
    const fitted = (value: Value, width: number): Value => (widthOf(value) === width ? value : project(cell, invariant, value, width, next() < 0.5));
    const anyWidth = (): number => pick([...plan.states, ...plan.sequences, 1, 3]);
    for (let count = 0; count < plan.operations; count += 1) {
      const first = pick(pool);
      const width = widthOf(first);
      const second = (): Value => fitted(pick(pool), width);
      const positive = (value: Value): Value => add(cell, square(cell, value), scalar(cell, 0.5));
      const choices: (() => Value)[] = [
        () => tanh(cell, add(cell, first, second())),
        () => sigmoid(cell, project(cell, invariant, first, anyWidth(), next() < 0.5)),
        () => tanh(cell, add(cell, add(cell, project(cell, invariant, first, width, false), project(cell, invariant, pick(pool), width, true)), invariant([constantSize(width)]))),
        () => multiply(cell, sigmoid(cell, first), second()),
        () => add(cell, multiply(cell, sigmoid(cell, first), first), multiply(cell, subtract(cell, scalar(cell, 1), sigmoid(cell, first)), second())),
        () => relu(cell, subtract(cell, first, multiply(cell, second(), scalar(cell, 0.3)))),
        () => multiply(cell, first, invariant(rows(width), [0, 1])),
        () => multiply(cell, first, invariant([constantSize(1), constantSize(width)])),
        () => add(cell, multiply(cell, first, invariant([])), broadcast(cell, invariant([constantSize(width)]), rows(width))),
        () => normalized(cell, first),
        () => divide(cell, first, positive(second())),
        () => maximum(cell, first, second()),
        () => minimum(cell, negate(cell, first), second()),
        () => select(cell, greater(cell, first, second()), first, tanh(cell, second())),
        () => multiply(cell, first, cast(cell, greater(cell, second(), scalar(cell, 0.1)), 'float')),
        () => log(cell, positive(first)),
        () => tanh(cell, exp(cell, minimum(cell, first, scalar(cell, 1)))),
        () => sqrt(cell, positive(first)),
        () => multiply(cell, abs(cell, first), sign(cell, second())),
        () => power(cell, positive(first), scalar(cell, 0.7)),
        () => concatenate(cell, split(cell, project(cell, invariant, first, 6, false), 1, [1, 3, 2]).map((part, index) => (index === 1 ? sigmoid(cell, part) : tanh(cell, part))), 1),
        () => pad(cell, slice(cell, concatenate(cell, [first, pick(pool)], 1), 1, Math.floor(width / 2), Math.ceil(width / 2) + 1), 1, 1, 2),
        () => multiply(cell, first, reduceMean(cell, square(cell, pick(pool)), [1], true)),
        () => subtract(cell, first, reshape(cell, reduceSum(cell, multiply(cell, tanh(cell, first), second()), [1]), rows(1))),
      ];
      const value = pick(choices)();
      // Nothing grows for ever, and some things stay as they came out.
      pool.push(next() < 0.7 ? tanh(cell, value) : value);
    }
    const nextStates = plan.states.map((width, index) => (next() < 0.1 ? states[index] as Value : tanh(cell, fitted(pick(pool.slice(-4)), width))));
    const stacked = Array.from({ length: plan.stacked }, () => pick(next() < 0.5 ? nextStates : pool));
    const { builder } = maker;
    const results = builder.scan({
      sequences: plan.sequences.map((width) => maker.input('float', [steps, ...rows(width)])),
      initialStates: plan.states.map((width) => (next() < 0.4 ? broadcast(builder, scalar(builder, 0), rows(width)) : maker.input('float', rows(width), [-1, 1]))),
      invariants,
      steps,
      backwards: plan.backwards,
      body: cell.finish([...nextStates, ...stacked]),
    });
    const losses = [...results.finalStates, ...results.stacked].map((value) => reduceMean(builder, square(builder, value), allAxes(value)));
    return [losses.reduce((sum, term) => add(builder, sum, term))];
  });
  const builder = new BodyBuilder();
  const inputs = built.body.inputs.map((id) => builder.input('float', built.body.values[id]?.shape ?? []));
  const { outputs, gradients } = differentiate(builder, built.body, inputs, 0, inputs.map((_, index) => index).slice(1));
  return { ...built, body: eliminateDeadCode(simplify(builder.finish([...outputs, ...gradients]))) };
}

function project(cell: BodyBuilder, invariant: (shape: TensorShape) => Value, value: Value, width: number, transposed: boolean): Value {
  const [from, to] = [constantSize(widthOf(value)), constantSize(width)];
  return transposed ? matmul(cell, value, invariant([to, from]), { transposeRight: true }) : matmul(cell, value, invariant([from, to]));
}

function normalized(cell: BodyBuilder, value: Value): Value {
  const centred = subtract(cell, value, reduceMean(cell, value, [1], true));
  return multiply(cell, centred, rsqrt(cell, add(cell, reduceMean(cell, square(cell, centred), [1], true), scalar(cell, 0.1))));
}
