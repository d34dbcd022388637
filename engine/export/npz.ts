import { zipSync } from 'fflate';
import type { WeightValues } from '../../core/export/exportable-model.ts';

/** An .npz archive for numpy.load: each array by its name. Format: NumPy, https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html */
export function encodeNpz(arrays: ReadonlyMap<string, WeightValues>): Uint8Array {
  const members = Object.fromEntries([...arrays].map(([name, array]) => [`${name}.npy`, encodeNpy(array)]));
  return zipSync(members, { level: 0, mtime: '1980-01-01T12:00:00' });
}

const headerAlignment = 64;
const prefixLength = 10;

/** One array as a .npy file, version 1.0: float32, little-endian, row-major. */
function encodeNpy({ shape, values }: WeightValues): Uint8Array {
  const sizes = shape.length === 1 ? `${shape[0]},` : shape.join(', ');
  const described = `{'descr': '<f4', 'fortran_order': False, 'shape': (${sizes}), }`;
  const length = Math.ceil((prefixLength + described.length + 1) / headerAlignment) * headerAlignment - prefixLength;
  const header = `${described.padEnd(length - 1)}\n`;
  const bytes = new Uint8Array(prefixLength + length + values.byteLength);
  bytes.set([0x93, ...new TextEncoder().encode('NUMPY'), 1, 0, length & 0xff, length >> 8]);
  bytes.set(new TextEncoder().encode(header), prefixLength);
  bytes.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), prefixLength + length);
  return bytes;
}
