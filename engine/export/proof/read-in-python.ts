import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ExportFormatName } from '../../../core/export/export-formats.ts';
import type { CheckOutcome, CheckTask } from './checker.ts';
import { pythonAdvice, whichPython } from '../../python/which-python.ts';
import { pythonProgram } from './python-program.ts';

/** Who reads it: the reader of a format, or of the data that go along with a Python project. */
export type PythonReader = ExportFormatName | 'python-data';

export interface PythonJob {
  readonly reader: PythonReader;
  readonly task: Pick<CheckTask, 'artefact' | 'windows'>;
}

const patience = 10 * 60_000;

/** Reads artefacts in one Python process, in their order. */
export async function readInPython(jobs: readonly PythonJob[], interpreter?: string): Promise<readonly CheckOutcome[]> {
  const python = interpreter ?? (await whichPython())?.interpreter ?? null;
  if (python === null) return jobs.map(() => ({ kind: 'unavailable', runtime: 'Python', reason: `there is no Python environment; ${pythonAdvice}` }));
  const folder = await mkdtemp(path.join(tmpdir(), 'unroll-proof-'));
  try {
    const requests = await Promise.all(
      jobs.map(async ({ reader, task: { artefact, windows } }, index) => {
        const inputs = path.join(folder, `inputs-${index}`);
        await writeFile(inputs, new Uint8Array(windows.inputs.buffer, windows.inputs.byteOffset, windows.inputs.byteLength));
        return { reader, artefact, inputs, shape: windows.shape, ...windows.chosen, output: path.join(folder, `output-${index}`) };
      }),
    );
    const { code, output, complaints } = await run(python, JSON.stringify(requests));
    const answers = output.split('\n').filter((line) => line.startsWith('{'));
    return await Promise.all(
      requests.map(async (request, index): Promise<CheckOutcome> => {
        const answer = answers[index];
        if (answer === undefined) return broken(code, complaints);
        const read = JSON.parse(answer) as { runtime?: string; ran?: boolean; error?: string };
        if (read.runtime === undefined) return { kind: missingModule(read.error) ? 'unavailable' : 'failed', runtime: 'Python', reason: read.error ?? 'no answer' };
        const runtime = `${read.runtime} in Python`;
        if (read.ran !== true) return { kind: 'well-formed', runtime };
        const bytes = await readFile(request.output);
        return { kind: 'read', runtime, values: new Float32Array(new Uint8Array(bytes).buffer) };
      }),
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function missingModule(error: string | undefined): boolean {
  return error?.startsWith('ModuleNotFoundError') ?? false;
}

function broken(code: number | null, complaints: string): CheckOutcome {
  const said = complaints.trim().split('\n').at(-1) ?? '';
  const reason = `the Python environment is broken (it ended with exit code ${code ?? 'none'}${said === '' ? '' : `: ${said}`}); ${pythonAdvice}`;
  return { kind: 'unavailable', runtime: 'Python', reason };
}

async function run(python: string, input: string): Promise<{ readonly code: number | null; readonly output: string; readonly complaints: string }> {
  const child = spawn(python, ['-c', pythonProgram], {
    env: { ...process.env, KERAS_BACKEND: 'tensorflow', TF_CPP_MIN_LOG_LEVEL: '3', TF_ENABLE_ONEDNN_OPTS: '0', PYTHONIOENCODING: 'utf-8' },
    stdio: ['pipe', 'pipe', 'pipe'],
    timeout: patience,
  });
  const output: string[] = [];
  const complaints: string[] = [];
  child.stdout.setEncoding('utf8').on('data', (text: string) => output.push(text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => complaints.push(text));
  // A program that ended before it read everything is told by its exit code.
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  const code = await new Promise<number | null>((resolve) => {
    child.on('error', (error) => {
      complaints.push(error.message);
      resolve(null);
    });
    child.on('close', resolve);
  });
  return { code, output: output.join(''), complaints: complaints.join('') };
}
