import type { Body, Instruction, InstructionOf, OperationKind } from '../../core/program/instruction.ts';
import type { Value, ValueId } from '../../core/program/value.ts';
import type { GraphScope, GraphTensor } from './graph-scope.ts';
import { asTensor } from './spelled-value.ts';
import type { SpelledValue } from './spelled-value.ts';

/** How to write bodies inside bodies; chosen once for a graph. */
export interface SpellingSettings {
  /** Scans of at most this many steps are unrolled, above they become a While loop. */
  readonly unrolledSteps: number;
  /** … and at most this many instructions in all. */
  readonly unrolledInstructions: number;
  /** Scans go to the scan kernel where it takes them; it must be loaded then. */
  readonly scanKernel: boolean;
}

/** Writes the instructions of a body (all, or those given) that `values` does not hold yet, and adds their results to it. */
export type BodySpeller = (
  scope: GraphScope,
  body: Body,
  values: (SpelledValue | undefined)[],
  settings: SpellingSettings,
  instructions?: readonly Instruction[],
) => void;

/** One instruction about to be written. */
export interface SpellingSite<Kind extends OperationKind> {
  readonly scope: GraphScope;
  readonly attributes: InstructionOf<Kind>['attributes'];
  readonly operands: readonly SpelledValue[];
  readonly operandTypes: readonly Value[];
  readonly resultTypes: readonly Value[];
  readonly settings: SpellingSettings;
  readonly spellBody: BodySpeller;
}

/** The engine row of an operation: writes nodes, gives its results in order. */
export type OperationSpelling<Kind extends OperationKind> = (site: SpellingSite<Kind>) => readonly SpelledValue[];

export function operandAt(site: SpellingSite<OperationKind>, index: number): SpelledValue {
  const operand = site.operands[index];
  if (operand === undefined) throw new RangeError(`an operation has no operand ${index}`);
  return operand;
}

/** Operand `index` as one tensor. */
export function tensorAt(site: SpellingSite<OperationKind>, index: number): GraphTensor {
  return asTensor(site.scope, operandAt(site, index));
}

export function operandTypeAt(site: SpellingSite<OperationKind>, index: number): Value {
  const type = site.operandTypes[index];
  if (type === undefined) throw new RangeError(`an operation has no operand ${index}`);
  return type;
}

export function resultTypeAt(site: SpellingSite<OperationKind>, index: number): Value {
  const type = site.resultTypes[index];
  if (type === undefined) throw new RangeError(`an operation has no result ${index}`);
  return type;
}

export function valueAt(values: readonly (SpelledValue | undefined)[], id: ValueId): SpelledValue {
  const value = values[id];
  if (value === undefined) throw new RangeError(`value ${id} is used before it is computed`);
  return value;
}

export function typeAt(body: Body, id: ValueId): Value {
  const type = body.values[id];
  if (type === undefined) throw new RangeError(`a body has no value ${id}`);
  return type;
}
