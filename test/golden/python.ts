import { fileURLToPath } from 'node:url';
import { runPython } from '../support/python.ts';

/** Runs a program of this folder in a Python that has Keras; gives what it writes to standard output. Rejects with its last words where it fails. */
export async function runGoldensProgram(python: string, program: string, words: readonly string[], input = ''): Promise<string> {
  return runPython(python, [fileURLToPath(new URL(program, import.meta.url)), ...words], { input });
}
