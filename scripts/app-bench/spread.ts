import { median, quantile } from '../bench/statistics.ts';

/** Where the middle of some measurements lies, and how far they spread. */
export interface Spread {
  readonly count: number;
  readonly median: number;
  /** First and third quartile. */
  readonly quartiles: readonly [low: number, high: number];
}

export function spreadOf(values: readonly number[]): Spread {
  return { count: values.length, median: median(values), quartiles: [quantile(values, 0.25), quantile(values, 0.75)] };
}

/** '412 ms (398 to 431, 10 times)' */
export function printSpread({ count, median, quartiles }: Spread, unit: string, digits = 0): string {
  const [low, high] = quartiles.map((value) => value.toFixed(digits));
  return `${median.toFixed(digits)} ${unit} (${low} to ${high}, ${count} times)`;
}
