import type { Instruction } from '../../core/program/instruction.ts';
import type { ValueId } from '../../core/program/value.ts';
import type { LoweredValue } from './lowered-value.ts';

/**
 * Whether an instruction is linear in its summed operands: then doing it once on Σ over steps is the same as summing
 * over steps what it gives.
 */
export function isLinearInSums(instruction: Instruction, valueOf: (id: ValueId) => LoweredValue): boolean {
  const operands = instruction.inputs.map(valueOf);
  const isSummed = (value: LoweredValue | undefined): boolean => value?.kind === 'summed';
  const isConstant = (value: LoweredValue | undefined): boolean => value?.kind === 'invariant' || value?.kind === 'literal';
  const isZero = (value: LoweredValue): boolean => value.kind === 'literal' && value.value === 0;
  switch (instruction.kind) {
    case 'add':
    case 'subtract':
    case 'concatenate':
      return operands.every((value) => isSummed(value) || isZero(value));
    case 'negate':
    case 'reshape':
    case 'transpose':
    case 'broadcast':
    case 'slice':
    case 'pad':
    case 'split':
    case 'reduce-sum':
    case 'stop-gradient':
      return operands.every(isSummed);
    case 'multiply':
    case 'matmul':
      return operands.filter(isSummed).length === 1 && operands.every((value) => isSummed(value) || isConstant(value));
    case 'divide':
      return isSummed(operands[0]) && isConstant(operands[1]);
    case 'constant':
    case 'exp':
    case 'log':
    case 'sqrt':
    case 'rsqrt':
    case 'square':
    case 'abs':
    case 'sign':
    case 'sigmoid':
    case 'tanh':
    case 'cosine':
    case 'relu':
    case 'maximum':
    case 'minimum':
    case 'power':
    case 'greater':
    case 'select':
    case 'cast':
    case 'reduce-mean':
    case 'reduce-max':
    case 'reverse':
    case 'random-uniform':
    case 'scan':
      return false;
  }
}
