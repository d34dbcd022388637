import { bases } from './scan-program.ts';
import type { Modifier, Operand, ScanInstruction, ScanProgram, StepWindow } from './scan-program.ts';

/** A program as text for people: one line an instruction, operands as base[first row … last row]. */
export function printScanProgram(program: ScanProgram): string {
  const names = ['scratch', 'parameters', 'batch', 'ring', ...program.streams.map((stream) => `${stream.tensor === -1 ? 'tape' : `sequence${stream.tensor}`}${slotOf(stream)}`)];
  const operand = (own: Operand | undefined, rows: number): string => {
    if (own === undefined || own.base === bases.none) return '0';
    const name = names[own.base] ?? `base${own.base}`;
    return own.stride === 0 || rows === 1 ? `${name}[${own.row}]` : `${name}[${own.row}…${own.row + rows - 1}]`;
  };
  const weight = (index: number): string => {
    const own = program.weights[index];
    if (own === undefined) return `weight${index}`;
    const matrix = program.matrices[own.matrix];
    const whole = own.inner === (own.transposed ? matrix?.columns : matrix?.rows);
    return `matrix${own.matrix}${own.transposed ? 'ᵀ' : ''}${whole ? '' : `[${own.first}…${own.first + own.inner - 1}]`}`;
  };
  const inner = (index: number): number => program.weights[index]?.inner ?? 0;
  const instruction = (own: ScanInstruction): string => {
    const of = (part: Operand | undefined): string => operand(part, own.rows);
    const oneRow = own.opcode === 'row-sum' || own.opcode === 'row-dot';
    return `${operand(own.d, oneRow ? 1 : own.rows)} = ${meaning(own, of, (segment) => `${operand(segment.source, inner(segment.weight))}·${weight(segment.weight)}`)}`;
  };
  return [
    `scan ${program.backwards ? 'backwards' : 'forwards'}: scratch ${program.scratchRows}, ring ${program.ringRows}, tape ${program.tape.slotRows}${program.tape.history === 1 ? ' with history' : ''}`,
    ...program.rowInputs.map((input) => `  ${input.kind === 'batch' ? 'batch' : 'parameters'}[${input.row}…${input.row + input.rows - 1}] ← ${input.kind === 'literal' ? input.literal : input.kind}`),
    ...program.states.map((state, index) => `  state ${index} in ${operand(state.place, state.rows)} ← ${state.literal ?? 'tensor'}`),
    ...program.instructions.map((own) => `  ${instruction(own)}`),
    ...program.sums.map((sum) => (sum.kind === 'rows'
      ? `  sum of ${operand(sum.left, sum.leftRows)}`
      : `  sum of ${operand(sum.left, sum.leftRows)}ᵀ·${operand(sum.right, sum.rightRows)}`)),
  ].join('\n');
}

/** Which slot step t is in: +1 is slot t + 1, (2t−1) slot 2t − 1, ((t+3)/2) slot (t + 3) / 2 where that is a whole number. */
function slotOf({ offset, stride, dilation }: StepWindow): string {
  const shift = offset === 0 ? '' : `${offset > 0 ? '+' : '−'}${Math.abs(offset)}`;
  if (stride === 1 && dilation === 1) return shift;
  const moved = `${stride === 1 ? '' : stride === -1 ? '−' : stride}t${shift}`;
  return dilation === 1 ? `(${moved})` : `((${moved})/${dilation})`;
}

function modified(text: string, modifier: Modifier = 'identity'): string {
  switch (modifier) {
    case 'identity': return text;
    case 'one-minus': return `(1 − ${text})`;
    case 'negate': return `(−${text})`;
    case 'square': return `${text}²`;
    case 'times-one-minus': return `(${text} − ${text}²)`;
    case 'one-minus-square': return `(1 − ${text}²)`;
  }
}

function meaning(own: ScanInstruction, of: (operand: Operand | undefined) => string, segment: (own: NonNullable<ScanInstruction['segments']>[number]) => string): string {
  switch (own.opcode) {
    case 'fill': return String(own.factor ?? 0);
    case 'affine': return `${own.factor ?? 0} · ${of(own.a)} + ${own.addend ?? 0}`;
    case 'product': {
      const first = own.form === 'sum-first' ? `(${of(own.a)} + ${of(own.e)})` : of(own.a);
      const factors = [own.factors === 1 ? modified(first, own.f) : first];
      if ((own.factors ?? 0) >= 2) factors.push(modified(of(own.b), own.f));
      if (own.factors === 3) factors.push(modified(of(own.c), own.g));
      return factors.join(' · ') + (own.form === 'plus-addend' ? ` + ${of(own.e)}` : '');
    }
    case 'sum-of-products': return `${of(own.a)} · ${modified(of(own.b), own.f)} + ${of(own.c)} · ${modified(of(own.e), own.g)}`;
    case 'row-sum': return `${own.factor ?? 0} · Σ ${of(own.a)}`;
    case 'row-dot': return `${own.factor ?? 0} · Σ ${of(own.a)} · ${modified(of(own.b), own.f)}`;
    case 'matrix-product': return [...(own.a === undefined ? [] : [of(own.a)]), ...(own.segments ?? []).map(segment)].join(' + ');
    case 'sigmoid':
    case 'tanh':
    case 'relu':
    case 'exp':
    case 'log':
    case 'sqrt':
    case 'rsqrt':
    case 'abs':
    case 'sign':
    case 'nonzero':
    case 'subtract':
    case 'divide':
    case 'maximum':
    case 'minimum':
    case 'power':
    case 'greater':
    case 'select':
      return `${own.opcode}(${[own.a, own.b, own.c].flatMap((part) => (part === undefined ? [] : [of(part)])).join(', ')})`;
  }
}
