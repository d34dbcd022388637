import type { OperationKind } from './instruction.ts';
import type { OperationRow } from './operation-row.ts';
import { binaryRows } from './operations/binary.ts';
import { choosingRows } from './operations/choosing.ts';
import { joiningRows } from './operations/joining.ts';
import { matmulRows } from './operations/matmul.ts';
import { reductionRows } from './operations/reductions.ts';
import { scanRows } from './operations/scan.ts';
import { sourceRows } from './operations/sources.ts';
import { structureRows } from './operations/structure.ts';
import { unaryRows } from './operations/unary.ts';

/** Every operation of the tensor program: its shape rule, its gradient, its meaning in float64. */
export const operationTable: { readonly [Kind in OperationKind]: OperationRow<Kind> } = {
  ...sourceRows,
  ...unaryRows,
  ...binaryRows,
  ...choosingRows,
  ...matmulRows,
  ...reductionRows,
  ...structureRows,
  ...joiningRows,
  ...scanRows,
};
