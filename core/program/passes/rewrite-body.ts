import { BodyBuilder } from '../body-builder.ts';
import type { Body, Instruction, OperationKind } from '../instruction.ts';
import type { Value, ValueId } from '../value.ts';

/** Gives the values that stand for an instruction's results: its copy, or something better. */
export type InstructionRewrite = (builder: BodyBuilder, instruction: Instruction, inputs: readonly Value[]) => readonly Value[];

/** The instruction as it was, on new inputs. */
export function emitCopy(builder: BodyBuilder, instruction: Instruction, inputs: readonly Value[]): readonly Value[] {
  const kind: OperationKind = instruction.kind;
  return builder.emit(kind, inputs, instruction.attributes);
}

/** Copies a body instruction by instruction through `rewrite`. Inputs and outputs keep their order; names of values stay. */
export function rewriteBody(body: Body, rewrite: InstructionRewrite): Body {
  const builder = new BodyBuilder();
  const copies = new Map<ValueId, Value>();
  const copyOf = (id: ValueId): Value => {
    const copy = copies.get(id);
    if (copy === undefined) throw new RangeError(`value ${id} is read before it is computed`);
    return copy;
  };
  for (const id of body.inputs) {
    const input = body.values[id];
    if (input !== undefined) copies.set(id, builder.input(input.type, input.shape, input.origin));
  }
  for (const instruction of body.instructions) {
    const results = rewrite(builder, instruction, instruction.inputs.map(copyOf));
    instruction.outputs.forEach((id, index) => {
      const result = results[index];
      const origin = body.values[id]?.origin;
      if (result !== undefined) copies.set(id, origin === undefined || result.origin !== undefined ? result : builder.name(result, origin));
    });
  }
  return builder.finish(body.outputs.map(copyOf));
}
