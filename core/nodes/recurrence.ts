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
  /** One name a state; the first is the cell's output. */
  readonly stateNames: readonly string[];
  /** What each state starts with, [batch, units]; zeros where there is none. */
  readonly initialStates: readonly (Value | undefined)[];
  readonly weights: Readonly<Record<string, Value>>;
  readonly returnSequences: boolean;
  /** From the last time step to the first. */
  readonly goBackwards: boolean;
  /** A returned sequence is in the order of reading: the state after the whole series comes last. Otherwise in the order of the series. */
  readonly inOrderOfReading: boolean;
  /** One time step: the next states, in the order of their names. */
  readonly cell: (step: CellStep) => readonly Value[];
}

export interface RecurrenceResults {
  /**
   * The first state at every step, [batch, time, units], or after the last one read, [batch, units]: then it is the scan's
   * final state and nothing is stacked.
   */
  readonly output: Value;
  /** Each [batch, units], after the last step that was read, in the order of their names. */
  readonly finalStates: readonly Value[];
}

/** Runs a cell over time. */
export function recur(recurrence: Recurrence): RecurrenceResults {
  const { builder, node, inputs, units, stateNames, initialStates, weights, returnSequences, goBackwards } = recurrence;
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

  const { finalStates, stacked } = builder.scan({
    sequences: [transpose(builder, inputs, [1, 0, 2])],
    initialStates: stateNames.map((name, state) => initialStates[state] ?? builder.name(filled(builder, stateShape, 0), { node, name: `initial ${name}` })),
    invariants: Object.values(weights),
    steps,
    backwards: goBackwards,
    body: body.finish(returnSequences ? [...nextStates, output] : nextStates),
  });
  const named = finalStates.map((value, state) => builder.name(value, { node, name: `final ${stateNames[state]!}` }));
  const [last] = named;
  if (last === undefined) throw new TypeError('a scan gives its final states');
  const [sequence] = stacked;
  if (sequence === undefined) return { output: last, finalStates: named };
  const ordered = goBackwards && recurrence.inOrderOfReading ? reverse(builder, sequence, 0) : sequence;
  return { output: transpose(builder, ordered, [1, 0, 2]), finalStates: named };
}
