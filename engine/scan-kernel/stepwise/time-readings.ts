import type { Body, Instruction } from '../../../core/program/instruction.ts';
import type { TensorShape, ValueId } from '../../../core/program/value.ts';
import { batchSize, constantSize, knownSize, productOfSizes, sizesEqual } from '../../../core/shapes/size.ts';

/**
 * The sequence `of` at every `neighbours`th step, from `place` on; or, where it `spreads`, with its steps so far apart, the
 * first in place `place`, and zeros between them.
 */
export interface TimeReading {
  readonly of: ValueId;
  readonly neighbours: number;
  readonly place: number;
  readonly spreads: boolean;
}

/**
 * How a body's instructions read every so many steps of a series [batch, time, features], or of its rows. A stride is written as a reshape
 * that puts neighbouring steps beside each other, [batch, time / n, n · features], and a slice of one of them; its gradient as
 * zeros put beside a step's features, and a reshape that makes them steps (core/nodes/sliding-window.ts). Where groups of
 * neighbours serve anything else, such as patches that are weighed as a whole, neither is a reading.
 */
export class TimeReadings {
  readonly #body: Body;
  /** By what it makes: the slice of a group, or the reshape of groups into steps. */
  readonly #readings = new Map<Instruction, TimeReading>();
  /** What leads there. */
  readonly #halves = new Set<Instruction>();

  readonly #padded = new Set<Instruction>();

  constructor(body: Body) {
    this.#body = body;
    const users = new Map<ValueId, Instruction[]>();
    for (const instruction of body.instructions) {
      if (instruction.kind === 'reshape' || instruction.kind === 'pad' || instruction.kind === 'slice') instruction.outputs.forEach((id) => users.set(id, []));
      for (const id of instruction.inputs) users.get(id)?.push(instruction);
    }
    for (const instruction of body.instructions) {
      const [output = -1] = instruction.outputs;
      const following = users.get(output) ?? [];
      if (following.length === 0 || body.outputs.includes(output)) continue;
      if (instruction.kind === 'slice' && following.every((next) => next.kind === 'pad' && next.attributes.axis === instruction.attributes.axis)) this.#padded.add(instruction);
      const readings = following.map((next) => this.#between(instruction, next));
      if (readings.some((reading) => reading === undefined)) continue;
      this.#halves.add(instruction);
      following.forEach((next, index) => { this.#readings.set(next, readings[index]!); });
    }
  }

  isPart(instruction: Instruction): boolean {
    return this.#halves.has(instruction) || this.#readings.has(instruction);
  }

  /** Whether all that a slice cuts out gets zeros along the same axis: so that one step alone, which could be anything, is known to be one of a sequence. */
  isPadded(instruction: Instruction): boolean {
    return this.#padded.has(instruction);
  }

  readingOf(instruction: Instruction): TimeReading | undefined {
    return this.#readings.get(instruction);
  }

  /** What an instruction and one that reads its result are together. */
  #between(first: Instruction, second: Instruction): TimeReading | undefined {
    const [of = -1] = first.inputs;
    const shapeOf = (id = -1): TensorShape => this.#body.values[id]?.shape ?? [];
    const [before, between, after] = [shapeOf(of), shapeOf(first.outputs[0]), shapeOf(second.outputs[0])];
    if (first.kind === 'reshape' && second.kind === 'slice') {
      const [groups, one] = [seriesOf(between), seriesOf(after)];
      const neighbours = groups && one && groups.features / one.features;
      if (neighbours === undefined || neighbours < 2 || second.attributes.axis !== 2 || second.attributes.start % one!.features !== 0) return undefined;
      const isFolded = Number.isInteger(neighbours) && isSequence(before, groups!.steps * neighbours, one!.features);
      return isFolded ? { of, neighbours, place: second.attributes.start / one!.features, spreads: false } : undefined;
    }
    if (first.kind !== 'pad' || second.kind !== 'reshape') return undefined;
    const [one, groups] = [seriesOf(before), seriesOf(between)];
    const neighbours = groups && one && groups.features / one.features;
    if (neighbours === undefined || neighbours < 2 || first.attributes.axis !== 2 || first.attributes.before % one!.features !== 0) return undefined;
    const isSpread = Number.isInteger(neighbours) && isSequence(after, one!.steps * neighbours, one!.features);
    return isSpread ? { of, neighbours, place: first.attributes.before / one!.features, spreads: true } : undefined;
  }
}

/** [batch, time, features] */
function seriesOf(shape: TensorShape): { readonly steps: number; readonly features: number } | undefined {
  const [batch, time, width, ...more] = shape;
  const [steps, features] = [time && knownSize(time), width && knownSize(width)];
  if (batch === undefined || !sizesEqual(batch, batchSize) || more.length > 0 || steps === undefined || features === undefined || features === 0) return undefined;
  return { steps, features };
}

/** Whether a tensor is [batch, time, features], or its rows [batch · time, features], of so many of each. */
function isSequence(shape: TensorShape, steps: number, features: number): boolean {
  const series = [batchSize, constantSize(steps), constantSize(features)];
  const rows = [productOfSizes(series.slice(0, 2)), constantSize(features)];
  return [series, rows].some((own) => own.length === shape.length && own.every((size, axis) => sizesEqual(size, shape[axis] ?? batchSize)));
}
