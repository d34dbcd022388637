import path from 'node:path';
import { z } from 'zod';
import { diagnose } from '../../core/diagnostics/diagnose.ts';
import { fail, succeed } from '../../core/diagnostics/result.ts';
import type { Result } from '../../core/diagnostics/result.ts';
import { documentLimits } from '../../core/document/limits.ts';
import { parseDocument } from '../../core/document/parse-document.ts';
import { serializeDocument } from '../../core/document/serialize-document.ts';
import type { GraphDocument } from '../../core/graph/graph-document.ts';
import type { FileDoor } from '../../engine/files/file-door.ts';

const draftFileName = 'draft.json';
const largestDraft = documentLimits.characters * 4;

const storedDraft = z.strictObject({
  format: z.literal('unroll-draft'),
  version: z.literal(1),
  title: z.string(),
  file: z.string().nullable(),
  savedHash: z.string().nullable(),
  dataFiles: z.record(z.string(), z.string()),
  editedAt: z.number(),
  document: z.string(),
});

/** Work that its project's file does not hold yet, with all that is needed to go on with it. */
export interface Draft {
  readonly title: string;
  /** Absolute path of the project's file; null: never saved. */
  readonly file: string | null;
  /** The hash of the file that the work began from. */
  readonly savedHash: string | null;
  readonly dataFiles: Readonly<Record<string, string>>;
  /** Epoch milliseconds. */
  readonly editedAt: number;
  readonly document: GraphDocument;
}

/** Flushed to the disk when the promise resolves. */
export function writeDraft(door: FileDoor, directory: string, draft: Draft): Promise<Result<null>> {
  const stored: z.input<typeof storedDraft> = { format: 'unroll-draft', version: 1, ...draft, document: serializeDocument(draft.document) };
  return door.writeAtomically(path.join(directory, draftFileName), new TextEncoder().encode(JSON.stringify(stored)));
}

/** null: the folder holds no draft. */
export async function readDraft(door: FileDoor, directory: string): Promise<Result<Draft | null>> {
  const file = path.join(directory, draftFileName);
  const bytes = await door.read(file, largestDraft);
  if (!bytes.ok) return bytes.diagnostics[0]?.code === 'file-missing' ? succeed(null) : bytes;
  const stored = storedDraft.safeParse(parseJson(new TextDecoder().decode(bytes.value)));
  if (!stored.success) return fail(diagnose('draft-damaged', { kind: 'file', file }, { file }));
  const parsed = parseDocument(stored.data.document);
  if (!parsed.ok) return parsed;
  const { title, savedHash, dataFiles, editedAt } = stored.data;
  return succeed({ title, file: stored.data.file, savedHash, dataFiles, editedAt, document: parsed.value.document });
}

export function removeDraft(door: FileDoor, directory: string): Promise<Result<null>> {
  return door.remove(path.join(directory, draftFileName));
}

function parseJson(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    return undefined;
  }
}
