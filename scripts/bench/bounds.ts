import type { BenchRow } from './training-bench.ts';

/** A promise of the product: Unroll's median is at most so many times the rival's. */
interface Bound {
  readonly engine: string;
  readonly ratio: number;
}

const bounds: readonly Bound[] = [
  { engine: 'tfjs-layers', ratio: 0.05 },
  { engine: 'keras-fit', ratio: 0.6 },
];

/** Losses after the same steps from equal weights may differ by so much. */
const lossTolerance = 1e-4;

/** Sentences about every promise that this run did not keep. */
export function brokenPromises(rows: readonly BenchRow[]): readonly string[] {
  return rows.flatMap((row) => {
    const own = rows.find((other) => other.name === row.name && other.engine === 'unroll');
    const bound = bounds.find(({ engine }) => engine === row.engine);
    const slow = bound !== undefined && row.ratio > bound.ratio
      ? [`${row.name}: ${row.ratio.toFixed(3)} × ${row.engine}, at most ${bound.ratio} × was promised`] : [];
    const differs = (['lossBefore', 'lossAfter'] as const).filter((name) => !(Math.abs(row[name] - (own?.[name] ?? Number.NaN)) <= lossTolerance));
    return [...slow, ...differs.map((name) => `${row.name}: ${name} is ${row[name]} by ${row.engine}, ${own?.[name]} by unroll`)];
  });
}
