import { taskName } from './protocol.ts';
import type { BenchRow } from './training-bench.ts';

/** A promise of the product: Unroll's median is at most `must` times that of what it is held against, and better still is `wanted`. */
export interface Bound {
  readonly name: string;
  readonly task: string;
  /** An engine, or whichever of the rivals was fastest in this run; tfjs-layers is none of those. */
  readonly against: string;
  readonly must: number;
  readonly wanted?: number;
}

const bestRival = 'best rival';
const train = taskName({ kind: 'train' });

function steps(names: readonly string[], must: number, wanted: number, against = bestRival): readonly Bound[] {
  return names.map((name) => ({ name, task: train, against, must, wanted }));
}

const lstm = '2 × LSTM(20)';
const gru = ['2 × GRU(20), reset after', '2 × GRU(20), reset before'];
const described = ['peephole LSTM(20)', 'minimal gated unit(20)', 'layer-norm LSTM(20)', 'random cell(20) of 15 operations'];
const chapter = [lstm, '2 × SimpleRNN(20)', ...gru, '1 × SimpleRNN(20)', 'SimpleRNN(20) with BatchNorm between', 'Conv1D + 2 × GRU(20)', 'linear model', 'dense network'];

const bounds: readonly Bound[] = [
  ...steps([lstm, ...gru], 0.35, 0.2),
  ...steps(['2 × SimpleRNN(20)', '2 × layer-norm RNN(20)'], 0.3, 0.15),
  ...steps(described, 0.35, 0.2, 'jax'),
  ...steps(['2 × LSTM(64)'], 0.5, 0.35),
  ...steps(['2 × LSTM(128)'], 0.65, 0.45),
  ...steps(['bidirectional LSTM(32), recurrent dropout', 'encoder-decoder LSTM(32)'], 0.5, 0.3),
  ...steps(['WaveNet'], 0.5, 0.25),
  ...steps(['1 × SimpleRNN(20)', 'SimpleRNN(20) with BatchNorm between'], 0.5, 0.3),
  ...steps(['Conv1D + 2 × GRU(20)'], 0.6, 0.35),
  ...steps(['linear model', 'dense network'], 1, 0.6),
  ...steps([lstm, '2 × SimpleRNN(20)', ...gru], 0.01, 0.004, 'tfjs-layers'),
  ...steps(chapter.filter((name) => ![lstm, '2 × SimpleRNN(20)', ...gru].includes(name)), 0.03, 0.01, 'tfjs-layers'),
  { name: lstm, task: taskName({ kind: 'predict', series: 1 }), against: 'pytorch', must: 0.6 },
  { name: lstm, task: taskName({ kind: 'predict', series: 1000 }), against: 'pytorch-2', must: 0.5 },
];

/** Above a process that has only loaded TensorFlow. */
const mostMegabytes = 250;
const longestFirstStepMs = 300;

/** A promise beside what was measured. */
export interface Judged extends Bound {
  readonly medianMs: number;
  readonly rival: string;
  readonly rivalMs: number;
  readonly ratio: number;
}

function rivalOf(bound: Bound, rows: readonly BenchRow[]): BenchRow | undefined {
  const others = rows.filter(({ engine }) => engine !== 'unroll');
  const fits = (engine: string): boolean => {
    if (bound.against === bestRival) return engine !== 'tfjs-layers' && engine !== 'onnxruntime';
    return bound.against === 'pytorch' ? engine.startsWith('pytorch') : engine === bound.against;
  };
  return others.filter(({ engine }) => fits(engine)).sort((first, second) => first.medianMs - second.medianMs)[0];
}

/** Every promise whose case and rival this run measured. */
export function judge(rows: readonly BenchRow[]): readonly Judged[] {
  return bounds.flatMap((bound) => {
    const own = rows.filter(({ name, task }) => name === bound.name && task === bound.task);
    const [unroll, rival] = [own.find(({ engine }) => engine === 'unroll'), rivalOf(bound, own)];
    if (unroll === undefined || rival === undefined) return [];
    return [{ ...bound, medianMs: unroll.medianMs, rival: rival.engine, rivalMs: rival.medianMs, ratio: unroll.medianMs / rival.medianMs }];
  });
}

/** Sentences about every promise that this run did not keep. */
export function brokenPromises(rows: readonly BenchRow[]): readonly string[] {
  const slow = judge(rows).filter(({ ratio, must }) => !(ratio <= must)).map(({ name, task, ratio, rival, must }) =>
    `${name}, ${task}: ${ratio.toFixed(3)} × ${rival}, at most ${must} × was promised`);
  return [...slow, ...growthBroken(rows), ...rows.flatMap((row) => rowBroken(row, rows))];
}

function rowBroken(row: BenchRow, rows: readonly BenchRow[]): readonly string[] {
  const broken: string[] = [];
  const { megabytesOfItsOwn: megabytes = 0, firstStepMs = 0 } = row;
  if (megabytes > mostMegabytes) broken.push(`${row.name}: ${megabytes.toFixed(0)} MB above TensorFlow alone, at most ${mostMegabytes} were promised`);
  if (firstStepMs > longestFirstStepMs) broken.push(`${row.name}: the first step took ${firstStepMs.toFixed(0)} ms, at most ${longestFirstStepMs} were promised`);
  const own = rows.find((other) => other.name === row.name && other.engine === 'unroll');
  for (const name of ['lossBefore', 'lossAfter'] as const) {
    if (row.task !== train || Math.abs(row[name] - (own?.[name] ?? Number.NaN)) <= row.lossTolerance) continue;
    broken.push(`${row.name}: ${name} is ${row[name]} by ${row.engine}, ${own?.[name]} by unroll`);
  }
  return broken;
}

/** Steps of ever longer series: none may take longer, per time step, than a tenth above the shortest. */
function growthBroken(rows: readonly BenchRow[]): readonly string[] {
  const lengths = rows.flatMap((row) => {
    const steps = /, (\d+) steps$/u.exec(row.name)?.[1];
    return row.engine === 'unroll' && steps !== undefined ? [{ name: row.name, perStep: row.medianMs / Number(steps) }] : [];
  });
  const [first, ...longer] = lengths;
  return longer.filter(({ perStep }) => first !== undefined && perStep > 1.1 * first.perStep).map(({ name, perStep }) =>
    `${name}: ${(perStep * 1000).toFixed(2)} µs a time step, ${((first?.perStep ?? 0) * 1000).toFixed(2)} µs in the shortest`);
}
