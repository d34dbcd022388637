import path from 'node:path';
import { installedVersions } from '../../engine/python/inspect-python.ts';
import { choosePython, makePython, readPythonStatus } from '../../engine/python/python-environment.ts';
import type { PythonStatus } from '../../engine/python/python-environment.ts';
import { done, failedWith } from '../outcome.ts';
import type { Outcome } from '../outcome.ts';
import { openProgressLine } from '../output/progress-line.ts';
import { diagnosticAsJson } from '../output/print-diagnostic.ts';
import { resolvePath } from '../surroundings.ts';
import type { Surroundings } from '../surroundings.ts';

export interface PythonArguments {
  readonly make?: boolean;
  readonly use?: string;
  readonly forget?: boolean;
}

/** `unroll python`: which Python checks exports; makes one, or takes one of the person's own. */
export async function tendPython(surroundings: Surroundings, { make = false, use, forget = false }: PythonArguments): Promise<Outcome> {
  if (make) return makeOne(surroundings);
  if (use === undefined && !forget) return told(await readPythonStatus(), surroundings);
  const status = await choosePython(surroundings.door, use === undefined ? null : pathOf(surroundings, use));
  return status.ok ? told(status.value, surroundings) : failedWith(status);
}

async function makeOne(surroundings: Surroundings): Promise<Outcome> {
  const progress = surroundings.progressTerminal === null ? null : openProgressLine(surroundings.progressTerminal);
  const stopping = new AbortController();
  let received: NodeJS.Signals | null = null;
  const stop = (signal: NodeJS.Signals): void => {
    received = signal;
    stopping.abort();
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  try {
    const made = await makePython(surroundings.door, {
      assets: path.join(surroundings.applicationFolder, 'assets'),
      signal: stopping.signal,
      tell: ({ doing, share }) => progress?.say(`${String(Math.floor(share * 100)).padStart(3)} %  ${doing} …`),
    });
    if (made.ok) return told(made.value, surroundings);
    if (received === null) return failedWith(made);
    return { kind: 'interrupted', signal: received, json: { diagnostics: made.diagnostics.map(diagnosticAsJson) }, lines: [], remarks: made.diagnostics };
  } finally {
    process.off('SIGINT', stop);
    process.off('SIGTERM', stop);
    progress?.clear();
  }
}

/** A bare name is a program on the PATH, anything else a file. */
function pathOf(surroundings: Surroundings, given: string): string {
  return given.includes('/') || given.includes(path.sep) ? resolvePath(surroundings, given) : given;
}

const origins = {
  variable: 'named by the environment variable UNROLL_PYTHON',
  chosen: 'your choice',
  made: 'made by Unroll',
} as const;

function told({ source, interpreter, versions, problem }: PythonStatus, { command }: Surroundings): Outcome {
  const json = { source, interpreter, versions, problem: problem === null ? null : diagnosticAsJson(problem) };
  if (source === 'none') {
    return done(json, ['No Python checks exports yet: Keras files and weights are kept unproven.', `Make one with \`${command} python --make\` (about 360 MB are fetched), or name your own with \`${command} python --use PATH\`.`]);
  }
  return done(
    json,
    [`${problem === null ? 'Exports are checked by' : 'Exports are to be checked by'} ${interpreter ?? ''} (${origins[source]}).`, ...(versions === null ? [] : [installedVersions(versions).map(([name, version]) => `${name} ${version}`).join(', ').concat('.')])],
    problem === null ? [] : [problem],
  );
}
