import type { Instruction, ScanAttributes } from '../../core/program/instruction.ts';
import type { Value, ValueId } from '../../core/program/value.ts';
import { knownSize } from '../../core/shapes/size.ts';
import { emitProgram } from './emit-program.ts';
import type { EmittedProgram, LaneView } from './emit-program.ts';
import { encodeScanProgram } from './encode-scan-program.ts';
import { fuseRows } from './fuse-rows.ts';
import { lowerBody } from './lower-body.ts';
import { ScanRefusal, rowsOfShape, vectorLength } from './lowered-value.ts';
import { beyondLimits } from './program-limits.ts';
import type { StreamTensor } from './scan-program.ts';
import { settleGraph } from './settle-graph.ts';

/** How the inputs of a scan are given to the kernel. */
export interface ScanInputs {
  readonly tensors: readonly StreamTensor[];
  readonly sequences: readonly { readonly tensor: number; readonly view: LaneView }[];
  /** By state: every element's first value, where it is one number. */
  readonly initialLiterals: readonly (number | undefined)[];
}

/** A scan as the kernel runs it, and what ordinary operations do around it. Values are those of the scan's body. */
export interface LoweredScan extends EmittedProgram {
  /** The bytecode as the graph holds it. */
  readonly text: string;
  /** Instructions of the body to be done once before. */
  readonly before: readonly Instruction[];
  /** … and once after, on sums over all steps. */
  readonly after: readonly Instruction[];
  /** By state of the program: which state of the scan it is. */
  readonly rowStates: readonly number[];
  /** By sum of the program: the body's value that it is, summed over all steps, and its shape. */
  readonly sums: readonly { readonly value: ValueId; readonly shape: readonly number[] }[];
  /** States that are their first value plus sums. */
  readonly runningSums: readonly { readonly state: number; readonly addends: readonly ValueId[] }[];
}

/**
 * Lowers a scan to the kernel's bytecode. The scan must not have been hoisted: its products with sequences and its
 * running sums are what the kernel is good at.
 *
 * @throws ScanRefusal where ordinary operations must do this scan
 */
export function lowerScan(attributes: ScanAttributes, inputs: ScanInputs): LoweredScan {
  const steps = knownSize(attributes.steps);
  if (steps === undefined) throw new ScanRefusal('its number of steps is not known');
  const { graph, before, after, runningSums } = lowerBody(attributes);
  const settled = settleGraph(fuseRows(graph));
  const typeOf = (id: ValueId): Value => {
    const value = attributes.body.values[id];
    if (value === undefined) throw new RangeError(`the body has no value ${id}`);
    return value;
  };
  const emitted = emitProgram(settled, {
    ...inputs,
    backwards: attributes.backwards,
    steps,
    invariantRows: (id) => {
      const { shape } = typeOf(id);
      return rowsOfShape(shape) ?? vectorLength(shape) ?? 1;
    },
    matrixShape: (id) => {
      const [rows, columns] = typeOf(id).shape.map(knownSize);
      if (rows === undefined || columns === undefined || rows === 0 || columns === 0) throw new ScanRefusal('a matrix has a size that is not known');
      return { rows, columns };
    },
  });
  const limit = beyondLimits(emitted.program);
  if (limit !== undefined) throw new ScanRefusal(limit);
  return {
    ...emitted,
    text: encodeScanProgram(emitted.program).join(' '),
    before,
    after,
    rowStates: settled.nextStates.map((state) => state.state),
    sums: settled.sums.map(({ value, right }, index) => ({ value, shape: [emitted.program.sumOutputs[index]?.rows ?? 0, ...(right === undefined ? [] : [right.rows])] })),
    runningSums,
  };
}
