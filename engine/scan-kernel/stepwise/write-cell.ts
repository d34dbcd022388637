import { BodyBuilder } from '../../../core/program/body-builder.ts';
import { add, broadcast, filled, reduceSum } from '../../../core/program/expressions.ts';
import type { Body, Instruction, ScanAttributes } from '../../../core/program/instruction.ts';
import { emitCopy } from '../../../core/program/passes/rewrite-body.ts';
import type { TensorShape, Value, ValueId } from '../../../core/program/value.ts';
import { batchSize, constantSize, sizesEqual } from '../../../core/shapes/size.ts';
import type { StepwiseGroup, StepwisePlan } from './plan-groups.ts';
import { invariantShape } from './sequence-forms.ts';
import { featureAxis } from './sequence-survey.ts';
import type { SequenceSurvey } from './sequence-survey.ts';

/** A group as a scan; values are those of the body it was in. */
export interface StepwiseScan {
  readonly attributes: ScanAttributes;
  /** What its sequences and its invariants are; an invariant is given the shape that the cell takes. */
  readonly sequences: readonly ValueId[];
  readonly invariants: readonly { readonly value: ValueId; readonly shape: TensorShape }[];
  /** What its final states are: sums over all steps, which begin at zero. */
  readonly sums: readonly { readonly value: ValueId; readonly shape: TensorShape }[];
  /** What its stacked outputs are. */
  readonly stacked: readonly ValueId[];
}

const stepShape = (features: number): TensorShape => [batchSize, constantSize(features)];

/** Writes what a group does at one step. */
export function writeCell(body: Body, plan: StepwisePlan, { steps, members }: StepwiseGroup): StepwiseScan {
  const { survey, joinOf, isReadOutside } = plan;
  const own = new Set(members);
  const cell = new BodyBuilder();
  const constants = new Map(body.instructions.flatMap((made) => (made.kind === 'constant' && made.attributes.values.length === 1 ? [[made.outputs[0]!, made] as const] : [])));
  const inside = new Map<ValueId, Value>();
  const sequences: { readonly value: ValueId; readonly input: Value }[] = [];
  const invariants: { readonly value: ValueId; readonly shape: TensorShape; readonly input: Value }[] = [];
  const typeOf = (id: ValueId): Value => body.values[id] ?? missing(id);

  const literal = (id: ValueId): Value | undefined => {
    const constant = constants.get(id);
    return constant && cell.emitOne('constant', [], { ...constant.attributes, shape: [] });
  };
  const invariant = (id: ValueId, shape: TensorShape): Value => {
    const known = invariants.find((own) => own.value === id && own.shape.length === shape.length && own.shape.every((size, axis) => sizesEqual(size, shape[axis] ?? size)));
    if (known !== undefined) return known.input;
    const input = cell.input(typeOf(id).type, shape);
    invariants.push({ value: id, shape, input });
    return input;
  };
  const sequence = (id: ValueId, features: number): Value => {
    const input = cell.input(typeOf(id).type, stepShape(features));
    sequences.push({ value: id, input });
    inside.set(id, input);
    return input;
  };
  /** Any operand: of the group, of its sequences, or the same at every step. */
  const operand = (instruction: Instruction, index: number): Value => {
    const id = instruction.inputs[index] ?? missing(index);
    const source = survey.sourceOf(id);
    const known = inside.get(source);
    if (known !== undefined) return known;
    const form = survey.formOf(source);
    const join = joinOf(source);
    if (join !== undefined && !own.has(join)) {
      const [joined = missing(source)] = stepOf(cell, survey, join, join.inputs.map((_, part) => operand(join, part)));
      inside.set(source, joined);
      return joined;
    }
    if (form !== undefined) return sequence(source, form.features);
    if (instruction.kind === 'matmul') return invariant(source, typeOf(source).shape);
    const layout = instruction.inputs.map((input) => survey.formOf(input)).find((found) => found !== undefined)?.layout ?? 'rows';
    const given = literal(source) ?? invariant(source, invariantShape(typeOf(source).shape, layout) ?? missing(source));
    // Only operations by element stretch what they are given.
    return instruction.kind === 'concatenate' ? broadcast(cell, given, stepShape(survey.formOf(id)?.features ?? missing(id))) : given;
  };

  const sums: { readonly value: ValueId; readonly shape: TensorShape; readonly input: Value; readonly next: Value }[] = [];
  for (const instruction of members) {
    const operands = instruction.inputs.map((_, index) => operand(instruction, index));
    const results = stepOf(cell, survey, instruction, operands);
    const isSum = survey.roleOf(instruction)?.kind === 'sum';
    instruction.outputs.forEach((id, index) => {
      const result = results[index] ?? missing(id);
      if (!isSum) return void inside.set(id, result);
      const input = cell.input('float', result.shape);
      sums.push({ value: id, shape: result.shape, input, next: add(cell, input, result) });
    });
  }
  const stacked = members.flatMap(({ outputs }) => outputs.filter((id) => inside.has(id) && isReadOutside(id, own)));
  const finished = cell.finish([...sums.map(({ next }) => next), ...stacked.map((id) => inside.get(id)!)]);
  const inputs = [...sequences, ...sums, ...invariants].map(({ input }) => input.id);
  return {
    attributes: {
      body: { ...finished, inputs }, steps: constantSize(steps), backwards: false,
      sequenceCount: sequences.length, stateCount: sums.length, invariantCount: invariants.length,
    },
    sequences: sequences.map(({ value }) => value),
    invariants: invariants.map(({ value, shape }) => ({ value, shape })),
    sums: sums.map(({ value, shape }) => ({ value, shape })),
    stacked,
  };
}

/** The instruction on one step: rows [batch, features] in place of sequences. */
function stepOf(cell: BodyBuilder, survey: SequenceSurvey, instruction: Instruction, operands: readonly Value[]): readonly Value[] {
  const [first] = operands;
  if (first === undefined) throw new RangeError('an instruction of a group reads something');
  const { kind } = instruction;
  if (kind === 'slice') return cell.emit('slice', operands, { ...instruction.attributes, axis: 1 });
  if (kind === 'pad') return cell.emit('pad', operands, { ...instruction.attributes, axis: 1 });
  if (kind === 'split') return cell.emit('split', operands, { ...instruction.attributes, axis: 1 });
  if (kind === 'concatenate') return cell.emit('concatenate', operands, { axis: 1 });
  if (kind === 'broadcast') return [broadcast(cell, first, stepShape(survey.formOf(instruction.outputs[0] ?? -1)?.features ?? 1))];
  if (kind !== 'reduce-sum' && kind !== 'reduce-mean') return emitCopy(cell, instruction, operands);
  if (survey.roleOf(instruction)?.kind === 'step') return cell.emit(kind, operands, { axes: [1], keepAxes: true });
  const form = survey.formOf(instruction.inputs[0] ?? -1);
  const overFeatures = form !== undefined && instruction.attributes.axes.includes(featureAxis(form) ?? -1);
  return [reduceSum(cell, first, overFeatures ? [0, 1] : [0])];
}

/** Sums begin at zero. */
export function initialSums(builder: BodyBuilder, { sums }: StepwiseScan): readonly Value[] {
  return sums.map(({ shape }) => filled(builder, shape, 0));
}

function missing(what: number): never {
  throw new RangeError(`a group lacks ${what}`);
}
