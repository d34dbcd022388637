import type { Operand, ScanInstruction } from './scan-program.ts';

/** Instructions that do the same to rows next to each other become one: two gates, one call. */
export function mergeNeighbours(instructions: readonly ScanInstruction[]): readonly ScanInstruction[] {
  const merged: ScanInstruction[] = [];
  for (const instruction of instructions) {
    const last = merged.at(-1);
    const both = last && joined(last, instruction);
    if (both === undefined) merged.push(instruction);
    else merged[merged.length - 1] = both;
  }
  return merged;
}

function joined(first: ScanInstruction, second: ScanInstruction): ScanInstruction | undefined {
  const sameWork = first.opcode === second.opcode && first.f === second.f && first.g === second.g && first.form === second.form &&
    first.factors === second.factors && first.factor === second.factor && first.addend === second.addend;
  if (!sameWork || ['matrix-product', 'row-sum', 'row-dot'].includes(first.opcode)) return undefined;
  const continues = (one: Operand | undefined, other: Operand | undefined): boolean => {
    if (one === undefined || other === undefined) return one === other;
    const step = one.stride === 0 ? 0 : first.rows;
    return one.base === other.base && one.stride === other.stride && one.row + step === other.row;
  };
  const operands = (['d', 'a', 'b', 'c', 'e'] as const).every((name) => continues(first[name], second[name]));
  // What the first wrote must not be what the second reads, nor may the second write over what the first read: of one
  // instruction, an operand is the destination itself or apart from it.
  const meets = (written: ScanInstruction, operand: Operand | undefined, rows: number): boolean => {
    const extent = operand?.stride === 0 ? 1 : rows;
    return operand?.base === written.d.base && operand.row < written.d.row + written.rows && written.d.row < operand.row + extent;
  };
  const reads = (['a', 'b', 'c', 'e'] as const).some((name) => meets(first, second[name], second.rows) || meets(second, first[name], first.rows));
  return operands && !reads ? { ...first, rows: first.rows + second.rows } : undefined;
}
