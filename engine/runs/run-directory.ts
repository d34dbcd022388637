import path from 'node:path';
import { parseDocument } from '../../core/document/parse-document.ts';
import { diagnose } from '../../core/diagnostics/diagnose.ts';
import { fail, succeed } from '../../core/diagnostics/result.ts';
import type { Result } from '../../core/diagnostics/result.ts';
import type { GraphDocument } from '../../core/graph/graph-document.ts';
import type { FileDoor } from '../files/file-door.ts';
import { parseRunRecord } from './run-record.ts';
import type { RunRecord } from './run-record.ts';

/** What a run's directory holds. */
export const runFiles = {
  /** The exact document that was trained. */
  project: 'project.unroll',
  record: 'run.json',
  /** A line an epoch. */
  history: 'history.jsonl',
  /** The kept weights, layer by layer. */
  weights: 'weights.safetensors',
  /** Everything that resuming needs. */
  checkpoint: 'checkpoint.safetensors',
} as const;

/** A run as it lies on the disk. */
export interface StoredRun {
  /** Absolute. */
  readonly directory: string;
  readonly document: GraphDocument;
  readonly record: RunRecord;
  /** Absolute: the folder that data files are relative to. */
  readonly projectDirectory: string;
}

const largestTextFile = 64 << 20;

/** '2026-11-23-143000-seed-1': sorts by time, in the local one; `again` counts runs of the same second from 2. */
export function runName(started: Date, seed: number, again = 1): string {
  const digits = (value: number, length: number): string => String(value).padStart(length, '0');
  const day = [digits(started.getFullYear(), 4), digits(started.getMonth() + 1, 2), digits(started.getDate(), 2)].join('-');
  const time = [started.getHours(), started.getMinutes(), started.getSeconds()].map((value) => digits(value, 2)).join('');
  return `${day}-${time}-seed-${seed}${again > 1 ? `-${again}` : ''}`;
}

/**
 * Makes the directory of a new run: the one asked for, which must not exist or be empty, or else a new one in `runs/`
 * beside the project. Gives its absolute path.
 */
export async function createRunDirectory(
  files: FileDoor,
  wanted: string | null,
  projectDirectory: string,
  started: Date,
  seed: number,
): Promise<Result<string>> {
  for (let again = 1; ; again += 1) {
    const directory = wanted === null ? path.join(projectDirectory, 'runs', runName(started, seed, again)) : path.resolve(wanted);
    const entries = await files.list(directory);
    if (!entries.ok) return entries;
    const isTaken = entries.value !== null && (wanted === null || entries.value.length > 0);
    if (isTaken && wanted === null) continue;
    if (isTaken) return fail(diagnose('run-directory-not-empty', { kind: 'option', option: '--out' }, { directory }));
    const made = await files.makeDirectory(directory);
    return made.ok ? succeed(directory) : made;
  }
}

/** Reads a run's record and document. */
export async function openRun(files: FileDoor, given: string): Promise<Result<StoredRun>> {
  const directory = path.resolve(given);
  const recordFile = path.join(directory, runFiles.record);
  const recordText = await readText(files, recordFile);
  if (!recordText.ok) {
    const isMissing = recordText.diagnostics.some(({ code }) => code === 'file-missing' || code === 'folder-is-file');
    return isMissing ? fail(diagnose('run-missing', { kind: 'run', directory }, { directory })) : recordText;
  }
  const record = parseRunRecord(recordText.value, recordFile);
  if (!record.ok) return record;
  const projectText = await readText(files, path.join(directory, runFiles.project));
  if (!projectText.ok) return projectText;
  const parsed = parseDocument(projectText.value);
  if (!parsed.ok) return parsed;
  const projectDirectory = path.resolve(directory, record.value.projectDirectory);
  return succeed({ directory, document: parsed.value.document, record: record.value, projectDirectory });
}

/** Removes temporary files that a killed process left in a run's directory. */
export async function removeLeftovers(files: FileDoor, directory: string): Promise<Result<null>> {
  const entries = await files.list(directory);
  if (!entries.ok) return entries;
  for (const { name } of entries.value ?? []) {
    if (!/^\..*\.tmp$/u.test(name)) continue;
    const removed = await files.remove(path.join(directory, name));
    if (!removed.ok) return removed;
  }
  return succeed(null);
}

/** A project folder as a run remembers it, so that the two can be moved together. */
export function rememberedProjectDirectory(directory: string, projectDirectory: string): string {
  // On Windows there is no relative way to another drive; then the path stays absolute.
  return path.relative(directory, path.resolve(projectDirectory)).split(path.sep).join('/') || '.';
}

async function readText(files: FileDoor, file: string): Promise<Result<string>> {
  const bytes = await files.read(file, largestTextFile);
  return bytes.ok ? succeed(new TextDecoder().decode(bytes.value)) : bytes;
}
