import { importKeras } from '../../../formats/keras/import-keras.ts';
import type { ImportLimits } from '../../../formats/keras/import-limits.ts';

const mostMilliseconds = 200;
const mostGrowth = 64 << 20;
/** On a machine that does other things one of several tries shows how quick it can be. */
const tries = 6;

export interface Refusal {
  readonly message: string;
  readonly slow: boolean;
  readonly large: boolean;
}

/** What a file is refused with, and whether that took longer than 200 ms or more than 64 MiB of memory. */
export async function refusal(bytes: Uint8Array, limits?: ImportLimits): Promise<Refusal> {
  let [message, took, grown] = ['', Infinity, Infinity];
  for (let count = 0; count < tries && (took > mostMilliseconds || grown > mostGrowth); count += 1) {
    const [before, started] = [process.memoryUsage().rss, performance.now()];
    const read = await importKeras('x.keras', bytes, limits);
    [took, grown] = [Math.min(took, performance.now() - started), Math.min(grown, process.memoryUsage().rss - before)];
    message = read.ok ? 'it was read' : read.diagnostics.map((diagnostic) => diagnostic.message).join('\n');
  }
  return { message, slow: took > mostMilliseconds, large: grown > mostGrowth };
}
