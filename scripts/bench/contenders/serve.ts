import { createInterface } from 'node:readline';
import type { ContenderLine, Parts, Ready } from '../protocol.ts';

function say(line: ContenderLine): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

export interface Work {
  /** The step-th training step. */
  readonly train: (step: number) => void | Promise<void>;
  /** Makes a prediction of so many series ready to be repeated. */
  readonly predict: (series: number) => () => void | Promise<void>;
  readonly parts?: (count: number) => Parts;
}

/** Says that the contender is ready, then times what it is asked to do as often as it is asked to. */
export async function serve(ready: Omit<Ready, 'kind'>, work: Work): Promise<void> {
  say({ kind: 'ready', ...ready });
  let done = 0;
  for await (const line of createInterface({ input: process.stdin })) {
    const [what, count, series] = line.split(' ');
    if (what === 'parts') {
      if (work.parts !== undefined) say(work.parts(Number(count)));
      continue;
    }
    const predict = what === 'predict' ? work.predict(Number(series)) : null;
    const milliseconds: number[] = [];
    for (let left = Number(count); left > 0; left -= 1) {
      const started = performance.now();
      if (predict !== null) await predict();
      else await work.train(done);
      milliseconds.push(performance.now() - started);
      done += 1;
    }
    say({ kind: 'timed', milliseconds, megabytes: process.memoryUsage().rss / 2 ** 20 });
  }
}
