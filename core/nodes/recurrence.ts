import { BodyBuilder } from '../program/body-builder.ts';
import { concatenate, filled, reverse, slice, stopGradient, transpose } from '../program/expressions.ts';
import type { Value } from '../program/value.ts';
import { constantSize, knownSize } from '../shapes/size.ts';

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
  /** Gradients go back through so many steps at most; null: through all of them. */
  readonly truncateAfter: number | null;
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

/** Runs a cell over time: one scan, or several with the gradient stopped between (R. J. Williams, J. Peng, 1990, https://doi.org/10.1162/neco.1990.2.4.490). */
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

  const start = stateNames.map((name, state) => initialStates[state] ?? builder.name(filled(builder, stateShape, 0), { node, name: `initial ${name}` }));
  const timeMajor = transpose(builder, inputs, [1, 0, 2]);
  const scanBody = body.finish(returnSequences ? [...nextStates, output] : nextStates);
  const stacks: Value[] = [];
  let finalStates: readonly Value[] = start;
  for (const chunk of chunksOf(knownSize(steps), recurrence.truncateAfter)) {
    const results = builder.scan({
      sequences: [chunk === null ? timeMajor : slice(builder, timeMajor, 0, goBackwards ? knownSize(steps)! - chunk.start - chunk.length : chunk.start, chunk.length)],
      initialStates: chunk === null || chunk.start === 0 ? start : finalStates.map((state) => stopGradient(builder, state)),
      invariants: Object.values(weights),
      steps: chunk === null ? steps : constantSize(chunk.length),
      backwards: goBackwards,
      body: scanBody,
    });
    finalStates = results.finalStates;
    stacks.push(...results.stacked);
  }
  const named = finalStates.map((value, state) => builder.name(value, { node, name: `final ${stateNames[state]!}` }));
  const [last] = named;
  if (last === undefined) throw new TypeError('a scan gives its final states');
  if (stacks.length === 0) return { output: last, finalStates: named };
  const sequence = concatenate(builder, goBackwards ? stacks.toReversed() : stacks, 0);
  const ordered = goBackwards && recurrence.inOrderOfReading ? reverse(builder, sequence, 0) : sequence;
  return { output: transpose(builder, ordered, [1, 0, 2]), finalStates: named };
}

/**
 * Pieces of a series in the order of reading, counted in steps read: all of the same length but the first, which has what
 * is left, so that the last step always sees a whole piece. One null: the series is not cut.
 */
function chunksOf(steps: number | undefined, length: number | null): readonly ({ readonly start: number; readonly length: number } | null)[] {
  if (length === null || steps === undefined || length >= steps) return [null];
  const count = Math.ceil(steps / length);
  const first = steps - (count - 1) * length;
  return Array.from({ length: count }, (_, index) => ({ start: index === 0 ? 0 : first + (index - 1) * length, length: index === 0 ? first : length }));
}
