import path from 'node:path';
import { exportFormats } from '../../core/export/export-formats.ts';
import type { ExportFormatName } from '../../core/export/export-formats.ts';
import type { ArtefactFile } from '../../core/export/exportable-model.ts';
import { diagnose } from '../../core/diagnostics/diagnose.ts';
import { fail, succeed } from '../../core/diagnostics/result.ts';
import type { Result } from '../../core/diagnostics/result.ts';
import type { FileDoor } from '../files/file-door.ts';
import { checkOutputPlace } from '../files/output-place.ts';

/** Where an artefact goes, and what lies beside it under the same stem. */
export interface ArtefactPlace {
  /** Absolute; ends with the format's extension where the artefact is a file. */
  readonly target: string;
  readonly folder: string;
  /** The name without that extension: of the card, and of modules beside the artefact. */
  readonly stem: string;
}

export function artefactPlace(format: ExportFormatName, given: string): ArtefactPlace {
  const { artefact } = exportFormats[format];
  const extension = artefact.kind === 'file' ? artefact.extension : '';
  const wanted = path.resolve(given);
  const target = extension === '' || wanted.toLowerCase().endsWith(extension) ? wanted : wanted + extension;
  const name = path.basename(target);
  return { target, folder: path.dirname(target), stem: name.slice(0, name.length - extension.length) };
}

/** A path inside `folder` for a file of the artefact. */
export function placeOfFile({ target, stem }: ArtefactPlace, { place }: ArtefactFile, folder: string): string {
  if (place === '') return path.join(folder, path.basename(target));
  return place.startsWith('/') ? path.join(folder, path.basename(target), place.slice(1)) : path.join(folder, stem + place);
}

let stagings = 0;

/**
 * Writes an artefact's files into a hidden folder beside the place they are for, lets `work` read them there, and then
 * gives them their names, each in one step. Whatever fails, nothing is left: neither half an artefact nor the hidden folder.
 * Refused where something stands in the way, also something that came meanwhile.
 */
export async function withStagedArtefact<Value>(
  door: FileDoor,
  place: ArtefactPlace,
  files: readonly ArtefactFile[],
  work: (stagedArtefact: string) => Promise<Result<{ readonly value: Value; readonly beside: readonly ArtefactFile[] }>>,
): Promise<Result<Value>> {
  const free = await checkNamesFree(door, place, files);
  if (!free.ok) return free;
  const made = await door.makeDirectory(place.folder);
  if (!made.ok) return made;
  stagings += 1;
  const staging = path.join(place.folder, `.${path.basename(place.target)}.${process.pid}-${stagings}.tmp`);
  try {
    const written = await writeFiles(door, place, files, staging);
    if (!written.ok) return written;
    const worked = await work(path.join(staging, path.basename(place.target)));
    if (!worked.ok) return worked;
    const { value, beside } = worked.value;
    const described = await writeFiles(door, place, beside, staging);
    if (!described.ok) return described;
    const placed = await giveNames(door, place, staging);
    return placed.ok ? succeed(value) : placed;
  } finally {
    await door.remove(staging);
  }
}

/** The names in the target's folder that the files take. */
function topNames(place: ArtefactPlace, files: readonly ArtefactFile[]): readonly string[] {
  return [...new Set(files.map((file) => path.relative('/', placeOfFile(place, file, '/')).split(path.sep)[0]!))];
}

async function checkNamesFree(door: FileDoor, place: ArtefactPlace, files: readonly ArtefactFile[]): Promise<Result<null>> {
  for (const name of topNames(place, files)) {
    const free = await checkOutputPlace(door, path.join(place.folder, name));
    if (!free.ok) return free;
  }
  return succeed(null);
}

async function writeFiles(door: FileDoor, place: ArtefactPlace, files: readonly ArtefactFile[], folder: string): Promise<Result<null>> {
  for (const file of files) {
    const target = placeOfFile(place, file, folder);
    const made = await door.makeDirectory(path.dirname(target));
    if (!made.ok) return atPlace(made, place);
    const written = await door.writeAtomically(target, file.bytes);
    if (!written.ok) return atPlace(written, place);
  }
  return succeed(null);
}

/** The hidden folder is nobody's business: a refusal names the artefact. */
function atPlace(refused: Result<never> | Result<null>, { target }: ArtefactPlace): Result<never> {
  if (refused.ok) throw new TypeError('nothing was refused');
  return fail(
    ...refused.diagnostics.map((diagnostic) => {
      const { where } = diagnostic;
      if (where.kind !== 'file') return diagnostic;
      return { ...diagnostic, where: { kind: 'file', file: target } as const, message: diagnostic.message.replace(where.file, target) };
    }),
  );
}

async function giveNames(door: FileDoor, place: ArtefactPlace, staging: string): Promise<Result<null>> {
  const staged = await door.list(staging);
  if (!staged.ok) return staged;
  const placed: string[] = [];
  for (const { name } of staged.value ?? []) {
    const target = path.join(place.folder, name);
    const moved = await door.moveToFreeName(path.join(staging, name), target);
    if (!moved.ok) {
      // What is no longer in the hidden folder has got its name before the refusal, and is ours.
      const left = await door.list(staging);
      const isMoved = left.ok && left.value?.some((entry) => entry.name === name) !== true;
      for (const mine of isMoved ? [...placed, target] : placed) await door.remove(mine);
      const code = moved.diagnostics[0]?.code;
      return code === 'folder-is-file' ? fail(diagnose('output-not-empty', { kind: 'file', file: target }, { path: target })) : moved;
    }
    placed.push(target);
  }
  return succeed(null);
}
