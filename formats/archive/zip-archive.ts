import { crc32 } from 'node:zlib';
import { inflateSync } from 'fflate';

/** What was wrong, as words that go on "the entry …". `entry`: null where the archive itself is at fault. */
export class ArchiveFault extends Error {
  readonly entry: string | null;

  constructor(entry: string | null, problem: string) {
    super(problem);
    this.entry = entry;
  }
}

export interface ArchiveEntry {
  readonly name: string;
  readonly bytes: number;
  readonly storedBytes: number;
  readonly method: number;
  readonly checksum: number;
  /** Where its local header stands. */
  readonly place: number;
}

const endSignature = 0x06054b50;
const entrySignature = 0x02014b50;
const localSignature = 0x04034b50;
const endLength = 22;
const longestComment = 0xffff;
const stored = 0;
const deflated = 8;

/** The archive's own list of its entries, every one checked; nothing is unpacked. Throws ArchiveFault. */
export function listArchive(archive: Uint8Array, mostEntries: number): readonly ArchiveEntry[] {
  const view = new DataView(archive.buffer, archive.byteOffset, archive.byteLength);
  const end = findEnd(view);
  if (end === null) throw new ArchiveFault(null, 'it is not a zip archive, or was cut off');
  const count = view.getUint16(end + 10, true);
  const listBytes = view.getUint32(end + 12, true);
  const start = view.getUint32(end + 16, true);
  if (view.getUint16(end + 4, true) !== 0 || count !== view.getUint16(end + 8, true)) throw new ArchiveFault(null, 'it is one part of several');
  if (count > mostEntries) throw new ArchiveFault(null, `it lists ${count} entries, and at most ${mostEntries} are read`);
  if (start + listBytes > end) throw new ArchiveFault(null, 'its list of entries lies outside the file');

  const entries: ArchiveEntry[] = [];
  const names = new Set<string>();
  let at = start;
  for (let index = 0; index < count; index += 1) {
    if (at + 46 > end || view.getUint32(at, true) !== entrySignature) throw new ArchiveFault(null, 'its list of entries is broken');
    const nameLength = view.getUint16(at + 28, true);
    const next = at + 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
    if (next > end) throw new ArchiveFault(null, 'its list of entries is broken');
    const name = new TextDecoder().decode(archive.subarray(at + 46, at + 46 + nameLength));
    const entry = {
      name,
      method: view.getUint16(at + 10, true),
      checksum: view.getUint32(at + 16, true),
      storedBytes: view.getUint32(at + 20, true),
      bytes: view.getUint32(at + 24, true),
      place: view.getUint32(at + 42, true),
    };
    checkEntry(entry, { flags: view.getUint16(at + 8, true), attributes: view.getUint32(at + 38, true), dataEnd: start });
    if (names.has(name)) throw new ArchiveFault(name, 'stands in the archive twice');
    names.add(name);
    entries.push(entry);
    at = next;
  }
  checkOverlaps(entries);
  return entries;
}

interface Surroundings {
  readonly flags: number;
  readonly attributes: number;
  readonly dataEnd: number;
}

function checkEntry({ name, method, storedBytes, bytes, place }: ArchiveEntry, { flags, attributes, dataEnd }: Surroundings): void {
  const isOutside = name.startsWith('/') || name.includes('\\') || name.includes('\0') || /^[A-Za-z]:/u.test(name) || name.split('/').includes('..');
  if (isOutside) throw new ArchiveFault(name, 'leads out of the archive');
  if (name === '' || name.length > 512) throw new ArchiveFault(name.slice(0, 40), 'has no usable name');
  if ((flags & 1) !== 0) throw new ArchiveFault(name, 'is encrypted');
  // The upper half of the attributes is a mode of Unix: 0xa000 is a symbolic link.
  if ((attributes >>> 16 & 0xf000) === 0xa000) throw new ArchiveFault(name, 'is a symbolic link');
  if (method !== stored && method !== deflated) throw new ArchiveFault(name, `is packed by method ${method}`);
  if ([storedBytes, bytes, place].includes(0xffffffff)) throw new ArchiveFault(name, 'claims more than 4 GB');
  if (method === stored && storedBytes !== bytes) throw new ArchiveFault(name, 'is stored and claims another size');
  if (place + 30 + storedBytes > dataEnd) throw new ArchiveFault(name, 'lies outside the file');
}

/** Entries that share bytes make a small file large. */
function checkOverlaps(entries: readonly ArchiveEntry[]): void {
  let end = 0;
  for (const { name, place, storedBytes } of entries.toSorted((first, second) => first.place - second.place)) {
    if (place < end) throw new ArchiveFault(name, 'overlaps another entry');
    end = place + 30 + storedBytes;
  }
}

/** An entry's bytes. The caller has judged its size before. Throws ArchiveFault where they are not what the list says. */
export function readEntry(archive: Uint8Array, { name, place, storedBytes, bytes, method, checksum }: ArchiveEntry): Uint8Array {
  const view = new DataView(archive.buffer, archive.byteOffset, archive.byteLength);
  if (view.getUint32(place, true) !== localSignature) throw new ArchiveFault(name, 'is not where the list says');
  const start = place + 30 + view.getUint16(place + 26, true) + view.getUint16(place + 28, true);
  if (start + storedBytes > archive.length) throw new ArchiveFault(name, 'lies outside the file');
  const packed = archive.subarray(start, start + storedBytes);
  const content = method === stored ? packed : inflate(name, packed, bytes);
  if (crc32(content) !== checksum) throw new ArchiveFault(name, 'is damaged: its checksum is wrong');
  return content;
}

/** One byte more than was claimed is room to notice that there is more. */
function inflate(name: string, packed: Uint8Array, bytes: number): Uint8Array {
  let content: Uint8Array;
  try {
    content = inflateSync(packed, { out: new Uint8Array(bytes + 1) });
  } catch {
    throw new ArchiveFault(name, 'cannot be unpacked');
  }
  if (content.length !== bytes) throw new ArchiveFault(name, 'unpacks to another size than it claims');
  return content;
}

function findEnd(view: DataView): number | null {
  const lowest = Math.max(0, view.byteLength - endLength - longestComment);
  for (let at = view.byteLength - endLength; at >= lowest; at -= 1) {
    if (view.getUint32(at, true) === endSignature && at + endLength + view.getUint16(at + 20, true) === view.byteLength) return at;
  }
  return null;
}
