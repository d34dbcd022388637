import { bitsOf, list } from './program-words.ts';
import { bases, modifiers, opcodes, productForms, rowInputKinds } from './scan-program.ts';
import type { Operand, ScanInstruction, ScanProgram } from './scan-program.ts';

const magic = 0x55_4e_52_34;
const unused: Operand = { base: bases.none, row: 0, stride: 1 };

function operandWords({ base, row, stride }: Operand = unused): number[] {
  return [base, row, stride];
}

function instructionWords(own: ScanInstruction): number[] {
  return [
    opcodes.indexOf(own.opcode),
    own.rows,
    ...[own.d, own.a, own.b, own.c, own.e].flatMap(operandWords),
    modifiers.indexOf(own.f ?? 'identity'),
    modifiers.indexOf(own.g ?? 'identity'),
    productForms.indexOf(own.form ?? 'plain'),
    own.factors ?? 0,
    bitsOf(own.factor ?? 0),
    bitsOf(own.addend ?? 0),
    ...list(own.segments ?? [], (segment) => [...operandWords(segment.source), segment.weight]),
  ];
}

/** The program as 32-bit words, as native/decode-program.cc reads them. */
export function encodeScanProgram(program: ScanProgram): readonly number[] {
  return [
    magic,
    Number(program.backwards),
    program.steps,
    program.scratchRows,
    program.ringRows,
    program.parameterRows,
    program.batchRows,
    program.tape.slotRows,
    program.tape.history,
    ...list(program.tensors, (tensor) => [tensor.slotRows, tensor.slots]),
    ...list(program.streams, (stream) => [stream.tensor, stream.offset, stream.first, stream.end, stream.stride, stream.dilation]),
    ...list(program.rowInputs, (input) => [rowInputKinds.indexOf(input.kind), input.rows, input.row, bitsOf(input.literal)]),
    ...list(program.matrices, (matrix) => [matrix.rows, matrix.columns]),
    ...list(program.weights, (weight) => [weight.matrix, Number(weight.transposed), weight.first, weight.inner]),
    ...list(program.states, (state) => [state.rows, Number(state.literal !== undefined), bitsOf(state.literal ?? 0), ...operandWords(state.place)]),
    ...list(program.sumOutputs, (output) => [output.rows, output.columns]),
    ...list(program.sums, (sum) => [
      sum.kind === 'product' ? 0 : 1, ...operandWords(sum.left), sum.leftRows, ...operandWords(sum.right), sum.rightRows, sum.output, sum.row,
    ]),
    ...list(program.instructions, instructionWords),
  ];
}
