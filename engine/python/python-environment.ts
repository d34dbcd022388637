import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { diagnose } from '../../core/diagnostics/diagnose.ts';
import type { Diagnostic } from '../../core/diagnostics/diagnostic.ts';
import { fail, succeed } from '../../core/diagnostics/result.ts';
import type { Result } from '../../core/diagnostics/result.ts';
import type { FileDoor } from '../files/file-door.ts';
import { EnvironmentFailure } from './environment-failure.mjs';
import { inspectPython, missingPackages, usablePython } from './inspect-python.ts';
import type { PythonVersions } from './inspect-python.ts';
import { makeEnvironment } from './make-environment.mjs';
import type { MakingProgress } from './make-environment.mjs';
import { keepChoice, whichPython } from './which-python.ts';
import type { WhichPython } from './which-python.ts';

/** Which Python checks exports, and whether it can. */
export interface PythonStatus {
  readonly source: WhichPython['source'] | 'none';
  readonly interpreter: string | null;
  readonly versions: PythonVersions | null;
  /** Why it cannot check exports, or not all of them; null: it can, or there is none. */
  readonly problem: Diagnostic | null;
}

export type { MakingProgress };

export async function readPythonStatus(environment: NodeJS.ProcessEnv = process.env): Promise<PythonStatus> {
  const which = await whichPython(environment);
  if (which === null) return { source: 'none', interpreter: null, versions: null, problem: null };
  const versions = await inspectPython(which.interpreter);
  if (!versions.ok) return { ...which, versions: null, problem: versions.diagnostics[0] ?? null };
  const missing = missingPackages(versions.value);
  const problem = missing.length === 0 ? null : diagnose('python-lacks', { kind: 'project' }, { interpreter: which.interpreter, missing });
  return { ...which, versions: versions.value, problem };
}

export interface Making {
  /** The folder of assets. */
  readonly assets: string;
  readonly signal: AbortSignal;
  readonly tell: (progress: MakingProgress) => void;
}

/** Makes the environment whose packages assets/python/requirements.txt pins, and lets it check exports from now on. */
export async function makePython(door: FileDoor, { assets, signal, tell }: Making): Promise<Result<PythonStatus>> {
  try {
    const requirements = await readFile(path.join(assets, 'python', 'requirements.txt'), 'utf8');
    await makeEnvironment({ requirements, signal, tell });
  } catch (error) {
    if (!(error instanceof EnvironmentFailure)) throw error;
    return fail(inWords(error));
  }
  const forgotten = await keepChoice(door, null);
  return forgotten.ok ? succeed(await readPythonStatus()) : forgotten;
}

/** Lets a Python of the person's own check exports, where it has what that needs. null: the one that Unroll made, if any. */
export async function choosePython(door: FileDoor, interpreter: string | null): Promise<Result<PythonStatus>> {
  const usable = interpreter === null ? succeed(null) : await usablePython(interpreter);
  if (!usable.ok) return usable;
  const kept = await keepChoice(door, interpreter);
  return kept.ok ? succeed(await readPythonStatus()) : kept;
}

const codes = {
  'no-platform': 'python-platform',
  'no-python': 'python-not-found',
  'no-venv': 'python-incomplete',
  'no-index': 'python-index-unreachable',
  'disk-full': 'python-disk-full',
  failed: 'python-making-failed',
} as const;

function inWords({ kind, message, whatToDo }: EnvironmentFailure): Diagnostic {
  const where = { kind: 'project' } as const;
  return kind === 'stopped' ? diagnose('python-making-stopped', where, {}) : diagnose(codes[kind], where, { why: message, whatToDo });
}
