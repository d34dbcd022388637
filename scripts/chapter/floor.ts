import { Matrix, solve } from 'ml-matrix';
import { RandomState } from '../../core/forecast/random-state.ts';
import { generateWaves } from '../../core/forecast/wave-generator.ts';
import { horizonOf } from './chapter-rows.ts';

const seriesCount = 10_000;
const validation = { first: 7_000, count: 2_000 } as const;
const window = 50;

/** Frequencies and offsets of the two waves of one series: f1, f2, o1, o2. */
type Waves = readonly number[];

/** The series without its noise, and its derivatives with respect to the four. */
function waveAt(time: number, [f1, f2, o1, o2]: Waves): { readonly value: number; readonly slopes: readonly number[] } {
  const [slow, fast] = [10 * f1! + 10, 20 * f2! + 20];
  const [first, second] = [(time - o1!) * slow, (time - o2!) * fast];
  return {
    value: 0.5 * Math.sin(first) + 0.2 * Math.sin(second),
    slopes: [5 * (time - o1!) * Math.cos(first), 4 * (time - o2!) * Math.cos(second), -0.5 * slow * Math.cos(first), -0.2 * fast * Math.cos(second)],
  };
}

/** The four by least squares on the values seen, from a start (Levenberg, 1944, https://doi.org/10.1090/qam/10666). */
function fitWaves(values: ArrayLike<number>, times: ArrayLike<number>, start: Waves): Waves {
  let waves = start;
  let damping = 1e-3;
  const errorOf = (candidate: Waves): number => {
    let sum = 0;
    for (let step = 0; step < window; step += 1) sum += (values[step]! - waveAt(times[step]!, candidate).value) ** 2;
    return sum;
  };
  let error = errorOf(waves);
  for (let round = 0; round < 60; round += 1) {
    const normal = Matrix.zeros(4, 4);
    const right = Matrix.zeros(4, 1);
    for (let step = 0; step < window; step += 1) {
      const { value, slopes } = waveAt(times[step]!, waves);
      for (let row = 0; row < 4; row += 1) {
        right.set(row, 0, right.get(row, 0) + slopes[row]! * (values[step]! - value));
        for (let column = 0; column < 4; column += 1) normal.set(row, column, normal.get(row, column) + slopes[row]! * slopes[column]!);
      }
    }
    for (let row = 0; row < 4; row += 1) normal.set(row, row, normal.get(row, row) * (1 + damping) + 1e-12);
    const change = solve(normal, right).to1DArray();
    const candidate = waves.map((value, index) => value + change[index]!);
    const found = errorOf(candidate);
    if (found < error) {
      const gain = error - found;
      [waves, error, damping] = [candidate, found, damping / 3];
      if (gain < 1e-12 * error) break;
    } else {
      damping *= 4;
      if (damping > 1e8) break;
    }
  }
  return waves;
}

/**
 * What is left where the generator is known and only its four numbers must be found in 50 noisy values: fitted by least squares from
 * their true values, so that no search fails. Mean squared error on the validation part.
 */
export function floorOf(task: 'one step' | 'ten steps'): number {
  const horizon = horizonOf(task);
  const steps = window + horizon;
  const { values } = generateWaves({ seed: 42, series: seriesCount, steps });
  const random = new RandomState(42);
  const drawn = Array.from({ length: 4 }, () => random.rand(seriesCount));
  const times = Float64Array.from({ length: steps }, (_, step) => step / (steps - 1));
  let sum = 0;
  for (let series = validation.first; series < validation.first + validation.count; series += 1) {
    const own = values.subarray(series * steps, (series + 1) * steps);
    const waves = fitWaves(own, times, drawn.map((numbers) => numbers[series]!));
    for (let step = window; step < steps; step += 1) sum += (own[step]! - waveAt(times[step]!, waves).value) ** 2;
  }
  return sum / (validation.count * horizon);
}
