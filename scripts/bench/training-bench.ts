import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { writeInputs } from '../../core/forecast/batch-inputs.ts';
import { writeTargets } from '../../core/forecast/batch-targets.ts';
import { initialParameters } from '../../core/program/initializers.ts';
import { caseModel } from './case-model.ts';
import { ownContender, startContender } from './contender.ts';
import type { Contender, ContenderKind } from './contender.ts';
import { caseFiles, taskName } from './protocol.ts';
import type { Parts, Task } from './protocol.ts';
import { median, quantile } from './statistics.ts';
import type { TrainingCase } from './training-cases.ts';

/** One contender's result in one task of one case. `ratio` is Unroll's median over this contender's. */
export interface BenchRow {
  readonly name: string;
  readonly task: string;
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
  /** How far the losses may be apart; infinite where contenders draw dropout masks of their own. */
  readonly lossTolerance: number;
  /** Unroll alone: above a process that has only loaded TensorFlow, and the first step after the graph was ready. */
  readonly megabytesOfItsOwn?: number;
  readonly firstStepMs?: number;
  /** … and where its step's time goes. */
  readonly parts?: Parts;
}

/** Files of the case for the contenders: start weights and batches, the same for all. */
export function writeCase(own: TrainingCase, folder: string): void {
  const { model, program, batches, samples } = caseModel(own);
  const width = (own.everyStep ? own.steps : 1) * own.outputs;
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
  /** By task. */
  readonly milliseconds: readonly number[][];
  readonly pace: number[];
  megabytes: number;
}

/** Losses after the same steps from equal weights may differ by so much. */
const usualTolerance = 1e-4;
/** About so long a contender is timed in one round. */
const roundMilliseconds = 300;
/** … and so long none is before, where several of ours take turns. */
const restMilliseconds = 400;
/** Contenders that get ready at the same time: most of it is reading files and compiling. */
const startingTogether = 2;

/** What is timed in turn: a case, its rivals, and what they do in it. */
export interface Contest {
  readonly own: TrainingCase;
  readonly rivals: readonly ContenderKind[];
  readonly tasks: readonly Task[];
}

interface StartedContest extends Contest {
  readonly all: readonly Times[];
}

/**
 * All contenders of some cases: started, then timed in turn, round after round, case after case, task after task. Cases that
 * are compared with each other belong into one call, so that what the machine does besides meets all of them.
 */
export async function benchTogether(contests: readonly Contest[], rounds: number): Promise<readonly BenchRow[]> {
  const folders: string[] = [];
  const started: StartedContest[] = [];
  const running: Contender[] = [];
  try {
    for (const contest of contests) {
      const folder = mkdtempSync(path.join(os.tmpdir(), 'unroll-bench-'));
      folders.push(folder);
      started.push({ ...contest, all: await startAll(contest, folder, running) });
    }
    for (let round = 0; round < rounds; round += 1) {
      for (const contest of started) {
        // Two engines of ours that take turns would each begin as if the other still worked.
        if (started.length > 1) await setTimeout(restMilliseconds);
        await timeRound(contest);
      }
    }
    const rows: BenchRow[] = [];
    for (const { own, tasks, all } of started) {
      const parts = await all[0]!.contender.parts(50);
      rows.push(...tasks.flatMap((task, index) => rowsOf(own, task, index, all, parts)));
    }
    return rows;
  } finally {
    running.forEach((contender) => { contender.stop(); });
    folders.forEach((folder) => { rmSync(folder, { recursive: true, force: true }); });
  }
}

/** @param running gets every contender as soon as it runs */
async function startAll({ own, rivals, tasks }: Contest, folder: string, running: Contender[]): Promise<readonly Times[]> {
  const all: Times[] = [];
  writeCase(own, folder);
  const waiting = [ownContender, ...rivals].filter(({ has }) => has(own)).map((kind, place) => ({ kind, place }));
  const startNext = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const contender = await startContender(next.kind, folder);
      running.push(contender);
      all[next.place] = { contender, milliseconds: tasks.map(() => []), pace: [], megabytes: 0 };
    }
  };
  await Promise.all(Array.from({ length: startingTogether }, startNext));
  for (const times of all) {
    for (const task of tasks) times.pace.push(times.contender.does(task) ? median((await times.contender.run(task, 3)).milliseconds) : 1);
  }
  return all;
}

async function timeRound({ tasks, all }: StartedContest): Promise<void> {
  for (const [index, task] of tasks.entries()) {
    for (const times of all.filter(({ contender }) => contender.does(task))) {
      const count = Math.max(2, Math.min(200, Math.round(roundMilliseconds / (times.pace[index] ?? 1))));
      const timed = await times.contender.run(task, count);
      times.milliseconds[index]!.push(...timed.milliseconds);
      times.megabytes = Math.max(times.megabytes, timed.megabytes);
    }
  }
}

function rowsOf(own: TrainingCase, task: Task, index: number, all: readonly Times[], parts: Parts): readonly BenchRow[] {
  const ours = median(all[0]?.milliseconds[index] ?? []);
  return all.filter(({ contender }) => contender.does(task)).map(({ contender: { engine, ready }, milliseconds, megabytes }) => {
    const times = milliseconds[index] ?? [];
    return {
      name: own.name,
      task: taskName(task),
      engine,
      version: ready.version,
      threads: ready.threads,
      medianMs: median(times),
      spreadMs: [quantile(times, 0.05), quantile(times, 0.95)],
      ratio: ours / median(times),
      lossBefore: ready.lossBefore,
      lossAfter: ready.lossAfter,
      megabytes,
      lossTolerance: own.lossTolerance ?? usualTolerance,
      ...(ready.emptyMegabytes === undefined ? {} : { megabytesOfItsOwn: megabytes - ready.emptyMegabytes }),
      ...(engine === 'unroll' && task.kind === 'train' ? { parts } : {}),
      ...(ready.firstStepMs === undefined ? {} : { firstStepMs: ready.firstStepMs }),
    };
  });
}
