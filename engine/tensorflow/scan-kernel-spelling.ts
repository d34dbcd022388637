import type { Instruction, ScanAttributes } from '../../core/program/instruction.ts';
import { partsOfScan } from '../../core/program/operations/scan.ts';
import type { Value, ValueId } from '../../core/program/value.ts';
import { knownSize } from '../../core/shapes/size.ts';
import { lowerScan } from '../scan-kernel/lower-scan.ts';
import type { LoweredScan, ScanInputs } from '../scan-kernel/lower-scan.ts';
import { ScanRefusal, rowsOfShape } from '../scan-kernel/lowered-value.ts';
import { wholeWindow } from '../scan-kernel/step-windows.ts';
import { dataTypeOf, ofBoolean, ofInteger, ofText, ofType } from './graph-node.ts';
import type { DataType } from './graph-node.ts';
import type { GraphScope, GraphTensor } from './graph-scope.ts';
import type { LaneSequence } from './lane-tensors.ts';
import { toLanes } from './lane-tensors.ts';
import { operandAt, operandTypeAt, typeAt, valueAt } from './operation-spelling.ts';
import type { SpellingSite } from './operation-spelling.ts';
import { asTensor, ofGraphTensor } from './spelled-value.ts';
import type { SpelledValue } from './spelled-value.ts';

/**
 * A scan as one operation of the scan kernel, between ordinary operations for what does not change from step to step and
 * for what can be done after the last one.
 *
 * @throws ScanRefusal where the kernel does not take this scan
 */
export function spellKernelScan(site: SpellingSite<'scan'>): readonly SpelledValue[] {
  const { scope, attributes, operands } = site;
  const { body, sequenceCount, stateCount } = attributes;
  const given = partsOfScan(attributes, operands);
  const steps = knownSize(attributes.steps);
  if (steps === undefined) throw new ScanRefusal('its number of steps is not known');
  const sequences = given.sequences.map((sequence, index) => laneSequence(scope, sequence, operandTypeAt(site, index), steps));
  const tensors = [...new Set(sequences.map((sequence) => sequence.tensor))];
  const lowered = lowerScan(attributes, {
    tensors: tensors.map((tensor) => {
      const { slotRows, slots } = sequences.find((sequence) => sequence.tensor === tensor) ?? failed();
      return { slotRows, slots };
    }),
    sequences: sequences.map(({ tensor, view }) => ({ tensor: tensors.indexOf(tensor), view })),
    initialLiterals: given.states.map((state) => (state.kind === 'uniform' ? state.value : undefined)),
  });

  const values: (SpelledValue | undefined)[] = [];
  body.inputs.slice(sequenceCount + stateCount).forEach((id, index) => { values[id] = given.invariants[index]; });
  const wanted = [...lowered.rowInputs.map((input) => input.value), ...lowered.matrices, ...lowered.after.flatMap((instruction) => instruction.inputs)];
  site.spellBody(scope, body, values, site.settings, neededFor(wanted, lowered.before));
  const outputs = scanOutputs(scope, lowered, tensors, [
    ...lowered.rowInputs.map((input) => asRowInput(scope, typeAt(body, input.value), valueAt(values, input.value), input)),
    ...lowered.matrices.map((id) => asFloat(scope, asTensor(scope, valueAt(values, id)))),
    ...lowered.rowStates.flatMap((state) => {
      const initial = given.states[state] ?? failed();
      return initial.kind === 'uniform' ? [] : [asColumns(scope, operandTypeAt(site, sequenceCount + state), asTensor(scope, initial))];
    }),
  ]);

  lowered.sums.forEach(({ value }, index) => {
    values[value] = ofGraphTensor(asSum(scope, typeAt(body, value), lowered.sums[index]?.shape ?? [], outputs.sums[index] ?? failed()));
  });
  site.spellBody(scope, body, values, site.settings, lowered.after);
  const finals = Array.from({ length: stateCount }, (_, state): SpelledValue => {
    const row = lowered.rowStates.indexOf(state);
    if (row >= 0) return ofGraphTensor(asItsType(scope, operandTypeAt(site, sequenceCount + state), outputs.finals[row] ?? failed()));
    const addends = lowered.runningSums.find((sum) => sum.state === state)?.addends ?? [];
    return totalOf(scope, operandAt(site, sequenceCount + state), addends.map((id) => valueAt(values, id)));
  });
  const { slotRows, history } = lowered.program.tape;
  const tape = { tensor: outputs.tape, slotRows, slots: steps + history, steps };
  const stacked = body.outputs.slice(stateCount).map((id, index): SpelledValue => ({
    kind: 'lanes', lanes: { ...tape, view: lowered.stacked[index] ?? failed() }, batchFirst: false, element: dataTypeOf[typeAt(body, id).type], rank: typeAt(body, id).shape.length + 1,
  }));
  return [...finals, ...stacked];
}

