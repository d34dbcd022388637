import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Command } from 'commander';
import { serializeDocument } from '../../core/document/serialize-document.ts';
import { chapterDocument, chapterRows } from '../chapter/chapter-rows.ts';
import { pythonContenders, startContender } from '../bench/contender.ts';
import type { Contender } from '../bench/contender.ts';
import { median } from '../bench/statistics.ts';
import { writeCase } from '../bench/training-bench.ts';
import { trainingCases } from '../bench/training-cases.ts';
import { rivalsPython } from '../setup/rivals.mjs';
import { trainInProcess } from './train-in-process.ts';

const command = new Command('npm run bench:epoch --')
  .description('Times whole epochs of the chapter\'s LSTM as a person trains it (events, validation, checkpoints) beside the bare loop of PyTorch in turn, and two runs at once beside one, with a processor each and with all that there are, by the epochs during which both ran. Ends with 1 where a promise is missed.')
  .option('--rounds <number>', 'rounds in which each is timed', '3')
  .option('--epochs <number>', 'epochs of a run, of which the first is left out: so many that what begins and ends a run weighs as little as in a real one', '12')
  .option('--python <file>', 'a Python that has torch')
  .parse();
const options = command.opts<{ rounds: string; epochs: string; python?: string }>();
const [rounds, epochs] = [Number(options.rounds), Number(options.epochs)];
if (!(Number.isInteger(rounds) && rounds > 0) || !(Number.isInteger(epochs) && epochs > 1)) command.error('--rounds takes a whole number from 1, --epochs from 2');
/** An epoch may take so many times PyTorch's steps alone; two runs of one processor each must do so many times the work of one such run. */
const promises = { epoch: 0.5, together: 1.6 } as const;
const rivals = pythonContenders(options.python ?? process.env['UNROLL_RIVALS_PYTHON'] ?? rivalsPython()).filter(({ engine }) => engine.startsWith('pytorch'));

const folder = mkdtempSync(path.join(os.tmpdir(), 'unroll-epochs-'));
const file = path.join(folder, 'lstm.unroll');
writeFileSync(file, serializeDocument(chapterDocument(chapterRows.find(({ id }) => id === 'lstm')!)));
const own = trainingCases.find(({ name }) => name === '2 × LSTM(20)')!;

type Epochs = readonly { readonly seconds: number; readonly steps: number }[];

interface TimedRun {
  readonly points: Epochs;
  /** When the process ended, in seconds. */
  readonly ended: number;
}

/** Seconds and steps of every epoch of a run but the first. */
function epochsOf(run: string): Epochs {
  const points = readFileSync(path.join(run, 'history.jsonl'), 'utf8').trim().split('\n').map((line) => JSON.parse(line) as { step: number; seconds: number });
  return points.slice(1).map(({ step, seconds }, position) => ({ seconds, steps: step - points[position]!.step }));
}

let runs = 0;
async function train(processors?: number): Promise<TimedRun> {
  runs += 1;
  const run = path.join(folder, `run-${runs}`);
  await trainInProcess(file, run, epochs, processors);
  return { points: epochsOf(run), ended: performance.now() / 1000 };
}

/** Two at once, without the epochs of the slower one that it had the machine to itself for, all or in part. */
async function trainTogether(processors?: number): Promise<readonly TimedRun['points'][]> {
  const both = await Promise.all([train(processors), train(processors)]);
  const firstEnd = Math.min(...both.map(({ ended }) => ended));
  return both.map(({ points, ended }) => {
    let kept = points.length;
    for (let end = ended; kept > 1 && end > firstEnd; end -= points[kept]!.seconds) kept -= 1;
    return points.slice(0, kept);
  });
}

/** Training steps a second. */
const paceOf = (points: Epochs): number =>
  points.reduce((sum, { steps }) => sum + steps, 0) / points.reduce((sum, { seconds }) => sum + seconds, 0);

try {
  writeCase(own, folder);
  const contenders: Contender[] = [];
  for (const rival of rivals) contenders.push(await startContender(rival, folder));
  console.log(`${rounds} rounds of ${epochs} epochs, beside ${contenders.map(({ engine }) => engine).join(' and ')}`);
  const ours: number[] = [];
  const theirs = contenders.map((): number[] => []);
  /** Steps a second: with all processors, with one each. */
  const [alone, together] = [[[], []], [[], []]] as [[number[], number[]], [number[], number[]]];
  let steps = 0;
  for (let round = 0; round < rounds; round += 1) {
    const { points } = await train();
    steps = points[0]!.steps;
    ours.push(...points.map(({ seconds }) => seconds));
    alone[0].push(paceOf(points));
    for (const [position, contender] of contenders.entries()) {
      const { milliseconds } = await contender.run({ kind: 'train' }, steps);
      theirs[position]!.push(milliseconds.reduce((sum, each) => sum + each, 0) / 1000);
    }
    together[0].push((await trainTogether()).reduce((sum, each) => sum + paceOf(each), 0));
    alone[1].push(paceOf((await train(1)).points));
    together[1].push((await trainTogether(1)).reduce((sum, each) => sum + paceOf(each), 0));
  }
  contenders.forEach((contender) => { contender.stop(); });
  const epoch = median(ours);
  console.log(`an epoch of ${steps} steps with events, validation and checkpoints: ${epoch.toFixed(3)} s`);
  const bare = contenders.map(({ engine }, position) => ({ engine, seconds: median(theirs[position]!) })).sort((first, second) => first.seconds - second.seconds);
  bare.forEach(({ engine, seconds }) => { console.log(`the same steps alone, ${engine}: ${seconds.toFixed(3)} s, ratio ${(epoch / seconds).toFixed(3)}`); });
  const gains = alone.map((own, kind) => median(together[kind]!) / median(own));
  ['all processors', 'one processor each'].forEach((words, kind) => {
    console.log(`with ${words}, one run: ${median(alone[kind]!).toFixed(0)} steps a second; two at once: ${median(together[kind]!).toFixed(0)}, ${gains[kind]!.toFixed(2)} × of one (${os.cpus().length} cores, load ${os.loadavg()[0]!.toFixed(1)})`);
  });
  const gain = gains[1]!;
  const [best] = bare;
  const missed = [
    ...(best !== undefined && epoch / best.seconds > promises.epoch ? [`an epoch takes ${(epoch / best.seconds).toFixed(3)} × the bare loop of ${best.engine}, at most ${promises.epoch} × was promised`] : []),
    ...(gain < promises.together ? [`two runs of one processor each do ${gain.toFixed(2)} × the work of one, at least ${promises.together} × was promised`] : []),
  ];
  if (best === undefined) console.log('PyTorch is not there: `npm run setup:rivals` installs it.');
  missed.forEach((sentence) => { console.log(`MISSED ${sentence}`); });
  process.exitCode = missed.length === 0 ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
