import { spawn } from 'node:child_process';

const keptLines = 40;
const hasGroups = process.platform !== 'win32';

/**
 * Runs a program to its end without a terminal. It is ended, with all that it started, where the signal aborts.
 * @param {string} command
 * @param {readonly string[]} parameters
 * @param {{environment?: NodeJS.ProcessEnv, signal?: AbortSignal, tell?: (line: string) => void}} [options] tell: hears every line, as it is said
 * @returns {Promise<{code: number | null, output: string}>} the last lines of what it said; code null: it could not be started or was ended by a signal
 */
export function runProgram(command, parameters, { environment, signal, tell } = {}) {
  return new Promise((resolve) => {
    if (signal?.aborted) return resolve({ code: null, output: '' });
    const child = spawn(command, parameters, { env: { ...process.env, ...environment }, stdio: ['ignore', 'pipe', 'pipe'], detached: hasGroups });
    // With all that it started: some Pythons are scripts that start the real one.
    const stop = () => {
      if (child.pid === undefined) return;
      try {
        process.kill(hasGroups ? -child.pid : child.pid, 'SIGTERM');
      } catch {
        // It ended meanwhile.
      }
    };
    signal?.addEventListener('abort', stop);
    const lines = [];
    for (const stream of [child.stdout, child.stderr]) {
      let open = '';
      stream.setEncoding('utf8').on('data', (chunk) => {
        const parts = (open + chunk).split(/\r\n|\n|\r/u);
        open = parts.pop() ?? '';
        for (const line of parts) hear(line);
      });
      stream.on('end', () => {
        if (open !== '') hear(open);
      });
    }
    function hear(line) {
      lines.push(line);
      if (lines.length > keptLines) lines.shift();
      tell?.(line);
    }
    const finish = (code) => {
      signal?.removeEventListener('abort', stop);
      resolve({ code, output: lines.join('\n') });
    };
    child.on('error', (error) => {
      hear(error.message);
      finish(null);
    });
    child.on('close', finish);
  });
}

/** Whether a process is there, whoever it belongs to. @param {number} processId */
export function isAlive(processId) {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
