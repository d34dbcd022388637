import { succeed } from '../../core/diagnostics/result.ts';
import type { Result } from '../../core/diagnostics/result.ts';
import type { ParameterSlice, Program } from '../../core/program/program.ts';
import type { NamedWeight } from '../host/model-messages.ts';
import type { TensorData } from '../session.ts';
import type { Variables } from '../training/training-state.ts';
import { encodeSafetensors } from './safetensors.ts';
import type { StoredTensor, TensorFile } from './safetensors.ts';
import { tensorNamed } from './tensor-file.ts';
import { constantShape } from './variable-shape.ts';

/** The flat variable that holds every trainable weight. */
export const parametersName = 'parameters';

/** The name of a layer's weight in weights.safetensors. */
export function weightTensorName({ node, weight }: Pick<ParameterSlice, 'node' | 'weight'>): string {
  return `${node}/${weight}`;
}

/** The name of a moving statistic there, by its variable's: '<node id>/<statistic>'. */
export function movingTensorName(variable: string): string {
  return `moving/${variable}`;
}

/** The kept weights as named tensors '<node id>/<weight>', and moving statistics as 'moving/<variable>'. */
export function encodeWeights(program: Program, kept: Variables, metadata: ReadonlyMap<string, string>): Uint8Array<ArrayBuffer> {
  const tensors = new Map<string, StoredTensor>();
  for (const weight of weightsByLayer(program, kept)) tensors.set(weightTensorName(weight), weight);
  for (const { name } of movingVariables(program)) {
    const found = kept.get(name);
    if (found !== undefined) tensors.set(movingTensorName(name), found);
  }
  return encodeSafetensors({ tensors, metadata });
}

/** The variables that weights.safetensors holds, for the program that the run's document compiles to. */
export function decodeWeights(program: Program, file: TensorFile, fileName: string): Result<Variables> {
  const variables = new Map<string, TensorData>();
  const length = program.parameterLayout.reduce((sum, slice) => sum + slice.length, 0);
  const flat = new Float32Array(length);
  for (const slice of program.parameterLayout) {
    const found = tensorNamed(file, fileName, weightTensorName(slice), { type: 'float', shape: slice.shape });
    if (!found.ok) return found;
    flat.set(found.value.values, slice.offset);
  }
  if (length > 0) variables.set(parametersName, { type: 'float', shape: [length], values: flat });
  for (const variable of movingVariables(program)) {
    const found = tensorNamed(file, fileName, movingTensorName(variable.name), { type: variable.type, shape: constantShape(variable) });
    if (!found.ok) return found;
    variables.set(variable.name, found.value);
  }
  return succeed(variables);
}

/** The trainable weights, layer by layer, in the order of the layout. */
export function weightsByLayer(program: Program, variables: Variables): readonly NamedWeight[] {
  const flat = variables.get(parametersName)?.values;
  if (flat === undefined) return [];
  return program.parameterLayout.map(({ node, weight, shape, offset, length }) => ({
    node,
    weight,
    shape,
    values: Float32Array.from(flat.subarray(offset, offset + length)),
  }));
}

function movingVariables(program: Program): Program['variables'] {
  return program.variables.filter(({ role }) => role === 'moving');
}
