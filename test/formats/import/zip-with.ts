import { deflateSync } from 'fflate';
import { crc32 } from 'node:zlib';

/** An entry, and the lies that its headers tell of it. */
export interface EntryWith {
  readonly name: string;
  readonly data: Uint8Array;
  readonly deflated?: boolean;
  readonly method?: number;
  readonly bytes?: number;
  readonly storedBytes?: number;
  readonly checksum?: number;
  readonly flags?: number;
  readonly attributes?: number;
  readonly place?: number;
  readonly localSignature?: number;
}

/** What the end of the archive says instead of the truth. */
export interface EndWith {
  readonly count?: number;
  readonly listStart?: number;
  readonly disk?: number;
}

/** A zip archive as bytes, honest but for what is said otherwise. */
export function zipWith(entries: readonly EntryWith[], end: EndWith = {}): Uint8Array {
  const parts: Uint8Array[] = [];
  const list: Uint8Array[] = [];
  let at = 0;
  for (const entry of entries) {
    const name = new TextEncoder().encode(entry.name);
    const packed = entry.deflated === true ? deflateSync(entry.data) : entry.data;
    const method = entry.method ?? (entry.deflated === true ? 8 : 0);
    const checksum = entry.checksum ?? crc32(entry.data);
    const storedBytes = entry.storedBytes ?? packed.length;
    const bytes = entry.bytes ?? entry.data.length;
    const local = header(30, [[0, entry.localSignature ?? 0x04034b50, 4], [4, 20, 2], [6, entry.flags ?? 0, 2], [8, method, 2], [14, checksum, 4], [18, storedBytes, 4], [22, bytes, 4], [26, name.length, 2]]);
    parts.push(local, name, packed);
    const fields = [[0, 0x02014b50, 4], [4, 0x0314, 2], [6, 20, 2], [8, entry.flags ?? 0, 2], [10, method, 2], [16, checksum, 4], [20, storedBytes, 4], [24, bytes, 4], [28, name.length, 2], [38, entry.attributes ?? 0, 4], [42, entry.place ?? at, 4]] as const;
    list.push(header(46, fields), name);
    at += local.length + name.length + packed.length;
  }
  const listBytes = list.reduce((sum, part) => sum + part.length, 0);
  const count = end.count ?? entries.length;
  const tail = header(22, [[0, 0x06054b50, 4], [4, end.disk ?? 0, 2], [8, count, 2], [10, count, 2], [12, listBytes, 4], [16, end.listStart ?? at, 4]]);
  return new Uint8Array(Buffer.concat([...parts, ...list, tail]));
}

function header(length: number, fields: readonly (readonly [at: number, value: number, size: 2 | 4])[]): Uint8Array {
  const view = new DataView(new ArrayBuffer(length));
  for (const [at, value, size] of fields) {
    if (size === 2) view.setUint16(at, value, true);
    else view.setUint32(at, value >>> 0, true);
  }
  return new Uint8Array(view.buffer);
}
