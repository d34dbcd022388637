import { existsSync, writeFileSync } from 'node:fs';
import { Command } from 'commander';
import { rivalsPython } from '../setup/rivals.mjs';
import { brokenPromises, judge } from './bounds.ts';
import { onnxContender, pythonContenders, tfjsLayersContender } from './contender.ts';
import type { ContenderKind } from './contender.ts';
import { taskName } from './protocol.ts';
import type { Task } from './protocol.ts';
import { benchTogether } from './training-bench.ts';
import type { BenchRow } from './training-bench.ts';
import { lengthCases, trainingCases } from './training-cases.ts';
import type { TrainingCase } from './training-cases.ts';

const command = new Command('npm run bench --')
  .description('Times a training step of Unroll beside its rivals, in turn, in one run. Rivals in Python are found where `npm run setup:rivals` put them.')
  .option('--json <file>', 'writes what was measured to a file; `npm run bench:report -- FILE` makes tables and a picture of it')
  .option('--only <text>', 'cases whose name contains this text')
  .option('--rivals <names>', 'only these rivals, with commas between', 'jax,pytorch-1,pytorch-2,keras,keras-jit,keras-fit,tfjs-layers,onnxruntime')
  .option('--rounds <number>', 'rounds in which every contender is timed', '5')
  .option('--python <file>', 'a Python that has jax, optax, torch, keras and tensorflow')
  .parse();
const options = command.opts<{ json?: string; only?: string; rivals: string; rounds: string; python?: string }>();
const python = options.python ?? process.env['UNROLL_RIVALS_PYTHON'] ?? rivalsPython();
const wanted = options.rivals.split(',');
const rivals = [tfjsLayersContender, onnxContender, ...(existsSync(python) ? pythonContenders(python) : [])].filter(({ engine }) => wanted.includes(engine));
if (!existsSync(python)) console.log('JAX, PyTorch and Keras are not there: `npm run setup:rivals` installs them (about 6 GB).');

/** Keras's slower ways to train are timed in the first cases; one of its three is enough to be the best rival in the others. */
const everyContender = new Set(['2 × SimpleRNN(20)', '2 × LSTM(20)', '2 × LSTM(64)', '2 × LSTM(128)']);
const predicting = '2 × LSTM(20)';

function rivalsFor(own: TrainingCase): readonly ContenderKind[] {
  if (lengthCases.includes(own)) return [];
  const tasks = tasksOf(own);
  const able = rivals.filter(({ does }) => does === undefined || tasks.some(does));
  return able.filter(({ engine }) => everyContender.has(own.name) || (engine !== 'keras' && engine !== 'keras-fit'));
}

function tasksOf(own: TrainingCase): readonly Task[] {
  const train = { kind: 'train' } as const;
  return own.name === predicting ? [train, { kind: 'predict', series: 1 }, { kind: 'predict', series: 1000 }] : [train];
}

function printRow(row: BenchRow): string {
  const spread = `${row.spreadMs[0].toFixed(2)} to ${row.spreadMs[1].toFixed(2)}`;
  return [
    row.engine.padEnd(12), `${row.medianMs.toFixed(2).padStart(9)} ms`, spread.padStart(20), `ratio ${row.ratio.toFixed(3)}`.padStart(12),
    `loss ${row.lossBefore.toFixed(5)} → ${row.lossAfter.toFixed(5)}`, `${row.megabytes.toFixed(0)} MB`, `${row.threads} thread(s)`, row.version,
  ].join('  ');
}

const rows: BenchRow[] = [];
// Series of different lengths are compared with each other.
for (const group of [...trainingCases.map((own) => [own]), lengthCases]) {
  const contests = group.filter(({ name }) => name.includes(options.only ?? '')).map((own) => ({ own, rivals: rivalsFor(own), tasks: tasksOf(own) }));
  contests.forEach(({ own }) => { console.log(`${own.name}, batch ${own.batch}, ${own.steps} steps, ${own.features} feature(s): ratio = unroll / rival`); });
  const measured = await benchTogether(contests, Number(options.rounds));
  for (const { own, tasks } of contests) {
    for (const task of tasks.map(taskName)) {
      console.log(contests.length > 1 ? ` ${own.name}, ${task}` : ` ${task}`);
      measured.filter((row) => row.name === own.name && row.task === task).forEach((row) => { console.log(`  ${printRow(row)}`); });
    }
  }
  rows.push(...measured);
}
const broken = brokenPromises(rows);
judge(rows).forEach(({ name, task, against, rival, ratio, must, wanted: better }) => {
  const verdict = ratio <= (better ?? 0) ? 'wanted' : ratio <= must ? 'kept' : 'MISSED';
  console.log(`${verdict.padEnd(7)} ${name}, ${task}: ${ratio.toFixed(3)} × ${against}${against === rival ? '' : ` (${rival})`}, must ${must}${better === undefined ? '' : `, wanted ${better}`}`);
});
broken.forEach((sentence) => { console.log(`MISSED ${sentence}`); });
if (options.json !== undefined) writeFileSync(options.json, `${JSON.stringify({ rows, promises: judge(rows), missed: broken }, null, 1)}\n`);
process.exitCode = broken.length === 0 ? 0 : 1;
