import { bitsOf, list } from './program-words.ts';
import { modifiers, opcodes, productForms } from './scan-program.ts';
import type { Modifier, Opcode, ProductForm } from './scan-program.ts';

/** Bytecode of operations by element as data; native/elementwise-program.h is its other half and says what each part means. */

/** Vectors are numbered: inputs, results, kept between passes, registers. Scalars: inputs, literals, temporaries. */
export interface ElementwiseOperand {
  readonly place: 'vector' | 'scalar';
  readonly index: number;
}

export interface ElementwiseInstruction {
  readonly opcode: Opcode;
  readonly d: ElementwiseOperand;
  readonly a?: ElementwiseOperand;
  readonly b?: ElementwiseOperand;
  readonly c?: ElementwiseOperand;
  readonly e?: ElementwiseOperand;
  readonly factors?: 1 | 2;
  readonly f?: Modifier;
  readonly form?: ProductForm;
  readonly factor?: number;
  readonly addend?: number;
}

export interface ElementwiseProgram {
  readonly vectorInputs: number;
  readonly vectorOutputs: number;
  readonly kept: number;
  readonly registers: number;
  readonly scalarInputs: number;
  readonly temporaries: number;
  readonly literals: readonly number[];
  /** Scalars that are results. */
  readonly scalarOutputs: readonly number[];
  readonly passes: readonly { readonly once: readonly ElementwiseInstruction[]; readonly each: readonly ElementwiseInstruction[] }[];
}

const magic = 0x55_4e_45_31;

/** As the graph holds it: 32-bit words with spaces between. */
export function encodeElementwise(program: ElementwiseProgram): string {
  const operandWords = (operand: ElementwiseOperand | undefined): readonly number[] =>
    operand === undefined ? [0, 0] : [operand.place === 'vector' ? 1 : 2, operand.index];
  const instructionWords = (own: ElementwiseInstruction): readonly number[] => [
    opcodes.indexOf(own.opcode),
    ...[own.d, own.a, own.b, own.c, own.e].flatMap(operandWords),
    own.factors ?? 0,
    modifiers.indexOf(own.f ?? 'identity'),
    productForms.indexOf(own.form ?? 'plain'),
    bitsOf(own.factor ?? 0),
    bitsOf(own.addend ?? 0),
  ];
  return [
    magic, program.vectorInputs, program.vectorOutputs, program.kept, program.registers, program.scalarInputs, program.temporaries,
    ...list(program.literals, (literal) => [bitsOf(literal)]),
    ...list(program.scalarOutputs, (index) => [index]),
    ...list(program.passes, ({ once, each }) => [...list(once, instructionWords), ...list(each, instructionWords)]),
  ].join(' ');
}
