import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { ChapterRow } from './chapter-rows.ts';
import type { KerasSeed } from './chapter-results.ts';

/** Trains the rows in Keras for each seed, and tells of each as it is done. */
export async function trainInKeras(python: string, rows: readonly ChapterRow[], seeds: readonly number[], done: (id: string, trained: KerasSeed, version: string) => void): Promise<void> {
  const asked = rows.map(({ id, task, layers, learningRate }) => ({ id, task, layers, learningRate }));
  await runKeras(python, { rows: asked, seeds }, (line) => {
    const { id, seed, error, msPerStep, keras } = JSON.parse(line) as KerasSeed & { readonly id: string; readonly keras: string };
    done(id, { seed, error, msPerStep }, keras);
  });
}

/** A start that any framework can take: the trainable weights in Keras's order, and the training series in the order of each epoch. */
export interface TrainingStart {
  readonly weights: readonly (readonly number[])[];
  readonly orders: readonly (readonly number[])[];
}

/** Errors on the validation part after each epoch of a training in Keras from a given start. */
export async function trainInKerasFrom(python: string, { id, task, layers, learningRate }: ChapterRow, start: TrainingStart): Promise<readonly number[]> {
  const found: (readonly number[])[] = [];
  await runKeras(python, { rows: [{ id, task, layers, learningRate, start }], seeds: [0] }, (line) => {
    found.push((JSON.parse(line) as { readonly errors: readonly number[] }).errors);
  });
  return found[0] ?? [];
}

async function runKeras(python: string, asked: object, told: (line: string) => void): Promise<void> {
  const program = fileURLToPath(new URL('./keras-rows.py', import.meta.url));
  const child = spawn(python, [program], { stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.end(JSON.stringify(asked));
  const ended = new Promise<number | null>((resolve, reject) => child.on('error', reject).on('close', resolve));
  for await (const line of createInterface({ input: child.stdout })) told(line);
  const code = await ended;
  if (code !== 0) throw new Error(`keras-rows.py ended with exit code ${code}`);
}
