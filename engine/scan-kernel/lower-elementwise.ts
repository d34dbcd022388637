import type { Instruction } from '../../core/program/instruction.ts';
import type { ValueId } from '../../core/program/value.ts';
import type { BodyLowering } from './lower-body.ts';
import { ScanRefusal, spread } from './lowered-value.ts';
import type { ComputeNode, RowReference } from './row-graph.ts';

type Parts = Omit<ComputeNode, 'kind' | 'rows'>;

/** An operation on each element alone, as one node of `rows` rows. */
export function lowerElementwise(lowering: BodyLowering, instruction: Instruction, rows: number): RowReference {
  const operand = (index: number): RowReference => spread(lowering.rowReference(instruction.inputs[index] ?? -1), rows);
  const literal = (index: number): number | undefined => literalOf(lowering, instruction.inputs[index]);
  const emit = (parts: Parts): RowReference => lowering.node({ kind: 'compute', rows, ...parts });
  const affine = (index: number, factor: number, addend: number): RowReference => emit({ opcode: 'affine', a: operand(index), factor, addend });
  const [first, second] = [literal(0), literal(1)];
  switch (instruction.kind) {
    case 'negate':
      return affine(0, -1, 0);
    case 'square':
      return emit({ opcode: 'product', factors: 1, form: 'plain', a: operand(0), f: 'square' });
    case 'exp':
    case 'log':
    case 'sqrt':
    case 'rsqrt':
    case 'abs':
    case 'sign':
    case 'sigmoid':
    case 'tanh':
    case 'relu':
      return emit({ opcode: instruction.kind, a: operand(0) });
    case 'add':
      if (first !== undefined) return affine(1, 1, first);
      if (second !== undefined) return affine(0, 1, second);
      return emit({ opcode: 'product', factors: 1, form: 'plus-addend', a: operand(0), e: operand(1) });
    case 'subtract':
      if (first !== undefined) return affine(1, -1, first);
      if (second !== undefined) return affine(0, 1, -second);
      return emit({ opcode: 'subtract', a: operand(0), b: operand(1) });
    case 'multiply':
      if (first !== undefined) return affine(1, first, 0);
      if (second !== undefined) return affine(0, second, 0);
      return emit({ opcode: 'product', factors: 2, form: 'plain', a: operand(0), b: operand(1) });
    case 'divide':
    case 'maximum':
    case 'minimum':
    case 'power':
    case 'greater':
      return emit({ opcode: instruction.kind, a: operand(0), b: operand(1) });
    case 'select':
      return emit({ opcode: 'select', a: operand(1), b: operand(2), c: operand(0) });
    case 'scan':
      throw new ScanRefusal('it has another scan inside');
    case 'constant':
    case 'random-uniform':
    case 'cosine':
    case 'matmul':
    case 'reshape':
    case 'transpose':
    case 'broadcast':
    case 'slice':
    case 'pad':
    case 'reverse':
    case 'split':
    case 'concatenate':
    case 'reduce-sum':
    case 'reduce-mean':
    case 'reduce-max':
    case 'cast':
    case 'stop-gradient':
      throw new ScanRefusal(`it uses "${instruction.kind}" within the step`);
  }
}

function literalOf(lowering: BodyLowering, id: ValueId | undefined): number | undefined {
  const value = id === undefined ? undefined : lowering.valueOf(id);
  return value?.kind === 'literal' ? value.value : undefined;
}

