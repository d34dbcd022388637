import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/**
 * Trains a project by the command line in a process of its own, as the window does.
 *
 * @param onOneProcessor whether that process may use one processor alone; Linux only
 */
export function trainInProcess(file: string, run: string, epochs: number, onOneProcessor = false): Promise<void> {
  const unroll = fileURLToPath(new URL('../../cli/unroll.mjs', import.meta.url));
  const command = [...(onOneProcessor ? ['taskset', '--cpu-list', '0'] : []), process.execPath, unroll, 'train', file, '--epochs', String(epochs), '--out', run, '--json'];
  return new Promise((resolve, reject) => {
    const child = spawn(command[0]!, command.slice(1), { stdio: ['ignore', 'ignore', 'pipe'] });
    let complaints = '';
    child.stderr.on('data', (chunk: Buffer) => { complaints = `${complaints}${chunk.toString()}`.slice(-2000); });
    child.on('error', reject).on('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`training ended with ${code}: ${complaints}`));
    });
  });
}
