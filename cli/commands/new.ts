import path from 'node:path';
import { diagnose } from '../../core/diagnostics/diagnose.ts';
import { nearMiss } from '../../core/diagnostics/did-you-mean.ts';
import { fail, succeed } from '../../core/diagnostics/result.ts';
import type { Result } from '../../core/diagnostics/result.ts';
import { serializeDocument } from '../../core/document/serialize-document.ts';
import { templateList } from '../../core/document/template-list.ts';
import { applyEdits } from '../../core/graph/apply-edit.ts';
import type { GraphDocument } from '../../core/graph/graph-document.ts';
import { loadProject } from '../load-project.ts';
import { done, failedWith, misused } from '../outcome.ts';
import type { Outcome } from '../outcome.ts';
import { checkOutputPlace } from '../../engine/files/output-place.ts';
import { quoteForShell } from '../output/shell.ts';
import { resolvePath, showPath } from '../surroundings.ts';
import type { Surroundings } from '../surroundings.ts';

/** A file that goes with the project. Paths are absolute. */
interface Companion {
  readonly from: string;
  readonly to: string;
}

/** `unroll new`: a template as a project of one's own, with its data beside it. Overwrites nothing. */
export async function createProject(surroundings: Surroundings, template: string, given: string | undefined): Promise<Outcome> {
  const known = templateList.map((facts) => facts.id);
  if (!known.includes(template)) {
    const facts = { name: template, known, nearest: nearMiss(template, known) };
    return misused(diagnose('unknown-template', { kind: 'option', option: 'TEMPLATE' }, facts));
  }
  const source = await loadProject(surroundings, path.join(surroundings.applicationFolder, 'assets/templates', `${template}.unroll`));
  if (!source.ok) return failedWith(source);
  const file = resolvePath(surroundings, given ?? `${template}.unroll`);
  const { document, companions } = bringDataAlong(source.value.document, source.value.directory, path.dirname(file));

  const written = await writeProject(surroundings, file, document, companions);
  if (!written.ok) return failedWith(written);
  const shown = showPath(surroundings, file);
  return done({ project: file, template, files: written.value }, [
    `${shown}  ${document.name}`,
    ...companions.map((companion) => `${showPath(surroundings, companion.to)}  its data`),
    '',
    `Look at it:  ${surroundings.command} describe ${quoteForShell(shown)}`,
    `Train it:    ${surroundings.command} train ${quoteForShell(shown)}`,
  ]);
}

/** The document with every data file named as it lies beside the project. */
function bringDataAlong(document: GraphDocument, from: string, to: string): { document: GraphDocument; companions: readonly Companion[] } {
  const moved = document.data.map((reference) => ({ ...reference, file: path.basename(reference.file) }));
  const edits = moved.flatMap((reference) => [
    { kind: 'set-parameter', node: reference.node, parameter: 'file', value: reference.file } as const,
    { kind: 'set-data', data: reference } as const,
  ]);
  const companions = document.data.map((reference) => ({
    from: path.resolve(from, reference.file),
    to: path.join(to, path.basename(reference.file)),
  }));
  return { document: applyEdits(document, edits), companions };
}

/** Writes the data first, the project last: a project that is there is complete. Gives the files written. */
async function writeProject(
  { door }: Surroundings,
  file: string,
  document: GraphDocument,
  companions: readonly Companion[],
): Promise<Result<readonly string[]>> {
  const free = await checkOutputPlace(door, file);
  if (!free.ok) return free;
  const made = await door.makeDirectory(path.dirname(file));
  if (!made.ok) return made;
  const files: string[] = [];
  for (const { from, to } of companions) {
    const wanted = await door.read(from, largestCompanion);
    if (!wanted.ok) return wanted;
    const present = await door.read(to, largestCompanion);
    if (present.ok && Buffer.from(present.value).equals(wanted.value)) continue;
    if (present.ok) return fail(diagnose('other-file-exists', { kind: 'file', file: to }, { file: to, needed: path.basename(from) }));
    if (present.diagnostics[0]?.code !== 'file-missing') return present;
    const copied = await door.writeAtomically(to, wanted.value);
    if (!copied.ok) return copied;
    files.push(to);
  }
  const written = await door.writeAtomically(file, new TextEncoder().encode(serializeDocument(document)));
  return written.ok ? succeed([...files, file]) : written;
}

const largestCompanion = 64 << 20;

