import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { ChapterRow } from './chapter-rows.ts';
import type { KerasSeed } from './chapter-results.ts';

/** Trains the rows in Keras for each seed, and tells of each as it is done. */
export async function trainInKeras(python: string, rows: readonly ChapterRow[], seeds: readonly number[], done: (id: string, trained: KerasSeed, version: string) => void): Promise<void> {
  const program = fileURLToPath(new URL('./keras-rows.py', import.meta.url));
  const child = spawn(python, [program], { stdio: ['pipe', 'pipe', 'inherit'] });
  const asked = rows.map(({ id, task, layers, learningRate }) => ({ id, task, layers, learningRate }));
  child.stdin.end(JSON.stringify({ rows: asked, seeds }));
  const ended = new Promise<number | null>((resolve, reject) => child.on('error', reject).on('close', resolve));
  for await (const line of createInterface({ input: child.stdout })) {
    const { id, seed, error, msPerStep, keras } = JSON.parse(line) as KerasSeed & { readonly id: string; readonly keras: string };
    done(id, { seed, error, msPerStep }, keras);
  }
  const code = await ended;
  if (code !== 0) throw new Error(`keras-rows.py ended with exit code ${code}`);
}
