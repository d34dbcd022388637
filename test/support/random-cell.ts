import { BodyBuilder } from '../../core/program/body-builder.ts';
import {
  abs, add, constantShape, exp, matmul, maximum, minimum, multiply, negate, reduceMean, relu, rsqrt, scalar, sigmoid, split, square, subtract, tanh,
} from '../../core/program/expressions.ts';
import { hashName, philox } from '../../core/program/random.ts';
import type { Body } from '../../core/program/instruction.ts';
import type { Value } from '../../core/program/value.ts';
import { batchSize, constantSize } from '../../core/shapes/size.ts';

/** A cell that nobody wrote down: takes (x, states, weights), gives (next states, output). All of it follows from its number. */
export interface RandomCell {
  readonly body: Body;
  readonly units: number;
  readonly features: number;
  readonly stateCount: number;
  /** Shapes of the weights, in the order in which the body takes them. */
  readonly weightShapes: readonly (readonly number[])[];
  /** Operations between the states and the next ones. */
  readonly operations: number;
}

type Draw = (choices: number) => number;

function drawsOf(number: number): Draw {
  let count = 0;
  return (choices) => {
    count += 1;
    return philox(count, hashName('random cell'), number)[0] % choices;
  };
}

function chosen<Item>(items: readonly Item[], draw: Draw): Item {
  const item = items[draw(items.length)];
  if (item === undefined) throw new RangeError('nothing to choose from');
  return item;
}

const unary = [sigmoid, tanh, relu, negate, abs] as const;
const binary = [add, subtract, multiply, maximum, minimum] as const;

/** Layer normalisation without its scale, in ordinary operations. */
function normalized(builder: BodyBuilder, value: Value): Value {
  const centred = subtract(builder, value, reduceMean(builder, value, [1], true));
  const variance = reduceMean(builder, square(builder, centred), [1], true);
  return multiply(builder, centred, rsqrt(builder, add(builder, variance, scalar(builder, 1e-3))));
}

/** The cell with this number: five to fifteen operations drawn at random, its states kept within (−1, 1) by a last tanh. */
export function randomCell(number: number, units: number, features: number): RandomCell {
  const draw = drawsOf(number);
  const stateCount = 1 + draw(2);
  const operations = 5 + draw(11);
  const builder = new BodyBuilder();
  const x = builder.input('float', [batchSize, constantSize(features)]);
  const states = Array.from({ length: stateCount }, () => builder.input('float', [batchSize, constantSize(units)]));
  const weightShapes: (readonly number[])[] = [];
  const weight = (shape: readonly number[]): Value => {
    weightShapes.push(shape);
    return builder.input('float', constantShape(shape));
  };
  const gates = 1 + draw(3);
  const sums = add(builder, matmul(builder, x, weight([features, gates * units])), matmul(builder, states[0]!, weight([units, gates * units])));
  const known: Value[] = [...states, ...split(builder, add(builder, sums, weight([gates * units])), 1, new Array<number>(gates).fill(units))];
  for (let count = 0; count < operations; count += 1) {
    const first = chosen(known.slice(-4), draw);
    switch (draw(8)) {
      case 0:
      case 1:
      case 2:
        known.push(chosen(unary, draw)(builder, first));
        break;
      case 3:
        known.push(multiply(builder, first, weight([units])));
        break;
      case 4:
        known.push(matmul(builder, first, weight([units, units])));
        break;
      case 5:
        known.push(draw(2) === 0 ? normalized(builder, first) : exp(builder, negate(builder, abs(builder, first))));
        break;
      default:
        known.push(chosen(binary, draw)(builder, first, chosen(known, draw)));
    }
  }
  const next = states.map((state, index) => tanh(builder, add(builder, known.at(-1 - index) ?? state, state)));
  return { body: builder.finish([...next, next[0]!]), units, features, stateCount, weightShapes, operations };
}
