import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { writeInputs, writeTargets } from '../../core/forecast/batches.ts';
import { initialParameters } from '../../core/program/initializers.ts';
import { caseModel } from './case-model.ts';
import { ownContender, startContender } from './contender.ts';
import type { Contender, ContenderKind } from './contender.ts';
import { caseFiles } from './protocol.ts';
import { median, quantile } from './statistics.ts';
import type { TrainingCase } from './training-cases.ts';

/** One contender's result in one case. `ratio` is Unroll's median over this contender's. */
export interface BenchRow {
  readonly name: string;
  readonly engine: string;
  readonly version: string;
  readonly threads: number;
  readonly medianMs: number;
  /** Medians of the fastest and of the slowest tenth. */
  readonly spreadMs: readonly [number, number];
  readonly ratio: number;
  readonly lossBefore: number;
  readonly lossAfter: number;
  readonly megabytes: number;
}

/** Files of the case for the contenders: start weights and batches, the same for all. */
function writeCase(own: TrainingCase, folder: string): void {
  const { model, program, batches, samples } = caseModel(own);
  const width = own.steps * own.outputs;
  const inputs = new Float32Array(samples.count * own.steps * own.features);
  const targets = new Float32Array(samples.count * width);
  const picks = Uint32Array.from({ length: samples.count }, (_, index) => index);
  writeInputs(batches, samples, picks, inputs);
  writeTargets(batches, samples, picks, targets, new Float32Array(samples.count * width));
  writeFileSync(path.join(folder, caseFiles.description), JSON.stringify(own));
  writeFileSync(path.join(folder, caseFiles.parameters), initialParameters(model, program.parameterLayout, 1));
  writeFileSync(path.join(folder, caseFiles.inputs), inputs);
  writeFileSync(path.join(folder, caseFiles.targets), targets);
}

interface Times {
  readonly contender: Contender;
  readonly milliseconds: number[];
  megabytes: number;
}

/** About so long a contender is timed in one round. */
const roundMilliseconds = 300;

/** All contenders on one case: started one after the other, then timed in turn, round after round. */
export async function benchCase(own: TrainingCase, rivals: readonly ContenderKind[], rounds: number): Promise<readonly BenchRow[]> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'unroll-bench-'));
  const all: Times[] = [];
  try {
    writeCase(own, folder);
    for (const kind of [ownContender, ...rivals].filter(({ has }) => has(own.layers))) {
      all.push({ contender: await startContender(kind, folder), milliseconds: [], megabytes: 0 });
    }
    const pace = new Map<Times, number>();
    for (const times of all) pace.set(times, median((await times.contender.run(3)).milliseconds));
    for (let round = 0; round < rounds; round += 1) {
      for (const times of all) {
        const steps = Math.max(2, Math.min(200, Math.round(roundMilliseconds / (pace.get(times) ?? 1))));
        const timed = await times.contender.run(steps);
        times.milliseconds.push(...timed.milliseconds);
        times.megabytes = Math.max(times.megabytes, timed.megabytes);
      }
    }
    return rowsOf(own, all);
  } finally {
    all.forEach(({ contender }) => { contender.stop(); });
    rmSync(folder, { recursive: true, force: true });
  }
}

function rowsOf(own: TrainingCase, all: readonly Times[]): readonly BenchRow[] {
  const ours = median(all[0]?.milliseconds ?? []);
  return all.map(({ contender: { engine, ready }, milliseconds, megabytes }) => ({
    name: own.name,
    engine,
    version: ready.version,
    threads: ready.threads,
    medianMs: median(milliseconds),
    spreadMs: [quantile(milliseconds, 0.05), quantile(milliseconds, 0.95)],
    ratio: ours / median(milliseconds),
    lossBefore: ready.lossBefore,
    lossAfter: ready.lossAfter,
    megabytes,
  }));
}
