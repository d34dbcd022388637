import type { InstructionOf, OperationKind } from '../../core/program/instruction.ts';
import type { Value } from '../../core/program/value.ts';
import type { OnnxScope } from './onnx-scope.ts';

/** One operation about to be written. */
export interface OnnxSite<Kind extends OperationKind> {
  readonly scope: OnnxScope;
  readonly attributes: InstructionOf<Kind>['attributes'];
  /** Names of what it reads. */
  readonly operands: readonly string[];
  readonly operandTypes: readonly Value[];
  readonly resultTypes: readonly Value[];
  /** What the result is called. */
  readonly called: string;
}
