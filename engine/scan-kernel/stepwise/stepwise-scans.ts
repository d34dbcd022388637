import { BodyBuilder } from '../../../core/program/body-builder.ts';
import { broadcast, divide, pad, reduceSum, reshape, reverse, scalar, slice, transpose } from '../../../core/program/expressions.ts';
import type { Body, Instruction, ScanAttributes } from '../../../core/program/instruction.ts';
import { emitCopy } from '../../../core/program/passes/rewrite-body.ts';
import type { Value, ValueId } from '../../../core/program/value.ts';
import { batchSize, constantSize, knownSize } from '../../../core/shapes/size.ts';
import { planGroups } from './plan-groups.ts';
import type { StepwisePlan } from './plan-groups.ts';
import { shapeOfForm } from './sequence-forms.ts';
import { timeAxis } from './sequence-survey.ts';
import type { TimeReading } from './time-readings.ts';
import { initialSums, writeCell } from './write-cell.ts';
import type { StepwiseScan } from './write-cell.ts';

const batchAndTime = [1, 0, 2] as const;

/**
 * What works step by step on sequences, as scans without a state of their own: dense and convolutional layers,
 * normalisation, dropout, their gradients, and sums over all steps. Beside recurrent layers, and in chains of
 * convolutions, the sequences then stay in the kernel's own layout. A convolution's taps are its input some steps
 * earlier or later, which the kernel reads where it lies. Other bodies stay as they are.
 *
 * @param takes whether the kernel takes a scan
 */
export function stepwiseScans(body: Body, takes: (scan: ScanAttributes) => boolean): Body {
  const plan = planGroups(body);
  return plan === undefined ? body : new Rewriting(body, plan, takes).rewritten();
}

class Rewriting {
  readonly #body: Body;
  readonly #plan: StepwisePlan;
  readonly #takes: (scan: ScanAttributes) => boolean;
  readonly #builder = new BodyBuilder();
  readonly #makers = new Map<ValueId, Instruction>();
  /** Values as the body has them, and sequences with time first. */
  readonly #plain = new Map<ValueId, Value>();
  readonly #timeFirst = new Map<ValueId, Value>();

