import { existsSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { threadsFor } from '../../engine/training/thread-choice.ts';
import { loadTensorFlow } from '../../engine/tensorflow/native-runtime.ts';
import { tensorFlowBackend } from '../../engine/tensorflow/tensorflow-backend.ts';
import type { Backend } from '../../engine/session.ts';
import type { Model } from '../../core/compile/model.ts';
import { pythonEnvironment } from '../setup/python-environment.mjs';
import { trainBest } from './best-template.ts';
import { judge, prepareChapter, trainSeed } from './chapter-experiment.ts';
import { chapterPage, exactTask, missed } from './chapter-page.ts';
import { chapterPicture } from './chapter-picture.ts';
import { readResults, writeResults } from './chapter-results.ts';
import type { ChapterResults } from './chapter-results.ts';
import { chapterDocument, chapterRows } from './chapter-rows.ts';
import { floorOf } from './floor.ts';
import { trainInKeras } from './keras-rows.ts';
import { trainFromSameStart } from './same-start.ts';

const command = new Command('npm run chapter --')
  .description("Trains every network of the chapter by the notebook's settings and writes docs/chapter.md with its picture. Ends with 1 where a promise is missed.")
  .option('--only <text>', 'the row of this id, or all rows whose id contains this text; "best" for the network of our own, "none" for the page alone')
  .option('--seeds <list>', 'seeds to train, for example 1,2; what the others gave before stays', '1,2,3,4,5')
  .option('--keras <seeds>', 'lets Keras train the chosen rows for so many seeds')
  .option('--same-start', 'trains the chosen rows in Unroll, and in Keras from the same weights in the same order, for the first seed')
  .option('--python <file>', 'a Python with keras and tensorflow')
  .parse();
const { only, keras, sameStart = false, python: interpreter, ...given } = command.opts<{ only?: string; seeds: string; keras?: string; sameStart?: boolean; python?: string }>();
const seeds = given.seeds.split(',').map(Number);
if (!seeds.every((seed) => Number.isInteger(seed) && seed >= 0)) command.error('--seeds takes whole numbers with commas between them');
const named = chapterRows.filter(({ id }) => id === only);
const chosen = named.length > 0 ? named : chapterRows.filter(({ id }) => only === undefined || id.includes(only));
const place = (relative: string): string => fileURLToPath(new URL(`../../docs/${relative}`, import.meta.url));
const today = new Date().toISOString().slice(0, 10);
const cores = os.cpus().length;
const conditions = `${today}, ${cores} cores (${os.cpus()[0]?.model.trim() ?? 'unknown'}) with a load of ${os.loadavg()[0]!.toFixed(0)}, Node ${process.versions.node}`;

let results = readResults();

/** Reads before it writes: Keras may be at work beside it. */
function keep(change: (before: ChapterResults) => Partial<ChapterResults>): void {
  const before = readResults();
  results = { ...before, ...change(before) };
  writeResults(results);
}

/** What was trained now in the place of the same seeds before. */
function merged<Run extends { readonly seed: number }>(before: readonly Run[] = [], now: readonly Run[]): readonly Run[] {
  const others = before.filter(({ seed }) => !now.some((own) => own.seed === seed));
  return [...others, ...now].toSorted((first, second) => first.seed - second.seed);
}

let loaded: Backend | undefined;
/** Threads are chosen once for a process: every network here is small. */
function backendFor(model: Model): Backend {
  const { threads, oneDnn } = threadsFor(model);
  loaded ??= tensorFlowBackend(loadTensorFlow({ oneDnn, ...(threads === null ? {} : { threads }) }));
  return loaded;
}

async function trainRows(): Promise<void> {
  for (const row of chosen) {
    const experiment = await prepareChapter(chapterDocument(row));
    const backend = backendFor(experiment.model);
    const task = exactTask(row.task);
    if (results.exact[task] === undefined) {
      const session = backend.open(experiment.program);
      const { baselines } = judge(session, experiment, 'validation');
      session.close();
      const found = { naive: baselines.naive!.mse, leastSquares: baselines.linear!.mse, floor: floorOf(task) };
      keep(({ exact }) => ({ exact: { ...exact, [task]: found } }));
    }
    const engine = backend.scans.kind === 'kernel' ? `scan kernel, ${backend.scans.instructionSet}` : 'ordinary operations';
    for (const seed of seeds) {
      const run = trainSeed(backend, experiment, seed);
      console.log(`${row.title}, seed ${seed}: ${run.error.toPrecision(4)}, ${run.msPerStep.toFixed(2)} ms a step, ${run.seconds.toFixed(1)} s`);
      keep(({ unroll, measured }) => ({ unroll: { ...unroll, [row.id]: merged(unroll[row.id], [run]) }, measured: { ...measured, Unroll: `${conditions}; ${engine}, one thread` } }));
    }
  }
}

function pythonWithKeras(): string {
  const python = interpreter ?? pythonEnvironment().interpreter ?? command.error('no Python with Keras: `npm run setup` makes one, or name yours with --python');
  if (!existsSync(python)) command.error(`there is no ${python}`);
  return python;
}

async function trainSameStarts(): Promise<void> {
  for (const row of chosen) {
    const experiment = await prepareChapter(chapterDocument(row));
    const found = await trainFromSameStart(backendFor(experiment.model), experiment, row, seeds[0]!, pythonWithKeras());
    console.log(`${row.title}, from the same start: ${found.unroll.at(-1)!.toPrecision(6)}, in Keras ${found.keras.at(-1)!.toPrecision(6)}`);
    keep(({ sameStart: before }) => ({ sameStart: { ...before, [row.id]: found } }));
  }
}

async function trainKeras(count: number): Promise<void> {
  await trainInKeras(pythonWithKeras(), chosen, seeds.slice(0, count), (id, trained, version) => {
    console.log(`${version}, ${id}, seed ${trained.seed}: ${trained.error.toPrecision(4)}, ${trained.msPerStep.toFixed(1)} ms a step`);
    keep(({ keras: before, measured }) => ({ keras: { ...before, [id]: merged(before[id], [trained]) }, measured: { ...measured, Keras: `${conditions}; ${version}` } }));
  });
}

if (sameStart) {
  await trainSameStarts();
} else if (keras === undefined) {
  await trainRows();
  if (only === undefined || only === 'best') {
    await trainBest(seeds, (trained, engine) => {
      console.log(`best of all, seed ${trained.seed}: ${trained.validation.toPrecision(4)}, on the test part ${trained.test.toPrecision(4)}, ${trained.seconds.toFixed(0)} s`);
      keep(({ best, measured }) => ({ best: merged(best, [trained]), measured: { ...measured, 'Our own': `${conditions}; ${engine}` } }));
    });
  }
} else {
  await trainKeras(Number(keras));
}
writeFileSync(place('chapter.md'), chapterPage(results));
writeFileSync(place('images/chapter.svg'), chapterPicture(results));
const sentences = missed(results);
for (const sentence of sentences) console.log(`MISSED ${sentence}`);
process.exitCode = sentences.length === 0 ? 0 : 1;
