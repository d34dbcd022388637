import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeSafetensors, encodeSafetensors, SafetensorsError } from '../../../engine/runs/safetensors.ts';
import type { StoredTensor, TensorFile } from '../../../engine/runs/safetensors.ts';

/** A file with the given header and so many data bytes. */
function withHeader(header: string, dataBytes: number, statedLength = header.length): Uint8Array {
  const bytes = new Uint8Array(8 + header.length + dataBytes);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(statedLength), true);
  bytes.set(new TextEncoder().encode(header), 8);
  return bytes;
}

const entry = (shape: readonly number[], start: number, end: number): object => ({ dtype: 'F32', shape, data_offsets: [start, end] });

const storedTensor = fc.oneof(
  fc.array(fc.float()).map((values): StoredTensor => ({ shape: [values.length], values: Float32Array.from(values) })),
  fc.array(fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })).map((values): StoredTensor => ({ shape: [1, values.length], values: Int32Array.from(values) })),
  fc.uint8Array().map((values): StoredTensor => ({ shape: [values.length, 1], values })),
);

describe('safetensors', () => {
  test('what is written is read back bit for bit', () => {
    const names = fc.string().filter((name) => name !== '__metadata__' && name !== '__proto__');
    fc.assert(
      fc.property(fc.uniqueArray(fc.tuple(names, storedTensor), { selector: ([name]) => name }), fc.string(), (tensors, text) => {
        const file: TensorFile = { tensors: new Map(tensors), metadata: new Map([['text', text]]) };
        const read = decodeSafetensors(encodeSafetensors(file));
        expect(new Map([...read.tensors].toSorted())).toEqual(new Map([...file.tensors].toSorted()));
        expect(read.metadata).toEqual(file.metadata);
      }),
    );
  });

  test('the bytes are those of the format', () => {
    const bytes = encodeSafetensors({ tensors: new Map([['a', { shape: [2], values: Float32Array.of(1, -2) }]]), metadata: new Map() });
    const header = '{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}';
    expect(new TextDecoder().decode(bytes.subarray(8, 64))).toBe(`${header}  `);
    expect([...bytes.subarray(0, 8)]).toEqual([56, 0, 0, 0, 0, 0, 0, 0]);
    expect([...new Float32Array(bytes.slice(64).buffer)]).toEqual([1, -2]);
  });

  test('is read from a Buffer as well', () => {
    const bytes = encodeSafetensors({ tensors: new Map([['a', { shape: [2], values: Float32Array.of(1, -2) }]]), metadata: new Map() });
    expect(decodeSafetensors(Buffer.from(bytes)).tensors.get('a')).toEqual({ shape: [2], values: Float32Array.of(1, -2) });
  });

  test('a file cut off anywhere is refused', () => {
    const whole = encodeSafetensors({ tensors: new Map([['a', { shape: [3], values: Float32Array.of(1, 2, 3) }]]), metadata: new Map() });
    for (let length = 0; length < whole.length; length += 1) {
      expect(() => decodeSafetensors(whole.subarray(0, length))).toThrow(SafetensorsError);
    }
  });

  test.each([
    ['a header beyond the file', withHeader('{}', 0, 2 ** 50), 'its header should hold 1125899906842624 bytes, the file holds 10'],
    ['a header that is not JSON', withHeader('{"a":', 0), 'its header is not JSON'],
    ['a shape too large to exist', withHeader(JSON.stringify({ a: entry([2 ** 40, 2 ** 40], 0, 8) }), 8), '"a" (1099511627776, 1099511627776) should take'],
    ['a negative size', withHeader(JSON.stringify({ a: entry([-1], 0, 4) }), 4), '"a" has no usable shape'],
    ['a shape that its bytes do not fill', withHeader(JSON.stringify({ a: entry([3], 0, 8) }), 8), '"a" (3) should take 12 bytes, its offsets give it 8'],
    ['overlapping tensors', withHeader(JSON.stringify({ a: entry([2], 0, 8), b: entry([2], 4, 12) }), 12), '"b" starts at byte 4 of the data, 8 was expected'],
    ['offsets beyond the file', withHeader(JSON.stringify({ a: entry([4], 0, 16) }), 8), 'its tensors take 16 bytes, the file holds 8'],
    ['bytes that belong to nothing', withHeader(JSON.stringify({ a: entry([1], 0, 4) }), 8), 'its tensors take 4 bytes, the file holds 8'],
    ['an unknown type', withHeader('{"a":{"dtype":"F64","shape":[1],"data_offsets":[0,8]}}', 8), '"a" has the type F64, F32, I32 or U8 was expected'],
    ['metadata that is not text', withHeader('{"__metadata__":{"a":1}}', 0), 'its metadata "a" is not a text'],
  ])('%s is refused', (_, bytes, reason) => {
    expect(() => decodeSafetensors(bytes)).toThrow(reason);
  });
});
