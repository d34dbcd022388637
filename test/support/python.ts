import { spawn } from 'node:child_process';
import type { TestContext } from 'vitest';
import { pythonEnvironment } from '../../scripts/setup/python-environment.mjs';

/**
 * The interpreter of the set-up's Python environment (Keras, TensorFlow, onnx, numpy, safetensors). Where there is none the
 * test is skipped with the reason; where CI is set it fails.
 */
export function needPython(context: TestContext): string {
  const environment = pythonEnvironment();
  if (environment.interpreter !== null) return environment.interpreter;
  if (process.env['CI']) throw new Error(environment.reason);
  context.skip(environment.reason);
}

/** Runs a Python program to its end and gives what it printed. Fails with what it said where it ends badly. */
export async function runPython(interpreter: string, parameters: readonly string[], options: { readonly folder?: string; readonly input?: string } = {}): Promise<string> {
  const child = spawn(interpreter, parameters, {
    cwd: options.folder,
    env: { ...process.env, TF_CPP_MIN_LOG_LEVEL: '3', KERAS_BACKEND: 'tensorflow', TF_ENABLE_ONEDNN_OPTS: '0' },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  // A program that stops before it has read everything closes the pipe: its exit code says why.
  child.stdin.on('error', () => undefined);
  child.stdin.end(options.input ?? '');
  const output: string[] = [];
  const complaints: string[] = [];
  child.stdout.setEncoding('utf8').on('data', (text: string) => output.push(text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => complaints.push(text));
  const code = await new Promise<number | null>((resolve, reject) => child.on('error', reject).on('close', resolve));
  if (code !== 0) throw new Error(`python ended with exit code ${code}:\n${complaints.join('').slice(-4_000)}`);
  return output.join('');
}
