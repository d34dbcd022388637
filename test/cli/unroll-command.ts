import { spawn } from 'node:child_process';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

export const checkout = fileURLToPath(new URL('../..', import.meta.url));
const program = path.join(checkout, 'cli/unroll.mjs');

export interface Answer {
  readonly code: number | null;
  readonly output: string;
  readonly errors: string;
}

/** Starts `unroll` as a person does, in a folder, without a terminal. */
export function startUnroll(folder: string, ...given: readonly string[]): ChildProcessWithoutNullStreams {
  return spawn(process.execPath, [program, ...given], { cwd: folder });
}

/** Waits until a started command has ended. */
export function answerOf(child: ChildProcessWithoutNullStreams): Promise<Answer> {
  let output = '';
  let errors = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, output, errors }));
  });
}

export function unroll(folder: string, ...given: readonly string[]): Promise<Answer> {
  return answerOf(startUnroll(folder, ...given));
}

/** Runs a command with `--json` and reads its one object: nothing else may stand on standard output. */
export async function unrollJson(folder: string, ...given: readonly string[]): Promise<{ readonly code: number | null; readonly json: JsonValue }> {
  const { code, output } = await unroll(folder, ...given, '--json');
  return { code, json: JSON.parse(output) as JsonValue };
}

/** JSON as tests look into it: any member of any member. */
export interface JsonValue {
  readonly [member: string]: JsonValue;
}

/** A folder of the test's own. */
export async function emptyFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'unroll-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}
