import path from 'node:path';
import { fail, succeed } from '../../core/diagnostics/result.ts';
import type { Result } from '../../core/diagnostics/result.ts';
import type { Program } from '../../core/program/program.ts';
import { fileFailure } from '../files/file-failure.ts';
import { nodeFileOperations } from '../files/file-operations.ts';
import type { FileOperations } from '../files/file-operations.ts';
import type { NamedTensors } from '../session.ts';
import { encodePredictions } from './saved-model.ts';

/**
 * Writes a program's predictions as a SavedModel folder, which must not exist yet or be empty: loadable by
 * tf.saved_model.load in Python, tf.node.loadSavedModel and TensorFlow Serving. The folder appears whole or not at all.
 *
 * @param weights the value of every variable that the entry `predict` reads, by name
 * @param tensorFlowVersion the version written into the file
 */
export async function writeSavedModel(
  program: Program,
  weights: NamedTensors,
  directory: string,
  tensorFlowVersion: string,
  operations: FileOperations = nodeFileOperations,
): Promise<Result<null>> {
  const content = encodePredictions(program, weights, tensorFlowVersion);
  const parent = path.dirname(path.resolve(directory));
  const temporary = path.join(parent, `.${path.basename(directory)}.${process.pid}.tmp`);
  try {
    await operations.remove(temporary);
    await operations.makeDirectory(temporary);
    await writeAndFlush(operations, path.join(temporary, 'saved_model.pb'), content);
    await flushDirectory(operations, temporary);
    await operations.rename(temporary, directory);
    await flushDirectory(operations, parent);
    return succeed(null);
  } catch (error) {
    await operations.remove(temporary).catch(() => undefined);
    return fail(fileFailure(error, directory, 'written'));
  }
}

async function writeAndFlush(operations: FileOperations, file: string, bytes: Uint8Array): Promise<void> {
  const handle = await operations.open(file, 'wx');
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function flushDirectory(operations: FileOperations, directory: string): Promise<void> {
  // Windows has no way to flush a folder.
  if (process.platform === 'win32') return;
  const handle = await operations.open(directory, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
