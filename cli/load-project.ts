import path from 'node:path';
import { diagnose } from '../core/diagnostics/diagnose.ts';
import type { Diagnostic } from '../core/diagnostics/diagnostic.ts';
import { fail, succeed } from '../core/diagnostics/result.ts';
import type { Result } from '../core/diagnostics/result.ts';
import { documentLimits } from '../core/document/limits.ts';
import { parseDocument } from '../core/document/parse-document.ts';
import type { GraphDocument } from '../core/graph/graph-document.ts';
import { resolvePath } from './surroundings.ts';
import type { Surroundings } from './surroundings.ts';

export interface LoadedProject {
  /** Absolute. */
  readonly file: string;
  /** The folder that data files are relative to. Absolute. */
  readonly directory: string;
  readonly document: GraphDocument;
  readonly notes: readonly Diagnostic[];
}

/** A character takes at most three bytes of UTF-8 for each unit that a text's length counts. */
const largestFile = documentLimits.characters * 3;

/** Reads a project file. Refuses what is too large before reading it. */
export async function loadProject(surroundings: Surroundings, given: string): Promise<Result<LoadedProject>> {
  const file = resolvePath(surroundings, given);
  const bytes = await surroundings.door.read(file, largestFile);
  if (!bytes.ok) return bytes;
  const content = decode(bytes.value);
  if (content === null) return fail(diagnose('project-foreign', { kind: 'project' }, { found: 'bytes that are not UTF-8 text' }));
  const parsed = parseDocument(content);
  if (!parsed.ok) return parsed;
  return succeed({ file, directory: path.dirname(file), ...parsed.value });
}

function decode(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