  constructor(body: Body, plan: StepwisePlan, takes: (scan: ScanAttributes) => boolean) {
    this.#body = body;
    this.#plan = plan;
    this.#takes = takes;
    for (const instruction of body.instructions) instruction.outputs.forEach((id) => this.#makers.set(id, instruction));
  }

  rewritten(): Body {
    for (const id of this.#body.inputs) {
      const { type, shape, origin } = this.#type(id);
      this.#plain.set(id, this.#builder.input(type, shape, origin));
    }
    for (const { instructions, groups } of this.#plan.rounds) {
      for (const instruction of instructions) if (!this.#isMoved(instruction)) this.#copy(instruction);
      for (const group of groups) {
        const scan = writeCell(this.#body, this.#plan, group);
        if (this.#takes(scan.attributes)) this.#write(scan);
        else group.members.forEach((instruction) => { this.#copy(instruction); });
      }
    }
    return this.#builder.finish(this.#body.outputs.map((id) => this.#valueOf(id)));
  }

  #type(id: ValueId): Value {
    const value = this.#body.values[id];
    if (value === undefined) throw new RangeError(`the body has no value ${id}`);
    return value;
  }

  /** Other shapes of a sequence, and its shifts, are written where somebody wants them. */
  #isMoved(instruction: Instruction): boolean {
    const kind = this.#plan.survey.roleOf(instruction)?.kind;
    return kind === 'alias' || kind === 'uniform' || kind === 'shift';
  }

  #copy(instruction: Instruction): void {
    const results = emitCopy(this.#builder, instruction, instruction.inputs.map((id) => this.#valueOf(id)));
    instruction.outputs.forEach((id, index) => {
      const { origin } = this.#type(id);
      const result = results[index];
      if (result !== undefined) this.#plain.set(id, origin === undefined ? result : this.#builder.name(result, origin));
    });
  }

  #write(scan: StepwiseScan): void {
    const builder = this.#builder;
    const { finalStates, stacked } = builder.scan({
      sequences: scan.sequences.map((id) => this.#timeFirstOf(id)),
      initialStates: initialSums(builder, scan),
      invariants: scan.invariants.map(({ value, shape }) => reshape(builder, this.#valueOf(value), shape)),
      steps: scan.attributes.steps,
      backwards: false,
      body: scan.attributes.body,
    });
    scan.sums.forEach(({ value }, index) => {
      const sum = reshape(builder, finalStates[index]!, this.#type(value).shape);
      const count = this.#averagedBy(value);
      this.#plain.set(value, count === undefined ? sum : divide(builder, sum, count));
    });
    scan.stacked.forEach((id, index) => { this.#timeFirst.set(id, stacked[index]!); });
  }

  /** How many elements a mean is the sum of, of which a run alone knows the batch; undefined where the value is no mean. */
  #averagedBy(mean: ValueId): Value | undefined {
    const maker = this.#makers.get(mean);
    if (maker?.kind !== 'reduce-mean') return undefined;
    const averaged = this.#type(maker.inputs[0] ?? -1).shape.filter((_, axis) => maker.attributes.axes.includes(axis));
    return reduceSum(this.#builder, broadcast(this.#builder, scalar(this.#builder, 1), averaged), averaged.map((_, axis) => axis));
  }

  /** A value as the body has it. */
  #valueOf(id: ValueId): Value {
    const known = this.#plain.get(id);
    if (known !== undefined) return known;
    const { survey } = this.#plan;
    const source = survey.sourceOf(id);
    const form = survey.formOf(id);
    const maker = this.#makers.get(id);
    const stepped = this.#timeFirst.get(source);
    if (stepped !== undefined && form !== undefined) {
      const series = form.layout === 'steps' ? stepped : transpose(this.#builder, stepped, batchAndTime);
      this.#plain.set(id, reshape(this.#builder, series, shapeOfForm(form)));
    } else if (maker !== undefined && this.#isMoved(maker)) {
      this.#copy(maker);
    }
    const found = this.#plain.get(id);
    if (found === undefined) throw new RangeError(`value ${id} is read before it is computed`);
    return found;
  }

  /** A sequence as [time, batch, features]. */
  #timeFirstOf(id: ValueId): Value {
    const { survey } = this.#plan;
    const source = survey.sourceOf(id);
    const known = this.#timeFirst.get(source);
    if (known !== undefined) return known;
    const maker = this.#makers.get(source);
    const shifted = maker !== undefined && survey.roleOf(maker)?.kind === 'shift' ? this.#shifted(maker) : undefined;
    const made = shifted ?? this.#turned(source);
    this.#timeFirst.set(source, made);
    return made;
  }

  /** Undefined for half a reading: groups of neighbouring steps are no sequence that the kernel could read. */
  #shifted(instruction: Instruction): Value | undefined {
    const builder = this.#builder;
    const { survey } = this.#plan;
    const [of = -1] = instruction.inputs;
    const reading = survey.readings.readingOf(instruction);
    if (reading !== undefined) return this.#resampled(reading);
    const form = survey.formOf(of);
    if (form === undefined || !('axis' in instruction.attributes) || instruction.attributes.axis !== timeAxis(form)) return undefined;
    const input = this.#timeFirstOf(of);
    if (instruction.kind === 'pad') return pad(builder, input, 0, instruction.attributes.before, instruction.attributes.after);
    if (instruction.kind === 'slice') return slice(builder, input, 0, instruction.attributes.start, instruction.attributes.length);
    if (instruction.kind === 'reverse') return reverse(builder, input, 0);
    throw new TypeError(`${instruction.kind} moves nothing in time`);
  }

  /** Every so many steps of a sequence, or its steps with zeros between them, by way of groups of neighbours on an axis of their own. */
  #resampled({ of, neighbours, place, spreads }: TimeReading): Value {
    const builder = this.#builder;
    const input = this.#timeFirstOf(of);
    const [time, batch = batchSize, features = constantSize(1)] = input.shape;
    const steps = (time && knownSize(time)) ?? 0;
    const shaped = (value: Value, lead: readonly number[]): Value => reshape(builder, value, [...lead.map(constantSize), batch, features]);
    if (!spreads) return shaped(slice(builder, shaped(input, [steps / neighbours, neighbours]), 1, place, 1), [steps / neighbours]);
    return shaped(pad(builder, shaped(input, [steps, 1]), 1, place, neighbours - 1 - place), [steps * neighbours]);
  }

  #turned(id: ValueId): Value {
    const form = this.#plan.survey.formOf(id);
    if (form === undefined) throw new RangeError(`value ${id} is no sequence`);
    const value = this.#valueOf(id);
    if (form.layout === 'steps') return value;
    const series = reshape(this.#builder, value, [batchSize, constantSize(form.steps), constantSize(form.features)]);
    return transpose(this.#builder, series, batchAndTime);
  }
}
