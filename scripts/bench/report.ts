import { readFileSync, writeFileSync } from 'node:fs';
import { Command } from 'commander';
import type { Judged } from './bounds.ts';
import { drawParts } from './parts-picture.ts';
import { measuredHere, table, writeSections } from './performance-page.ts';
import type { BenchRow } from './training-bench.ts';

interface Measured {
  readonly rows: readonly BenchRow[];
  readonly promises: readonly Judged[];
  readonly missed: readonly string[];
}

const picture = new URL('../../docs/images/step-time.svg', import.meta.url);

const command = new Command('npm run bench:report --')
  .description('Writes the tables of docs/performance.md, and its picture, from what `npm run bench -- --json FILE` wrote.')
  .argument('<file>', 'the JSON file')
  .parse();
const { rows, promises, missed } = JSON.parse(readFileSync(command.args[0]!, 'utf8')) as Measured;

const engines = ['jax', 'pytorch-1', 'pytorch-2', 'keras', 'keras-jit', 'keras-fit', 'tfjs-layers', 'onnxruntime'];

function milliseconds(value: number): string {
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);
}

function ratioOf(value: number): string {
  return `${value < 0.1 ? value.toPrecision(2) : value.toFixed(2)} ×`;
}

/** One line a case and task, one column an engine: ms, and Unroll's time as a multiple of it. */
function timesTable(): string {
  const places = [...new Set(rows.map(({ name, task }) => `${name}, ${task}`))];
  return table(['case', 'Unroll', ...engines], places.map((place) => {
    const own = rows.filter(({ name, task }) => `${name}, ${task}` === place);
    const of = (engine: string): BenchRow | undefined => own.find((row) => row.engine === engine);
    const unroll = of('unroll')!;
    const [low, high] = unroll.spreadMs;
    return [place.replace(', training step', ''), `**${milliseconds(unroll.medianMs)}** (${milliseconds(low)} to ${milliseconds(high)})`, ...engines.map((engine) => {
      const row = of(engine);
      return row === undefined ? '–' : `${milliseconds(row.medianMs)} (${ratioOf(row.ratio)})`;
    })];
  }));
}

function promisesTable(): string {
  return table(['promise', 'against', 'measured', 'must', 'wanted', ''], promises.map(({ name, task, against, rival, ratio, must, wanted }) => [
    `${name}${task === 'training step' ? '' : `, ${task}`}`, against === rival ? against : `${against} (${rival})`, ratioOf(ratio), `≤ ${must} ×`, wanted === undefined ? '' : `≤ ${wanted} ×`,
    ratio <= (wanted ?? 0) ? 'better than wanted' : ratio <= must ? 'kept' : '**missed**',
  ]));
}

/** How far a step is from what the processor multiplies and adds at best. */
function peakTable(): string {
  return table(['training step', 'arithmetic at peak, ms', 'whole step, ms', 'share', 'memory above TensorFlow alone, MB', 'first step, ms'], rows.flatMap((row) => {
    if (row.parts === undefined) return [];
    const floor = row.parts.multiplyAdds / row.parts.peak / 1e6;
    return [[row.name, milliseconds(floor), milliseconds(row.medianMs), `${((100 * floor) / row.medianMs).toFixed(0)} %`, (row.megabytesOfItsOwn ?? Number.NaN).toFixed(0), (row.firstStepMs ?? Number.NaN).toFixed(0)]];
  }));
}

function versions(): string {
  return engines.flatMap((engine) => rows.find((row) => row.engine === engine)?.version.replace(/^/u, `${engine} `) ?? []).join(', ');
}

const sections: Readonly<Record<string, string>> = {
  conditions: `${measuredHere()}: ${versions()}.`,
  promises: `${promisesTable()}\n\n${missed.length === 0 ? 'Every promise was kept in this run.' : `Not kept in this run:\n\n${missed.map((sentence) => `- ${sentence}`).join('\n')}`}`,
  times: timesTable(),
  peak: peakTable(),
};

writeSections(sections);
writeFileSync(picture, drawParts(rows.filter((row) => row.parts !== undefined && row.medianMs < 5)));
console.log('docs/performance.md and docs/images/step-time.svg are written.');
