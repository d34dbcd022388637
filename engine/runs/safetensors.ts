/** A tensor as a safetensors file holds it: row-major, little-endian. */
export interface StoredTensor {
  readonly shape: readonly number[];
  readonly values: Float32Array | Int32Array | Uint8Array;
}

/** What a safetensors file holds: tensors by name, in file order, and texts by name. */
export interface TensorFile {
  readonly tensors: ReadonlyMap<string, StoredTensor>;
  readonly metadata: ReadonlyMap<string, string>;
}

/** A file that is not, or no longer, what the format promises. */
export class SafetensorsError extends Error {
  override readonly name = 'SafetensorsError';
}

const metadataKey = '__metadata__';
const largestHeader = 16 << 20;
const elementSize = { F32: 4, I32: 4, U8: 1 } as const;
type StoredType = keyof typeof elementSize;

interface HeaderEntry {
  readonly name: string;
  readonly type: StoredType;
  readonly shape: readonly number[];
  readonly start: number;
  readonly end: number;
}

/**
 * Writes the safetensors format: header length (8 bytes, little-endian), JSON header padded with spaces to a multiple of
 * 8 bytes, then the tensors' bytes without gaps. Throws RangeError where values do not fill their shape.
 * Source: Hugging Face (2022), https://github.com/huggingface/safetensors#format
 */
export function encodeSafetensors(file: TensorFile): Uint8Array<ArrayBuffer> {
  const header: Record<string, unknown> = {};
  if (file.metadata.size > 0) header[metadataKey] = Object.fromEntries(file.metadata);
  let length = 0;
  for (const [name, { shape, values }] of file.tensors) {
    const count = shape.reduce((product, size) => product * size, 1);
    if (count !== values.length) throw new RangeError(`${values.length} values for (${shape.join(', ')}) of ${name}`);
    header[name] = { dtype: typeOf(values), shape, data_offsets: [length, length + values.byteLength] };
    length += values.byteLength;
  }
  const json = new TextEncoder().encode(JSON.stringify(header));
  const headerLength = Math.ceil(json.length / 8) * 8;
  const bytes = new Uint8Array(8 + headerLength + length);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(headerLength), true);
  bytes.fill(0x20, 8, 8 + headerLength);
  bytes.set(json, 8);
  let position = 8 + headerLength;
  for (const { values } of file.tensors.values()) {
    bytes.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), position);
    position += values.byteLength;
  }
  return bytes;
}

/**
 * Reads a safetensors file; every length and offset is checked before memory is taken. Types: F32, I32, U8.
 * Throws SafetensorsError with the reason.
 */
export function decodeSafetensors(bytes: Uint8Array): TensorFile {
  if (bytes.length < 8) throw new SafetensorsError(`it holds ${bytes.length} bytes, at least 8 were expected`);
  const stated = new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true);
  if (stated > BigInt(largestHeader) || stated > BigInt(bytes.length - 8)) {
    throw new SafetensorsError(`its header should hold ${stated} bytes, the file holds ${bytes.length}`);
  }
  const dataStart = 8 + Number(stated);
  const header = parseHeader(bytes.subarray(8, dataStart));
  const { [metadataKey]: metadata = {}, ...tensors } = header;
  const entries = Object.entries(tensors).map(([name, entry]) => checkedEntry(name, entry));
  checkOffsets(entries, bytes.length - dataStart);
  return {
    tensors: new Map(entries.map((entry) => [entry.name, { shape: entry.shape, values: valuesOf(entry, bytes, dataStart) }])),
    metadata: checkedMetadata(metadata),
  };
}

function typeOf(values: StoredTensor['values']): StoredType {
  if (values instanceof Float32Array) return 'F32';
  return values instanceof Int32Array ? 'I32' : 'U8';
}

function parseHeader(bytes: Uint8Array): Readonly<Record<string, unknown>> {
  let header: unknown;
  try {
    header = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new SafetensorsError('its header is not JSON');
  }
  if (!isRecord(header)) throw new SafetensorsError('its header is not a JSON object');
  return header;
}

function checkedEntry(name: string, entry: unknown): HeaderEntry {
  if (!isRecord(entry)) throw new SafetensorsError(`its header says nothing usable of "${name}"`);
  const { dtype, shape, data_offsets: offsets } = entry;
  if (dtype !== 'F32' && dtype !== 'I32' && dtype !== 'U8') {
    throw new SafetensorsError(`"${name}" has the type ${String(dtype)}, F32, I32 or U8 was expected`);
  }
  if (!isWholeNumbers(shape)) throw new SafetensorsError(`"${name}" has no usable shape`);
  if (!isWholeNumbers(offsets) || offsets.length !== 2) throw new SafetensorsError(`"${name}" has no usable offsets`);
  const [start = 0, end = 0] = offsets;
  const size = shape.reduce((product, axis) => product * axis, elementSize[dtype]);
  if (!Number.isSafeInteger(size) || end - start !== size) {
    throw new SafetensorsError(`"${name}" (${shape.join(', ')}) should take ${size} bytes, its offsets give it ${end - start}`);
  }
  return { name, type: dtype, shape, start, end };
}

/** Tensors fill the data without gaps or overlaps, as the format wants, so no byte is read twice or left unexplained. */
function checkOffsets(entries: readonly HeaderEntry[], dataLength: number): void {
  let position = 0;
  for (const { name, start, end } of entries.toSorted((first, second) => first.start - second.start || first.end - second.end)) {
    if (start !== position) throw new SafetensorsError(`"${name}" starts at byte ${start} of the data, ${position} was expected`);
    position = end;
  }
  if (position !== dataLength) throw new SafetensorsError(`its tensors take ${position} bytes, the file holds ${dataLength}`);
}

function valuesOf({ type, start, end }: HeaderEntry, bytes: Uint8Array, dataStart: number): StoredTensor['values'] {
  // A copy, because a typed array wants its bytes aligned; not by slice, which a Buffer does not copy with.
  const copy = new Uint8Array(bytes.subarray(dataStart + start, dataStart + end));
  switch (type) {
    case 'F32':
      return new Float32Array(copy.buffer);
    case 'I32':
      return new Int32Array(copy.buffer);
    case 'U8':
      return copy;
  }
}

function checkedMetadata(metadata: unknown): ReadonlyMap<string, string> {
  if (!isRecord(metadata)) throw new SafetensorsError('its metadata is not an object of texts');
  return new Map(
    Object.entries(metadata).map(([key, value]) => {
      if (typeof value !== 'string') throw new SafetensorsError(`its metadata "${key}" is not a text`);
      return [key, value];
    }),
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isWholeNumbers(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every((item) => Number.isSafeInteger(item) && item >= 0);
}
