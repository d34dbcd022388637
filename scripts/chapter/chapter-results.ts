import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { TrainedSeed } from './chapter-experiment.ts';

export interface KerasSeed {
  readonly seed: number;
  readonly error: number;
  readonly msPerStep: number;
}

/** Of the task of one step, and of ten: what does not depend on a seed. */
export interface ExactNumbers {
  readonly naive: number;
  readonly leastSquares: number;
  readonly floor: number;
}

export interface BestSeed {
  readonly seed: number;
  readonly validation: number;
  readonly test: number;
  /** Of processor time for the whole run, validation after each epoch included. */
  readonly seconds: number;
  /** Of the clock. */
  readonly wallSeconds: number;
  readonly epochs: number;
  readonly bestEpoch: number;
}

/** One network trained twice from the same weights on the same windows in the same order: errors on the validation part after each epoch. */
export interface SameStart {
  readonly seed: number;
  readonly unroll: readonly number[];
  readonly keras: readonly number[];
}

/** Everything that was measured, by row; what one run of the script leaves out stays from before. */
export interface ChapterResults {
  readonly exact: Readonly<Partial<Record<'one step' | 'ten steps', ExactNumbers>>>;
  readonly unroll: Readonly<Record<string, readonly TrainedSeed[]>>;
  readonly keras: Readonly<Record<string, readonly KerasSeed[]>>;
  readonly sameStart: Readonly<Record<string, SameStart>>;
  readonly best: readonly BestSeed[];
  /** The machine and the day of each part. */
  readonly measured: Readonly<Record<string, string>>;
}

const file = fileURLToPath(new URL('../../docs/chapter.json', import.meta.url));
const nothing: ChapterResults = { exact: {}, unroll: {}, keras: {}, sameStart: {}, best: [], measured: {} };

export function readResults(): ChapterResults {
  return existsSync(file) ? { ...nothing, ...JSON.parse(readFileSync(file, 'utf8')) as Partial<ChapterResults> } : nothing;
}

export function writeResults(results: ChapterResults): void {
  writeFileSync(file, `${JSON.stringify(results, null, 1)}\n`);
}
