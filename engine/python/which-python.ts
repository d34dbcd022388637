import { readFile, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import type { Result } from '../../core/diagnostics/result.ts';
import type { FileDoor } from '../files/file-door.ts';
import { pointerFile, unrollCache } from './environment-place.mjs';

/** What to do where there is none. */
export const pythonAdvice =
  'let Unroll make one (Preferences, or `unroll python --make`), or name one of your own with keras 3, tensorflow, onnx and safetensors there, with `unroll python --use PATH` or in the environment variable UNROLL_PYTHON';

export interface WhichPython {
  /** Who said so: an environment variable, the person's choice, or the environment that Unroll made. */
  readonly source: 'variable' | 'chosen' | 'made';
  readonly interpreter: string;
}

/** The Python that checks exports, looked up anew each time: what is made or chosen takes effect at once. null: there is none. */
export async function whichPython(environment: NodeJS.ProcessEnv = process.env): Promise<WhichPython | null> {
  const named = environment['UNROLL_PYTHON'];
  if (named !== undefined && named !== '') return { source: 'variable', interpreter: named };
  const chosen = await interpreterNamedIn(choiceFile(environment));
  if (chosen !== null) return { source: 'chosen', interpreter: chosen };
  const made = await interpreterNamedIn(pointerFile(unrollCache(environment)));
  return made === null || !(await isThere(made)) ? null : { source: 'made', interpreter: made };
}

/** Keeps a person's choice, for the window and the command line alike; null: forgets it. */
export async function keepChoice(door: FileDoor, interpreter: string | null, environment: NodeJS.ProcessEnv = process.env): Promise<Result<null>> {
  const file = choiceFile(environment);
  if (interpreter === null) return door.remove(file);
  const folder = await door.makeDirectory(path.dirname(file));
  return folder.ok ? door.writeAtomically(file, new TextEncoder().encode(`${JSON.stringify({ interpreter })}\n`)) : folder;
}

function choiceFile(environment: NodeJS.ProcessEnv): string {
  return path.join(environment['XDG_CONFIG_HOME'] || path.join(homedir(), '.config'), 'unroll', 'python.json');
}

async function interpreterNamedIn(file: string): Promise<string | null> {
  try {
    const content: unknown = JSON.parse(await readFile(file, 'utf8'));
    const interpreter = typeof content === 'object' && content !== null && 'interpreter' in content ? content.interpreter : null;
    return typeof interpreter === 'string' ? interpreter : null;
  } catch {
    return null;
  }
}

async function isThere(file: string): Promise<boolean> {
  return stat(file).then(() => true, () => false);
}
