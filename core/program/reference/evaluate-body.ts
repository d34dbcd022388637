import type { Body, Instruction } from '../instruction.ts';
import { operationTable } from '../operation-table.ts';
import type { OperationRow, ReferenceEnvironment } from '../operation-row.ts';
import type { NumericTensor } from './numeric-tensor.ts';

/** What an evaluation is told from outside. Without a source of random numbers, asking for one throws. */
export interface EvaluationSettings {
  readonly batch: number;
  readonly uniform?: ReferenceEnvironment['uniform'];
  /** What is kept of a number that an operation computes, such as what a rounding leaves of it; all of it where this is left out. */
  readonly rounded?: (value: number) => number;
}

function noRandomness(): never {
  throw new Error('the reference evaluator draws no random numbers of its own: inject them');
}

/** The meaning of a body in float64 by plain loops: what every engine is held against. For tests; slow. */
export function evaluateBody(body: Body, inputs: readonly NumericTensor[], settings: EvaluationSettings): readonly NumericTensor[] {
  const environment: ReferenceEnvironment = {
    batch: settings.batch,
    uniform: settings.uniform ?? noRandomness,
    evaluate: (inner, innerInputs) => run(inner, innerInputs, environment, settings.rounded),
  };
  return run(body, inputs, environment, settings.rounded);
}

function run(body: Body, inputs: readonly NumericTensor[], environment: ReferenceEnvironment, rounded: EvaluationSettings['rounded']): readonly NumericTensor[] {
  if (inputs.length !== body.inputs.length) throw new RangeError(`the body takes ${body.inputs.length} inputs, not ${inputs.length}`);
  const table = new Map<number, NumericTensor>();
  body.inputs.forEach((id, index) => {
    const input = inputs[index];
    if (input !== undefined) table.set(id, input);
  });
  const read = (id: number): NumericTensor => {
    const tensor = table.get(id);
    if (tensor === undefined) throw new RangeError(`value ${id} is read before it is computed`);
    return tensor;
  };
  for (const instruction of body.instructions) {
    const results = evaluateInstruction(instruction, instruction.inputs.map(read), environment);
    instruction.outputs.forEach((id, index) => {
      const result = results[index];
      if (result === undefined) return;
      // What a scan gives was rounded in its body.
      table.set(id, rounded === undefined || instruction.kind === 'scan' ? result : { ...result, values: result.values.map(rounded) });
    });
  }
  return body.outputs.map(read);
}

function evaluateInstruction(instruction: Instruction, inputs: readonly NumericTensor[], environment: ReferenceEnvironment): readonly NumericTensor[] {
  // The table is typed row by row; one dynamic look-up joins a row with its own attributes.
  const row = operationTable[instruction.kind] as OperationRow<Instruction['kind']>;
  return row.reference(inputs, instruction.attributes, environment);
}
