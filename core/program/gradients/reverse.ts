import type { BodyBuilder } from '../body-builder.ts';
import { constantShape, filled } from '../expressions.ts';
import type { OperationKind, ScanAttributes } from '../instruction.ts';
import { operationTable } from '../operation-table.ts';
import type { GradientContext, InputGradients, OperationRow, ResultType } from '../operation-row.ts';
import { partsOfScan } from '../operations/scan.ts';
import type { Value, ValueId } from '../value.ts';
import type { ForwardStep } from './forward-copy.ts';
import type { GradientSums } from './gradient-sums.ts';
import type { ScanGradient } from './scan-gradient.ts';

/** How the backward pass gets at a forward value: itself where both share a builder, a saved stack inside a scan. */
export type ForwardAccess = (forward: Value) => Value;

/** Walks the forward steps backwards, handing each operation's gradient to its inputs. */
export function reverseSteps(
  builder: BodyBuilder,
  steps: readonly ForwardStep[],
  active: ReadonlySet<ValueId>,
  access: ForwardAccess,
  sums: GradientSums,
): void {
  for (const step of [...steps].reverse()) {
    if (!step.inputs.some((input) => active.has(input.id))) continue;
    if (!step.outputs.some((output) => sums.of(output.id) !== undefined)) continue;
    const gradients = step.scan === undefined ? plainGradients(builder, step, access, sums) : scanGradients(builder, step, step.scan, access, sums);
    step.inputs.forEach((input, index) => {
      const gradient = gradients[index];
      if (gradient !== undefined && active.has(input.id)) sums.contribute(input.id, gradient);
    });
  }
}

function at<Item>(items: readonly Item[], index: number): Item {
  const item = items[index];
  if (item === undefined) throw new RangeError(`there is no item ${index}`);
  return item;
}

function plainGradients(builder: BodyBuilder, step: ForwardStep, access: ForwardAccess, sums: GradientSums): InputGradients {
  const context: GradientContext<OperationKind> = {
    builder,
    attributes: step.attributes,
    inputTypes: step.inputs,
    outputTypes: step.outputs,
    input: (index) => access(at(step.inputs, index)),
    output: (index) => access(at(step.outputs, index)),
    outputGradient: (index) => sums.of(at(step.outputs, index).id),
  };
  return (operationTable[step.kind] as OperationRow<OperationKind>).gradient(context);
}

function zeros(builder: BodyBuilder, type: ResultType): Value {
  return filled(builder, type.shape, 0);
}

/** Emits the backward scan beside its forward one, and sorts its results by the forward scan's inputs. */
function scanGradients(builder: BodyBuilder, step: ForwardStep, gradient: ScanGradient, access: ForwardAccess, sums: GradientSums): InputGradients {
  const attributes = step.attributes as ScanAttributes;
  const forward = partsOfScan(attributes, step.inputs);
  const finalStates = step.outputs.slice(0, attributes.stateCount);
  const stacked = step.outputs.slice(attributes.stateCount);
  const gradientOf = (value: Value): Value => sums.of(value.id) ?? zeros(builder, value);
  const results = builder.scan({
    sequences: [
      ...gradient.savedOutputs.map((output) => access(at(stacked, output))),
      ...forward.sequences.map(access),
      ...gradient.differentiatedOutputs.map((output) => gradientOf(at(stacked, output))),
    ],
    initialStates: [
      ...gradient.activeStates.map((state) => gradientOf(at(finalStates, state))),
      ...gradient.activeInvariants.map((invariant) => zeros(builder, at(forward.invariants, invariant))),
    ],
    invariants: forward.invariants.map(access),
    steps: attributes.steps,
    backwards: !attributes.backwards,
    body: gradient.backward,
  });
  const byInput = new Array<Value | undefined>(step.inputs.length).fill(undefined);
  const firstInvariant = attributes.sequenceCount + attributes.stateCount;
  gradient.activeSequences.forEach((sequence, index) => { byInput[sequence] = at(results.stacked, index); });
  gradient.activeStates.forEach((state, index) => { byInput[attributes.sequenceCount + state] = at(results.finalStates, index); });
  gradient.activeInvariants.forEach((invariant, index) => {
    byInput[firstInvariant + invariant] = at(results.finalStates, gradient.activeStates.length + index);
  });
  return byInput;
}

/** The gradient of a number with respect to itself. */
export function one(builder: BodyBuilder): Value {
  return filled(builder, constantShape([]), 1);
}