/** A scan's inputs as if each sequence came in a tensor of its own and each initial state in another. */
export function separateSequences({ body, sequenceCount, steps }: ScanAttributes): ScanInputs {
  const slots = knownSize(steps) ?? 0;
  const rows = body.inputs.slice(0, sequenceCount).map((id) => rowsOfShape(typeAt(body, id).shape) ?? 1);
  return {
    tensors: rows.map((slotRows) => ({ slotRows, slots })),
    sequences: rows.map((own, tensor) => ({ tensor, view: { row: 0, rows: own, ...wholeWindow(slots) } })),
    initialLiterals: [],
  };
}

/** Why the kernel would not take a scan; undefined where it would. */
export function kernelRefusal(attributes: ScanAttributes): string | undefined {
  try {
    lowerScan(attributes, separateSequences(attributes));
    return undefined;
  } catch (error) {
    if (error instanceof ScanRefusal) return error.message;
    throw error;
  }
}

/** Whether a scan that the kernel takes means the same in either direction: it has no states but sums. */
export function isDirectionFree(attributes: ScanAttributes): boolean {
  return kernelRefusal(attributes) === undefined && lowerScan(attributes, separateSequences(attributes)).rowStates.length === 0;
}

function failed(): never {
  throw new RangeError('a lowered scan and its site disagree');
}

/** The instructions among `instructions`, in order, that `wanted` depends on. */
function neededFor(wanted: readonly ValueId[], instructions: readonly Instruction[]): readonly Instruction[] {
  const needed = new Set(wanted);
  for (const instruction of [...instructions].reverse()) {
    if (instruction.outputs.some((id) => needed.has(id))) instruction.inputs.forEach((id) => needed.add(id));
  }
  return instructions.filter((instruction) => instruction.outputs.some((id) => needed.has(id)));
}

function laneSequence(scope: GraphScope, sequence: SpelledValue, type: Value, steps: number): LaneSequence {
  const rows = rowsOfShape(type.shape.slice(1));
  if (rows === undefined) throw new ScanRefusal('it reads a sequence that is not (time, batch, feature)');
  if (type.type === 'integer') throw new ScanRefusal('it reads integers');
  if (sequence.kind === 'lanes' && !sequence.batchFirst) return sequence.lanes;
  if (sequence.kind === 'swapped' && type.type === 'float') return toLanes(scope, sequence.tensor, true, steps, rows);
  const plain = asFloat(scope, asTensor(scope, sequence));
  if (type.shape.length === 3) return toLanes(scope, plain, false, steps, rows);
  return toLanes(scope, scope.once('steps of columns', plain, () => reshaped(scope, plain, [steps, -1, 1])), false, steps, rows);
}

function asFloat(scope: GraphScope, tensor: GraphTensor): GraphTensor {
  if (tensor.type === 'float32') return tensor;
  return scope.once('float', tensor, () => scope.add('Cast', [tensor], 'float32', { SrcT: ofType(tensor.type), DstT: ofType('float32'), Truncate: ofBoolean(false) }));
}

