import type { ScanProgram } from './scan-program.ts';

/** What the native reader takes (native/decode-program.cc, native/word-reader.h). */
const mostSteps = 2 ** 24;
const mostRows = 2 ** 20;
const mostItems = 2 ** 14;

/** Why a program is too large for the kernel, in a clause; undefined where it is not. */
export function beyondLimits(program: ScanProgram): string | undefined {
  const { steps, tape, tensors, streams, rowInputs, matrices, weights, states, sumOutputs, sums, instructions } = program;
  const longest = Math.max(steps, ...tensors.map(({ slots }) => slots - 1), ...streams.flatMap(({ stride, dilation }) => [Math.abs(stride), dilation]));
  if (longest > mostSteps) return `it takes more than ${mostSteps.toLocaleString('en')} steps`;
  const rows = Math.max(
    program.scratchRows, program.ringRows, program.parameterRows, program.batchRows, tape.slotRows, ...tensors.map(({ slotRows }) => slotRows),
    ...matrices.flatMap((matrix) => [matrix.rows, matrix.columns]), ...sumOutputs.flatMap((output) => [output.rows, output.columns]),
  );
  if (rows > mostRows) return `it has more than ${mostRows.toLocaleString('en')} features at a step`;
  const items = Math.max(...[tensors, streams, rowInputs, matrices, weights, states, sumOutputs, sums, instructions].map(({ length }) => length));
  return items > mostItems ? `it has more than ${mostItems.toLocaleString('en')} instructions or weights` : undefined;
}
