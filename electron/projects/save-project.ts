import path from 'node:path';
import { succeed } from '../../core/diagnostics/result.ts';
import type { Result } from '../../core/diagnostics/result.ts';
import { serializeDocument } from '../../core/document/serialize-document.ts';
import type { GraphDocument } from '../../core/graph/graph-document.ts';
import type { FileDoor } from '../../engine/files/file-door.ts';
import { fileOf } from './data-files.ts';
import type { OpenProject } from './open-project.ts';
import { hashProjectFile, writeProjectFile } from './project-file.ts';

const largestSample = 64 << 20;

/** Whether the project's file is still what was opened or last saved. A file that is gone may be written again. */
export async function isUnchangedOutside(door: FileDoor, { file, savedHash }: OpenProject): Promise<Result<boolean>> {
  if (file === null || savedHash === null) return succeed(true);
  const hash = await hashProjectFile(door, file);
  return hash.ok ? succeed(hash.value === null || hash.value === savedHash) : hash;
}

/**
 * Writes the document to a file, its data files named relative to the file's folder. Sample data that belongs to the app
 * (under `assets`) is laid beside the project first: a project must not lean on where the app is installed.
 */
export async function saveProjectAs(door: FileDoor, project: OpenProject, document: GraphDocument, file: string, assets: string): Promise<Result<null>> {
  const directory = path.dirname(file);
  const copied = await copySamples(door, project, document, directory, assets);
  if (!copied.ok) return copied;
  const hash = await writeProjectFile(door, file, project.dataFiles.rename(document, directory).document);
  if (!hash.ok) return hash;
  project.file = file;
  project.savedHash = hash.value;
  project.document = document;
  project.savedContent = serializeDocument(document);
  return succeed(null);
}

async function copySamples(door: FileDoor, { dataFiles }: OpenProject, document: GraphDocument, directory: string, assets: string): Promise<Result<null>> {
  for (const name of new Set(document.nodes.flatMap((node) => fileOf(node) ?? []))) {
    const from = dataFiles.find(name);
    if (from === undefined || !from.startsWith(assets + path.sep)) continue;
    const bytes = await door.read(from, largestSample);
    if (!bytes.ok) return bytes;
    const to = await layBeside(door, path.join(directory, path.basename(from)), bytes.value);
    if (!to.ok) return to;
    dataFiles.replace(from, to.value);
  }
  return succeed(null);
}

/** Writes the bytes under the first name of 'a.csv', 'a-2.csv', … that is free or holds them already. Overwrites nothing. */
async function layBeside(door: FileDoor, wanted: string, bytes: Uint8Array): Promise<Result<string>> {
  const { dir, name, ext } = path.parse(wanted);
  for (let number = 1; ; number += 1) {
    const file = number === 1 ? wanted : path.join(dir, `${name}-${number}${ext}`);
    const present = await door.read(file, largestSample);
    if (present.ok && Buffer.from(present.value).equals(bytes)) return succeed(file);
    const isTaken = present.ok || ['file-too-large', 'file-is-folder'].includes(present.diagnostics[0]?.code ?? '');
    if (isTaken) continue;
    if (present.diagnostics[0]?.code !== 'file-missing') return present;
    const written = await door.writeAtomically(file, bytes);
    return written.ok ? succeed(file) : written;
  }
}
