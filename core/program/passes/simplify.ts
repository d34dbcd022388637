import { sizesEqual } from '../../shapes/size.ts';
import type { BodyBuilder } from '../body-builder.ts';
import { reshape, transpose } from '../expressions.ts';
import type { Body, Instruction, InstructionOf } from '../instruction.ts';
import type { TensorShape, Value, ValueId } from '../value.ts';
import { emitCopy, rewriteBody } from './rewrite-body.ts';

/**
 * Computes the same value once, and lets moves that undo each other vanish: transpose after transpose, reshape after
 * reshape, either where it changes nothing, and zeros added to a tensor of the same shape. Between two recurrent layers this is what keeps sequences time-major.
 */
export function simplify(body: Body): Body {
  const seen = new Map<string, readonly Value[]>();
  const makers = new Map<ValueId, { readonly instruction: Instruction; readonly inputs: readonly Value[] }>();
  return rewriteBody(body, (builder, original, inputs) => {
    const instruction = withSimplifiedBody(original);
    const shorter = shortcut(builder, instruction, inputs, (value) => makers.get(value.id));
    if (shorter !== undefined) return [shorter];
    const key = `${instruction.kind} ${inputs.map((input) => input.id).join(' ')} ${JSON.stringify(instruction.attributes)}`;
    const same = seen.get(key);
    if (same !== undefined) return same;
    const results = emitCopy(builder, instruction, inputs);
    seen.set(key, results);
    results.forEach((result) => makers.set(result.id, { instruction, inputs }));
    return results;
  });
}

function withSimplifiedBody(instruction: Instruction): Instruction {
  if (instruction.kind !== 'scan') return instruction;
  return { ...instruction, attributes: { ...instruction.attributes, body: simplify(instruction.attributes.body) } };
}

type MakerOf = (value: Value) => { readonly instruction: Instruction; readonly inputs: readonly Value[] } | undefined;

function sameShape(first: TensorShape, second: TensorShape): boolean {
  return first.length === second.length && first.every((size, axis) => sizesEqual(size, second[axis] ?? size));
}

function shortcut(builder: BodyBuilder, instruction: Instruction, inputs: readonly Value[], makerOf: MakerOf): Value | undefined {
  const [input] = inputs;
  if (input === undefined) return undefined;
  if (instruction.kind === 'stop-gradient') return input;
  if (instruction.kind === 'add') return withoutZero(inputs, makerOf);
  if (instruction.kind === 'transpose') return shorterTranspose(builder, instruction, input, makerOf);
  if (instruction.kind !== 'reshape' && instruction.kind !== 'broadcast') return undefined;
  if (sameShape(input.shape, instruction.attributes.shape)) return input;
  const maker = makerOf(input);
  const source = maker?.inputs[0];
  if (instruction.kind !== 'reshape' || maker?.instruction.kind !== 'reshape' || source === undefined) return undefined;
  return sameShape(source.shape, instruction.attributes.shape) ? source : reshape(builder, source, instruction.attributes.shape);
}

function shorterTranspose(builder: BodyBuilder, { attributes: { permutation } }: InstructionOf<'transpose'>, input: Value, makerOf: MakerOf): Value | undefined {
  if (isIdentity(permutation)) return input;
  const maker = makerOf(input);
  const source = maker?.inputs[0];
  if (maker?.instruction.kind !== 'transpose' || source === undefined) return undefined;
  const earlier = maker.instruction.attributes.permutation;
  const combined = permutation.map((axis) => earlier[axis] ?? axis);
  return isIdentity(combined) ? source : transpose(builder, source, combined);
}

function withoutZero(inputs: readonly Value[], makerOf: MakerOf): Value | undefined {
  const isZero = (value: Value): boolean => {
    const maker = makerOf(value)?.instruction;
    return maker?.kind === 'constant' && maker.attributes.values.every((element) => element === 0);
  };
  const [first, second] = inputs;
  if (first === undefined || second === undefined || !sameShape(first.shape, second.shape)) return undefined;
  if (isZero(first)) return second;
  return isZero(second) ? first : undefined;
}

function isIdentity(permutation: readonly number[]): boolean {
  return permutation.every((axis, index) => axis === index);
}