function reshaped(scope: GraphScope, tensor: GraphTensor, shape: readonly number[]): GraphTensor {
  return scope.add('Reshape', [tensor, scope.integers(shape)], tensor.type, { T: ofType(tensor.type), Tshape: ofType('int32') });
}

/** An invariant as the kernel takes it: a vector [rows], or [batch, rows]. */
function asRowInput(scope: GraphScope, type: Value, value: SpelledValue, { kind, rows }: LoweredScan['rowInputs'][number]): GraphTensor {
  const tensor = asFloat(scope, asTensor(scope, value));
  if (kind === 'batch') return asColumns(scope, type, tensor);
  return type.shape.length === 1 ? tensor : reshaped(scope, tensor, [rows]);
}

/** One number a series, [batch], as [batch, 1]. */
function asColumns(scope: GraphScope, type: Value, tensor: GraphTensor): GraphTensor {
  return type.shape.length === 1 ? reshaped(scope, tensor, [-1, 1]) : tensor;
}

/** … and back. */
function asItsType(scope: GraphScope, type: Value, columns: GraphTensor): GraphTensor {
  return type.shape.length === 1 ? reshaped(scope, columns, [-1]) : columns;
}

interface ScanOutputs {
  readonly tape: GraphTensor;
  readonly finals: readonly GraphTensor[];
  readonly sums: readonly GraphTensor[];
}

function scanOutputs(scope: GraphScope, lowered: LoweredScan, tensors: readonly GraphTensor[], plain: readonly GraphTensor[]): ScanOutputs {
  const { program, text, sums } = lowered;
  const finalCount = program.states.length;
  const types = new Array<DataType>(1 + finalCount + sums.length).fill('float32');
  const outputs = scope.addList('UnrollScan', [scope.batch(), ...tensors, ...plain], types, {
    program: ofText(text),
    sources: ofText(tensors.map((_, index) => index).join(' ')),
    scan_count: ofInteger(1),
    tensor_count: ofInteger(tensors.length),
    row_input_count: ofInteger(lowered.rowInputs.length),
    matrix_count: ofInteger(lowered.matrices.length),
    initial_state_count: ofInteger(program.states.filter((state) => state.literal === undefined).length),
    state_count: ofInteger(finalCount),
    sum_count: ofInteger(sums.length),
  });
  return { tape: outputs[0] ?? failed(), finals: outputs.slice(1, 1 + finalCount), sums: outputs.slice(1 + finalCount) };
}

/** Sums over steps and series as the value of the body has them: per feature, of all features, or a matrix. */
function asSum(scope: GraphScope, type: Value, found: readonly number[], tensor: GraphTensor): GraphTensor {
  const wanted = type.shape.map((size) => knownSize(size) ?? failed());
  const elements = (sizes: readonly number[]): number => sizes.reduce((product, size) => product * size, 1);
  if (wanted.length === found.length && wanted.every((size, axis) => size === found[axis])) return tensor;
  if (elements(wanted) === elements(found)) return reshaped(scope, tensor, wanted);
  const total = scope.add('Sum', [tensor, scope.integers([0])], 'float32', { T: ofType('float32'), Tidx: ofType('int32'), keep_dims: ofBoolean(false) });
  return wanted.length === 0 ? total : reshaped(scope, total, wanted);
}

function totalOf(scope: GraphScope, initial: SpelledValue, addends: readonly SpelledValue[]): SpelledValue {
  const terms = [...(initial.kind === 'uniform' && initial.value === 0 ? [] : [initial]), ...addends];
  const [first, ...rest] = terms;
  if (first === undefined) return initial;
  return ofGraphTensor(rest.reduce<GraphTensor>((sum, term) =>
    scope.add('AddV2', [sum, asTensor(scope, term)], 'float32', { T: ofType('float32') }), asTensor(scope, first)));
}

