import { BodyBuilder } from '../../core/program/body-builder.ts';
import { add, filled, matmul, reduceSum, reshape, transpose } from '../../core/program/expressions.ts';
import type { Body, Instruction } from '../../core/program/instruction.ts';
import { emitCopy, rewriteBody } from '../../core/program/passes/rewrite-body.ts';
import type { Value, ValueId } from '../../core/program/value.ts';
import { batchSize, productOfSizes, sizesEqual } from '../../core/shapes/size.ts';

const batchAndTime = [1, 0, 2] as const;

/**
 * Products over all steps at once, [batch · time, features] · matrix, as scans without a state; sums over all rows, which
 * are the gradients of a dense layer, as scans that only add up. Beside recurrent layers the sequences then stay in the
 * kernel's own layout. Bodies without a scan stay as they are.
 */
export function stepwiseProducts(body: Body): Body {
  if (!body.instructions.some((instruction) => instruction.kind === 'scan')) return body;
  const sources = new Map<ValueId, Value>();
  return rewriteBody(body, (builder, instruction, inputs) => {
    const stepwise = rewritten(builder, instruction, inputs.map((input) => sources.get(input.id)), inputs);
    if (stepwise !== undefined) return [stepwise];
    const results = emitCopy(builder, instruction, inputs);
    const [input] = inputs;
    const [result] = results;
    if (instruction.kind === 'reshape' && input !== undefined && result?.shape.length === 2 && isSequence(input) && sameFeatures(input, result)) sources.set(result.id, input);
    return results;
  });
}

/** [batch, time, features] of floats, of a known time. */
function isSequence({ type, shape: [batch, time, features], shape }: Value): boolean {
  return type === 'float' && shape.length === 3 && batch !== undefined && sizesEqual(batch, batchSize) && time?.kind === 'constant' && time.value > 1 && features?.kind === 'constant';
}

function sameFeatures(sequence: Value, matrix: Value): boolean {
  const [own, other] = [sequence.shape[2], matrix.shape[1]];
  return own !== undefined && other !== undefined && sizesEqual(own, other);
}

function isConstantMatrix({ shape }: Value): boolean {
  return shape.length === 2 && shape.every((size) => size.kind === 'constant');
}

function rewritten(builder: BodyBuilder, instruction: Instruction, sources: readonly (Value | undefined)[], inputs: readonly Value[]): Value | undefined {
  const [first, second] = sources;
  const [, right] = inputs;
  if (instruction.kind === 'reduce-sum' && first !== undefined) {
    const { axes, keepAxes } = instruction.attributes;
    return axes.length === 1 && axes[0] === 0 && !keepAxes ? summed(builder, [first], (cell, [rows]) => reduceSum(cell, rows!, [0])) : undefined;
  }
  if (instruction.kind !== 'matmul' || first === undefined || right === undefined) return undefined;
  const { transposeLeft, transposeRight } = instruction.attributes;
  if (!transposeLeft && isConstantMatrix(right)) return multiplied(builder, first, right, transposeRight);
  const alike = second !== undefined && first.shape.slice(0, 2).every((size, axis) => sizesEqual(size, second.shape[axis] ?? size));
  if (!transposeLeft || transposeRight || second === undefined || !alike) return undefined;
  return summed(builder, [first, second], (cell, [left, other]) => matmul(cell, left!, other!, { transposeLeft: true }));
}

function stepsOf(sequence: Value): Value['shape'][number] {
  return sequence.shape[1] ?? batchSize;
}

/** One step of a sequence, as an input of a cell. */
function stepInput(cell: BodyBuilder, { shape: [batch = batchSize, , features = batchSize] }: Value): Value {
  return cell.input('float', [batch, features]);
}

function multiplied(builder: BodyBuilder, sequence: Value, matrix: Value, transposeRight: boolean): Value {
  const cell = new BodyBuilder();
  const rows = stepInput(cell, sequence);
  const product = matmul(cell, rows, cell.input('float', matrix.shape), { transposeRight });
  const { stacked: [products] } = builder.scan({
    sequences: [transpose(builder, sequence, batchAndTime)], initialStates: [], invariants: [matrix],
    steps: stepsOf(sequence), backwards: false, body: cell.finish([product]),
  });
  return asRows(builder, transpose(builder, products!, batchAndTime));
}

/** [batch, time, features] as [batch · time, features]. */
function asRows(builder: BodyBuilder, sequence: Value): Value {
  const [batch, time, features] = sequence.shape;
  if (batch === undefined || time === undefined || features === undefined) throw new TypeError('a sequence has the axes batch, time and feature');
  return reshape(builder, sequence, [productOfSizes([batch, time]), features]);
}

function summed(builder: BodyBuilder, sequences: readonly Value[], term: (cell: BodyBuilder, rows: readonly Value[]) => Value): Value {
  const cell = new BodyBuilder();
  const rows = sequences.map((sequence) => stepInput(cell, sequence));
  const probe = new BodyBuilder();
  const { shape } = term(probe, sequences.map((sequence) => stepInput(probe, sequence)));
  const sum = cell.input('float', shape);
  const { finalStates: [total] } = builder.scan({
    sequences: sequences.map((sequence) => transpose(builder, sequence, batchAndTime)),
    initialStates: [filled(builder, shape, 0)], invariants: [], steps: stepsOf(sequences[0]!), backwards: false,
    body: cell.finish([add(cell, sum, term(cell, rows))]),
  });
  return total!;
}
