import { createInterface } from 'node:readline';
import type { ContenderLine, Ready } from '../protocol.ts';

function say(line: ContenderLine): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

/** Says that the contender is ready, then times `step` as often as it is asked to, each step by itself. */
export async function serve(ready: Omit<Ready, 'kind'>, step: (count: number) => void | Promise<void>): Promise<void> {
  say({ kind: 'ready', ...ready });
  let done = 0;
  for await (const line of createInterface({ input: process.stdin })) {
    const milliseconds: number[] = [];
    for (let left = Number(line.split(' ')[1]); left > 0; left -= 1) {
      const started = performance.now();
      await step(done);
      milliseconds.push(performance.now() - started);
      done += 1;
    }
    say({ kind: 'timed', milliseconds, megabytes: process.memoryUsage().rss / 2 ** 20 });
  }
}
