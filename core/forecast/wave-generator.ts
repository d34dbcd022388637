import { RandomState } from './random-state.ts';
import type { LabelFacts, SeriesLabel } from './series-labels.ts';
import { observedTable, type SeriesTable } from './series-table.ts';

export interface WaveSettings {
  /** Whole number from 0 to 2³² − 1. */
  readonly seed: number;
  readonly series: number;
  readonly steps: number;
  /** Full width of the uniform noise. */
  readonly noise?: number;
}

/**
 * Sums of two sine waves with random frequencies and offsets, plus uniform noise, in one column 'value':
 * 0.5·sin((t − o1)(10·f1 + 10)) + 0.2·sin((t − o2)(20·f2 + 20)) + noise·(u − 0.5), t = linspace(0, 1, steps).
 * Numbers are drawn in NumPy's order (`rand(4, series, 1)`, then `rand(series, steps)`) and rounded to float32, so that a
 * seed gives the very series that the textbook's program gives.
 * Throws RangeError for a seed or sizes that are not whole numbers.
 * Source: A. Géron (2019), Hands-On Machine Learning, 2nd edition, chapter 15, https://github.com/ageron/handson-ml2
 */
export function generateWaves({ seed, series, steps, noise = 0.1 }: WaveSettings): SeriesTable {
  if (!Number.isInteger(series) || series < 1 || !Number.isInteger(steps) || steps < 1) {
    throw new RangeError(`(${series} series, ${steps} step): both must be whole numbers of at least 1`);
  }
  const random = new RandomState(seed);
  const frequency1 = random.rand(series);
  const frequency2 = random.rand(series);
  const offset1 = random.rand(series);
  const offset2 = random.rand(series);
  const uniform = random.rand(series * steps);
  const time = linearlySpaced(steps);
  const values = new Float64Array(series * steps);
  for (let row = 0; row < series; row += 1) {
    const slow = frequency1[row]! * 10 + 10;
    const fast = frequency2[row]! * 20 + 20;
    for (let step = 0; step < steps; step += 1) {
      const position = row * steps + step;
      const waves = 0.5 * Math.sin((time[step]! - offset1[row]!) * slow) + 0.2 * Math.sin((time[step]! - offset2[row]!) * fast);
      values[position] = Math.fround(waves + noise * (uniform[position]! - 0.5));
    }
  }
  const table = observedTable([{ name: 'value', unit: null }], series, steps, values);
  return { ...table, labels: labelsOf(frequency1, frequency2, offset1, offset2) };
}

/**
 * 'faster wave': which of the two waves is the faster one for its kind, f1 > f2 (in cycles the second always is); and the four
 * numbers that a series is drawn from, each from 0 to 1.
 */
export const waveLabels: readonly LabelFacts[] = [
  { name: 'faster wave', isNumber: false, classes: ['first', 'second'], isKnownAhead: true },
  ...['frequency 1', 'frequency 2', 'offset 1', 'offset 2'].map((name) => ({ name, isNumber: true, classes: null, isKnownAhead: true })),
];

function labelsOf(...numbers: readonly [Float64Array, Float64Array, Float64Array, Float64Array]): readonly SeriesLabel[] {
  const [frequency1, frequency2] = numbers;
  return waveLabels.map(({ name, classes }, position) =>
    classes === null
      ? { name, perSeries: true, numbers: numbers[position - 1]!, classes: null }
      : { name, perSeries: true, numbers: null, classes: { names: classes, indices: Int32Array.from(frequency1, (own, series) => (own > frequency2[series]! ? 0 : 1)) } });
}

/** numpy.linspace(0, 1, steps). */
function linearlySpaced(steps: number): Float64Array {
  const spacing = 1 / (steps - 1);
  return Float64Array.from({ length: steps }, (_, step) => (step === 0 ? 0 : step === steps - 1 ? 1 : step * spacing));
}
