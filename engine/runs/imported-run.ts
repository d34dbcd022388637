import path from 'node:path';
import { succeed } from '../../core/diagnostics/result.ts';
import type { Result } from '../../core/diagnostics/result.ts';
import { serializeDocument } from '../../core/document/serialize-document.ts';
import type { GraphDocument } from '../../core/graph/graph-document.ts';
import type { ImportedModel } from '../../core/import/imported-model.ts';
import type { FileDoor } from '../files/file-door.ts';
import { rememberedProjectDirectory, runFiles } from './run-directory.ts';
import { parseRunRecord, serializeRunRecord } from './run-record.ts';
import type { RunRecord } from './run-record.ts';
import { encodeSafetensors } from './safetensors.ts';
import { movingTensorName } from './weights-file.ts';

/** What is known of the data that the imported model is to read. */
export interface ImportedData {
  readonly columns: readonly string[];
  readonly targetColumns: readonly string[];
  readonly series: RunRecord['series'];
}

export interface ImportedRunTask {
  readonly model: ImportedModel;
  /** The model's document, as the project has it. */
  readonly document: GraphDocument;
  /** null: what the record inside the file says, or else nothing. */
  readonly data: ImportedData | null;
  /** The folder that the run's own is made in. */
  readonly runsDirectory: string;
  readonly projectDirectory: string;
  readonly versions: Readonly<Record<string, string>>;
}

/**
 * Keeps the weights of an imported model as a run of its project: judged, exported and trained on from like one that was
 * trained here. Weights lie in it by layer, those of a model with unknown layers too. Gives the run's directory; nothing of it
 * stays where it cannot be written whole.
 */
export async function writeImportedRun(files: FileDoor, task: ImportedRunTask): Promise<Result<string>> {
  const directory = await freeDirectory(files, task.runsDirectory);
  if (!directory.ok) return directory;
  const record = recordOf(task, directory.value);
  if (!record.ok) return record;
  const made = await files.makeDirectory(directory.value);
  if (!made.ok) return made;
  const text = (content: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(content);
  const { weights, moving } = task.model;
  const tensors = new Map([...weights].map(([name, weight]) => [moving.has(name) ? movingTensorName(name) : name, weight]));
  const metadata = new Map([['format', 'unroll-weights'], ['seed', String(record.value.seed)], ['epoch', '0']]);
  const contents = [
    [runFiles.project, text(serializeDocument(task.document))],
    [runFiles.weights, encodeSafetensors({ tensors, metadata })],
    // Last: a folder with a record is a whole run.
    [runFiles.record, text(serializeRunRecord(record.value))],
  ] as const;
  for (const [name, content] of contents) {
    const written = await files.writeAtomically(path.join(directory.value, name), content);
    if (written.ok) continue;
    // Half a run is none: what failed is said, and not what could not be taken away besides.
    await files.remove(directory.value);
    return written;
  }
  return directory;
}

async function freeDirectory(files: FileDoor, runsDirectory: string): Promise<Result<string>> {
  for (let again = 1; ; again += 1) {
    const directory = path.join(runsDirectory, again === 1 ? 'imported' : `imported-${again}`);
    const entries = await files.list(directory);
    if (!entries.ok) return entries;
    if (entries.value === null || entries.value.length === 0) return succeed(directory);
  }
}

function recordOf({ model, document, data, projectDirectory, versions }: ImportedRunTask, directory: string): Result<RunRecord> {
  const remembered = model.record === null ? null : parseRunRecord(model.record, 'metadata.json');
  if (remembered !== null && !remembered.ok) return remembered;
  const now = new Date().toISOString();
  const { program, version } = model.origin;
  const columns = data?.columns ?? [];
  const begun = {
    columns,
    targetColumns: data?.targetColumns ?? [],
    series: data?.series ?? { count: 0, steps: 0 },
    scaler: { kind: 'none', columns: columns.map(() => ({ offset: 0, factor: 1 })) },
    data: document.data,
  } as const;
  return succeed({
    ...begun,
    ...(remembered === null ? {} : remembered.value),
    format: 'unroll-run',
    version: 1,
    id: path.basename(directory),
    project: document.name,
    projectDirectory: rememberedProjectDirectory(directory, projectDirectory),
    seed: document.training.seed,
    started: now,
    finished: now,
    epochs: 0,
    steps: 0,
    stepsPerEpoch: 0,
    msPerStep: null,
    stopped: 'imported',
    bestEpoch: 0,
    bestLoss: null,
    engine: { name: program, version, threads: 1 },
    parameters: [...model.weights].reduce((sum, [name, { values }]) => (model.moving.has(name) ? sum : sum + values.length), 0),
    evaluation: {},
    versions,
  });
}
