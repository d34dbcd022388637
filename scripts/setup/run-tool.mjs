import { spawn } from 'node:child_process';
import { SetupFailure } from './setup-failure.mjs';

const firstLines = 6;
const lastLines = 10;
const gap = '[…]';
const running = new Set();

const stopping = new AbortController();

/** Aborts when the set-up itself is told to stop. */
export const stopSignal = stopping.signal;

/** Ends the tools that are still at work; called when the set-up itself is told to stop. */
export function stopRunningTools() {
  stopping.abort();
  for (const child of running) child.kill('SIGTERM');
}

/**
 * Runs a tool to its end without a terminal and keeps the first and last lines of what it says.
 * @param {string} command
 * @param {readonly string[]} parameters
 * @param {{folder?: string, environment?: NodeJS.ProcessEnv}} [options]
 * @returns {Promise<{code: number | null, output: string}>} code null: the tool could not be started or was ended by a signal
 */
export function tryTool(command, parameters, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, parameters, {
      cwd: options.folder,
      env: { ...process.env, ...options.environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    running.add(child);
    let output = '';
    const keep = (chunk) => {
      output = shorten(output + chunk);
    };
    child.stdout.setEncoding('utf8').on('data', keep);
    child.stderr.setEncoding('utf8').on('data', keep);
    const finish = (code) => {
      running.delete(child);
      resolve({ code, output });
    };
    child.on('error', (error) => {
      keep(error.message);
      finish(null);
    });
    child.on('close', finish);
  });
}

/**
 * Runs a tool that must succeed.
 * @param {string} command
 * @param {readonly string[]} parameters
 * @param {{folder?: string, environment?: NodeJS.ProcessEnv, whatToDo: string}} options
 * @returns {Promise<string>} what it said, shortened
 * @throws {SetupFailure} with that
 */
export async function runTool(command, parameters, options) {
  const { code, output } = await tryTool(command, parameters, options);
  if (code === 0) return output;
  const ending = code === null ? 'could not be started or was ended' : `ended with exit code ${code}`;
  throw new SetupFailure(`\`${[command, ...parameters.slice(0, 3)].join(' ')} …\` ${ending}`, options.whatToDo, output);
}

// Some tools name the cause first and explain at length, others end with it.
function shorten(text) {
  const lines = text.split('\n').filter((line) => line !== gap);
  return lines.length <= firstLines + lastLines ? lines.join('\n') : [...lines.slice(0, firstLines), gap, ...lines.slice(-lastLines)].join('\n');
}
