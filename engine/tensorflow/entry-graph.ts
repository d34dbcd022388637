import type { Entry, EntryInput } from '../../core/program/program.ts';
import type { Instruction, OperationKind } from '../../core/program/instruction.ts';
import type { ValueId } from '../../core/program/value.ts';
import { batchSize, sizesEqual } from '../../core/shapes/size.ts';
import { spellBody } from './body-spelling.ts';
import { dataTypeOf, ofInteger, ofShape, ofType } from './graph-node.ts';
import type { GraphScope, GraphTensor } from './graph-scope.ts';
import type { SpellingSettings } from './operation-spelling.ts';
import { valueAt } from './operation-spelling.ts';
import { asTensor, ofGraphTensor } from './spelled-value.ts';
import type { SpelledValue } from './spelled-value.ts';
import { staticShape } from './symbolic-shape.ts';

/** The body of an entry, written: everything but its effects. */
export interface SpelledEntry {
  readonly placeholders: readonly GraphTensor[];
  readonly outputs: readonly GraphTensor[];
  readonly newValues: readonly GraphTensor[];
}

/**
 * Writes an entry under `prefix`.
 *
 * @param reads the values of the variables it reads, in order
 */
export function spellEntry(
  root: GraphScope,
  prefix: string,
  entry: Entry,
  reads: readonly GraphTensor[],
  settings: SpellingSettings,
): SpelledEntry {
  const scope = root.child(prefix, () => batchOf(scope, entry.inputs, placeholders));
  const placeholders = entry.inputs.map((input, index) => {
    const attributes = { dtype: ofType(dataTypeOf[input.type]), shape: ofShape(staticShape(input.shape)) };
    return scope.add('Placeholder', [], dataTypeOf[input.type], attributes, { name: `input_${index}` });
  });
  const { body } = entry;
  const values: (SpelledValue | undefined)[] = [];
  [...placeholders, ...reads].forEach((tensor, index) => {
    const id = body.inputs[index];
    if (id !== undefined) values[id] = ofGraphTensor(tensor);
  });
  spellBody(scope, body, values, settings);
  const tensorOf = (id: ValueId): GraphTensor => asTensor(scope, valueAt(values, id));
  const assigned = body.outputs.slice(entry.outputs.length);
  return {
    placeholders,
    outputs: body.outputs.slice(0, entry.outputs.length).map(tensorOf),
    newValues: assigned.map((id) => ownedCopy(scope, tensorOf(id), body.instructions, id)),
  };
}

/** The batch size as the first input with a batch axis shows it. */
function batchOf(scope: GraphScope, inputs: readonly EntryInput[], placeholders: readonly GraphTensor[]): GraphTensor {
  for (const [index, input] of inputs.entries()) {
    const axis = input.shape.findIndex((size) => sizesEqual(size, batchSize));
    const placeholder = placeholders[index];
    if (axis === -1 || placeholder === undefined) continue;
    const shape = scope.add('Shape', [placeholder], 'int32', { T: ofType(placeholder.type), out_type: ofType('int32') });
    const bounds = [scope.integers([axis]), scope.integers([axis + 1]), scope.integers([1])];
    return scope.add('StridedSlice', [shape, ...bounds], 'int32', {
      T: ofType('int32'),
      Index: ofType('int32'),
      shrink_axis_mask: ofInteger(1),
      begin_mask: ofInteger(0),
      end_mask: ofInteger(0),
      ellipsis_mask: ofInteger(0),
      new_axis_mask: ofInteger(0),
    });
  }
  throw new Error('an entry whose shapes contain the batch has an input with a batch axis');
}

/** Operations whose result may be the very memory of their operand. */
const aliasing: ReadonlySet<OperationKind> = new Set<OperationKind>([
  'reshape', 'slice', 'split', 'cast', 'transpose', 'broadcast', 'concatenate', 'pad', 'reverse', 'reduce-sum', 'reduce-mean', 'reduce-max',
  'stop-gradient', 'scan',
]);

/**
 * A new value of a variable in memory of its own. A variable keeps what it is given without copying, and what is fed may
 * be the caller's own array, which the caller will fill with something else.
 */
function ownedCopy(scope: GraphScope, tensor: GraphTensor, instructions: readonly Instruction[], id: ValueId): GraphTensor {
  const maker = instructions.find((instruction) => instruction.outputs.includes(id));
  if (maker !== undefined && !aliasing.has(maker.kind)) return tensor;
  return deepCopy(scope, tensor);
}

export function deepCopy(scope: GraphScope, tensor: GraphTensor, name?: string): GraphTensor {
  return scope.add('DeepCopy', [tensor], tensor.type, { T: ofType(tensor.type) }, name === undefined ? {} : { name });
}

/** A scalar to fetch where only effects are wanted: the binding runs what it is asked to fetch. */
export function doneAfter(scope: GraphScope, name: string, controls: readonly string[]): GraphTensor {
  const value = { kind: 'tensor', tensor: { type: 'bool', shape: [], values: [1] } } as const;
  return scope.add('Const', [], 'bool', { dtype: ofType('bool'), value }, { name, controls });
}

