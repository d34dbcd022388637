import { createHash } from 'node:crypto';
import { diagnose } from '../../core/diagnostics/diagnose.ts';
import type { Diagnostic } from '../../core/diagnostics/diagnostic.ts';
import { fail, succeed } from '../../core/diagnostics/result.ts';
import type { Result } from '../../core/diagnostics/result.ts';
import { documentLimits } from '../../core/document/limits.ts';
import { parseDocument } from '../../core/document/parse-document.ts';
import { serializeDocument } from '../../core/document/serialize-document.ts';
import type { GraphDocument } from '../../core/graph/graph-document.ts';
import type { FileDoor } from '../../engine/files/file-door.ts';

/** A character takes at most three bytes of UTF-8 for each unit that a text's length counts. */
const largestFile = documentLimits.characters * 3;

export interface ReadProject {
  readonly document: GraphDocument;
  /** SHA-256 of the file's bytes, in hexadecimal digits. */
  readonly hash: string;
  readonly notes: readonly Diagnostic[];
}

/** Reads a project file, checked as a whole. */
export async function readProjectFile(door: FileDoor, file: string): Promise<Result<ReadProject>> {
  const bytes = await door.read(file, largestFile);
  if (!bytes.ok) return bytes;
  const content = decode(bytes.value);
  if (content === null) return fail(diagnose('project-foreign', { kind: 'project' }, { found: 'bytes that are not UTF-8 text' }));
  const parsed = parseDocument(content);
  return parsed.ok ? succeed({ ...parsed.value, hash: hashOf(bytes.value) }) : parsed;
}

/** Writes a project file at once or not at all; gives its hash. What could not be read again is not written. */
export async function writeProjectFile(door: FileDoor, file: string, document: GraphDocument): Promise<Result<string>> {
  const content = serializeDocument(document);
  const readable = parseDocument(content);
  if (!readable.ok) return readable;
  const bytes = new TextEncoder().encode(content);
  const written = await door.writeAtomically(file, bytes);
  return written.ok ? succeed(hashOf(bytes)) : written;
}

/** The hash of a project file as it is now; null where there is none. */
export async function hashProjectFile(door: FileDoor, file: string): Promise<Result<string | null>> {
  const bytes = await door.read(file, largestFile);
  if (bytes.ok) return succeed(hashOf(bytes.value));
  return bytes.diagnostics[0]?.code === 'file-missing' ? succeed(null) : bytes;
}

function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function decode(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
