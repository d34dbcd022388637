import { readdirSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { chanceOfRise, quantile } from '../bench/statistics.ts';

/** What a process holds at one moment. */
export interface VitalSigns {
  readonly minutes: number;
  readonly residentMegabytes: number;
  readonly heapMegabytes: number;
  /** Open file descriptors; null where the system does not list them. */
  readonly files: number | null;
  /** Timers, ports, sockets and the like that keep the event loop alive. */
  readonly resources: number;
  /** Tensors alive inside TensorFlow. */
  readonly tensors: number;
}

const megabyte = 2 ** 20;

/**
 * Measures now, after rubbish has been collected where Node was started with --expose-gc: several times, with pauses, since what a first
 * collection finds unused (weights, batches) is given back by another thread, and what it held is found by the next.
 */
export async function measure(minutes: number, tensors: number): Promise<VitalSigns> {
  for (let collection = 0; collection < 3; collection += 1) {
    globalThis.gc?.();
    await setTimeout(100);
  }
  const { rss, heapUsed } = process.memoryUsage();
  return { minutes, residentMegabytes: rss / megabyte, heapMegabytes: heapUsed / megabyte, files: openFiles(), resources: process.getActiveResourcesInfo().length, tensors };
}

function openFiles(): number | null {
  try {
    // The folder that is being listed is open itself.
    return readdirSync('/proc/self/fd').length - 1;
  } catch {
    return null;
  }
}

/** The median slope between all pairs, per minute: a few odd measurements do not move it (Theil, 1950; Sen, 1968, https://doi.org/10.1080/01621459.1968.10480934). */
export function trend(signs: readonly VitalSigns[], of: (own: VitalSigns) => number): number {
  const slopes = signs.flatMap((one, index) => signs.slice(index + 1).map((other) => (of(other) - of(one)) / (other.minutes - one.minutes)));
  return slopes.length === 0 ? 0 : quantile(slopes, 0.5);
}

/** Resident memory may rise by so much over the whole time after warm-up, as the trend has it: allocators keep what they once had. */
const mostMegabytesOfRise = 16;

/** A trend is none that chance makes more often: what an allocator holds goes up and down by many times the limit. */
const mostChance = 0.05;

/** What a soak has found: handles that were not constant, memory that rose. `warm` are the rounds after warm-up. */
export function findings(warm: readonly VitalSigns[]): readonly string[] {
  const [first] = warm;
  const last = warm.at(-1);
  if (first === undefined || last === undefined || warm.length < 3) return ['fewer than three rounds after warm-up: give it more minutes'];
  const handles = (['files', 'resources', 'tensors'] as const).flatMap((name) => {
    const found = new Set(warm.map((own) => own[name]));
    return found.size === 1 ? [] : [`${name} were not constant: ${[...found].join(', ')}`];
  });
  const minutes = last.minutes - first.minutes;
  const rises = ([['resident memory', (own: VitalSigns) => own.residentMegabytes], ['heap', (own: VitalSigns) => own.heapMegabytes]] as const).flatMap(([name, of]) => {
    const rise = trend(warm, of) * minutes;
    return rise <= mostMegabytesOfRise || chanceOfRise(warm.map(of)) > mostChance ? [] : [`${name} rose by ${rise.toFixed(1)} MB in ${minutes.toFixed(1)} minutes, more than ${mostMegabytesOfRise} MB`];
  });
  return [...handles, ...rises];
}
