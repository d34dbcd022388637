import { existsSync } from 'node:fs';
import { Command } from 'commander';
import { rivalsPython } from '../setup/rivals.mjs';
import { brokenPromises } from './bounds.ts';
import { pythonContenders, tfjsLayersContender } from './contender.ts';
import { benchCase } from './training-bench.ts';
import type { BenchRow } from './training-bench.ts';
import { trainingCases } from './training-cases.ts';

const command = new Command('npm run bench --')
  .description('Times a training step of Unroll beside its rivals, in turn, in one run. Rivals in Python are found where `npm run setup:rivals` put them.')
  .option('--json', 'one JSON object on standard output, nothing else')
  .option('--only <text>', 'cases whose name contains this text')
  .option('--rounds <number>', 'rounds in which every contender is timed', '10')
  .option('--python <file>', 'a Python that has jax, optax, torch, keras and tensorflow')
  .parse();
const options = command.opts<{ json?: boolean; only?: string; rounds: string; python?: string }>();
const python = options.python ?? process.env['UNROLL_RIVALS_PYTHON'] ?? rivalsPython();
const rivals = [tfjsLayersContender, ...(existsSync(python) ? pythonContenders(python) : [])];
const say = (line: string): void => { (options.json === true ? process.stderr : process.stdout).write(`${line}\n`); };
if (rivals.length === 1) say('JAX, PyTorch and Keras are not there: `npm run setup:rivals` installs them (about 6 GB).');

function printRow(row: BenchRow): string {
  const spread = `${row.spreadMs[0].toFixed(2)} to ${row.spreadMs[1].toFixed(2)}`;
  return [
    row.engine.padEnd(12), `${row.medianMs.toFixed(2).padStart(9)} ms`, spread.padStart(20), `ratio ${row.ratio.toFixed(3)}`.padStart(12),
    `loss ${row.lossBefore.toFixed(5)} → ${row.lossAfter.toFixed(5)}`, `${row.megabytes.toFixed(0)} MB`, `${row.threads} thread(s)`, row.version,
  ].join('  ');
}

const cases: BenchRow[] = [];
for (const own of trainingCases.filter(({ name }) => name.includes(options.only ?? ''))) {
  say(`${own.name}, batch ${own.batch}, ${own.steps} steps, ${own.features} feature(s): a training step, ratio = unroll / rival`);
  const rows = await benchCase(own, rivals, Number(options.rounds));
  rows.forEach((row) => { say(`  ${printRow(row)}`); });
  cases.push(...rows);
}
const broken = brokenPromises(cases);
broken.forEach((sentence) => { say(`MISSED ${sentence}`); });
if (options.json === true) process.stdout.write(`${JSON.stringify({ cases, missed: broken }, null, 1)}\n`);
process.exitCode = broken.length === 0 ? 0 : 1;
