import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Trains a project by the command line in a process of its own, as the window does. */
export function trainInProcess(file: string, run: string, epochs: number, processors?: number): Promise<void> {
  const unroll = fileURLToPath(new URL('../../cli/unroll.mjs', import.meta.url));
  const options = processors === undefined ? [] : ['--processors', String(processors)];
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [unroll, 'train', file, '--epochs', String(epochs), '--out', run, '--json', ...options], { stdio: ['ignore', 'ignore', 'pipe'] });
    let complaints = '';
    child.stderr.on('data', (chunk: Buffer) => { complaints = `${complaints}${chunk.toString()}`.slice(-2000); });
    child.on('error', reject).on('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`training ended with ${code}: ${complaints}`));
    });
  });
}
