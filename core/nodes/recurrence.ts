import { BodyBuilder } from '../program/body-builder.ts';
import { filled, reverse, transpose } from '../program/expressions.ts';
import type { Value } from '../program/value.ts';
import { constantSize } from '../shapes/size.ts';

/** What a cell sees at one time step. */
export interface CellStep {
  readonly builder: BodyBuilder;
  /** [batch, features] */
  readonly input: Value;
  /** Each [batch, units], in the order of the recurrence's state names. */
  readonly states: readonly Value[];
  /** The cell's weights by name: the same at every step. */
  readonly weight: (name: string) => Value;
  /** Says what a value is in the user's words: "forget gate". */
  readonly name: (value: Value, name: string) => Value;
}

export interface Recurrence {
  readonly builder: BodyBuilder;
  readonly node: string;
  /** [batch, time, features] */
  readonly inputs: Value;
  readonly units: number;
  /** One name a state; the first is the cell's output. All start at zero. */
  readonly stateNames: readonly string[];
  readonly weights: Readonly<Record<string, Value>>;
  readonly returnSequences: boolean;
  /** From the last time step to the first. */
  readonly goBackwards: boolean;
  /** One time step: the next states, in the order of their names. */
  readonly cell: (step: CellStep) => readonly Value[];
}

/**
 * Runs a cell over time. Gives the first state at every step, [batch, time, units], or after the last one, [batch, units]:
 * then it is the scan's final state and nothing is stacked.
 * Backwards, "every step" is in the order of reading: the state after the whole series comes last.
 */
export function recur(recurrence: Recurrence): Value {
  const { builder, node, inputs, units, stateNames, weights, returnSequences, goBackwards } = recurrence;
  const [batch, steps, features] = inputs.shape;
  if (batch === undefined || steps === undefined || features === undefined) throw new TypeError('a recurrence reads (batch, time, feature)');

  const stateShape = [batch, constantSize(units)];
  const body = new BodyBuilder();
  const input = body.input('float', [batch, features], { node, name: 'input' });
  const states = stateNames.map((name) => body.input('float', stateShape, { node, name: `previous ${name}` }));
  const inside = new Map(Object.entries(weights).map(([name, value]) => [name, body.input(value.type, value.shape, { node, name })]));
  const nextStates = recurrence.cell({
    builder: body,
    input,
    states,
    weight: (name) => {
      const value = inside.get(name);
      if (value === undefined) throw new RangeError(`the cell has no weight "${name}"`);
      return value;
    },
    name: (value, name) => body.name(value, { node, name }),
  });
  const [output] = nextStates;
  if (output === undefined || nextStates.length !== stateNames.length) throw new TypeError('a cell gives one next state for each state');

  const timeMajor = transpose(builder, inputs, [1, 0, 2]);
  const { finalStates, stacked } = builder.scan({
    sequences: [timeMajor],
    initialStates: stateNames.map((name) => builder.name(filled(builder, stateShape, 0), { node, name: `initial ${name}` })),
    invariants: Object.values(weights),
    steps,
    backwards: goBackwards,
    body: body.finish(returnSequences ? [...nextStates, output] : nextStates),
  });
  const [sequence] = stacked;
  const [last] = finalStates;
  if (last === undefined) throw new TypeError('a scan gives its final states');
  if (sequence === undefined) return last;
  return transpose(builder, goBackwards ? reverse(builder, sequence, 0) : sequence, [1, 0, 2]);
}
