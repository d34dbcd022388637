import { diagnose } from '../../core/diagnostics/diagnose.ts';
import { fail, succeed } from '../../core/diagnostics/result.ts';
import type { Result } from '../../core/diagnostics/result.ts';
import type { ElementType } from '../../core/program/value.ts';
import type { FileDoor } from '../files/file-door.ts';
import type { TensorData } from '../session.ts';
import { decodeSafetensors, SafetensorsError } from './safetensors.ts';
import type { StoredTensor, TensorFile } from './safetensors.ts';

const largestTensorFile = 8 * 2 ** 30;

/** Reads a safetensors file; null where there is none. */
export async function readTensorFile(files: FileDoor, file: string): Promise<Result<TensorFile | null>> {
  const bytes = await files.read(file, largestTensorFile);
  if (!bytes.ok) return bytes.diagnostics[0]?.code === 'file-missing' ? succeed(null) : bytes;
  try {
    return succeed(decodeSafetensors(bytes.value));
  } catch (error) {
    if (!(error instanceof SafetensorsError)) throw error;
    return fail(diagnose('weights-file-damaged', { kind: 'file', file }, { file, reason: error.message }));
  }
}

/** A stored tensor as what it should be; fails where the file holds another shape or type under that name, or nothing. */
export function tensorNamed(
  tensors: TensorFile,
  file: string,
  name: string,
  expected: { readonly type: ElementType; readonly shape: readonly number[] },
): Result<TensorData> {
  const found = tensors.tensors.get(name);
  const type = found === undefined ? null : typeOf(found);
  const fits = found !== undefined && type === expected.type && found.shape.join() === expected.shape.join();
  if (fits) return succeed({ type: expected.type, shape: expected.shape, values: found.values });
  const facts = {
    file,
    weight: `"${name}"`,
    expected: `${expected.type} (${expected.shape.join(', ')})`,
    found: found === undefined ? 'nothing' : `${type} (${found.shape.join(', ')})`,
  };
  return fail(diagnose('weights-do-not-fit', { kind: 'file', file }, facts));
}

function typeOf({ values }: StoredTensor): ElementType {
  if (values instanceof Float32Array) return 'float';
  return values instanceof Int32Array ? 'integer' : 'boolean';
}
