import type { SampleForecast } from '../../electron/ipc/run-messages.ts';
import { alignColumns, type AlignedColumns } from '../charts/align-columns.ts';
import type { ChartLine } from '../charts/chart-options.ts';

/** So many steps before the origin at most, as a multiple of the horizon: more would squeeze the forecast. */
const historyPerStep = 4;
const fewestHistorySteps = 20;

const plainLines: readonly ChartLine[] = [
  { label: 'truth', color: 'truth', width: 1.5 },
  { label: 'model', color: 'model', width: 2.5, points: true },
  { label: 'naive', color: 'naive', dashed: true, points: true },
];

const bandLines: readonly ChartLine[] = [
  { label: '95 %', color: 'model', width: 0 },
  { label: '95 %', color: 'model', width: 0, band: true, opacity: 0.2 },
  { label: '80 %', color: 'model', width: 0 },
  { label: '80 %', color: 'model', width: 0, band: true, opacity: 0.3 },
];

type Quantiles = NonNullable<SampleForecast['quantiles']>;

/** Levels as far from the one end as the other's from the other, the widest pair first; the one in the middle has none. */
function quantilePairs(quantiles: Quantiles): readonly (readonly [low: Quantiles[number], high: Quantiles[number]])[] {
  return quantiles.slice(0, Math.floor(quantiles.length / 2)).map((low, position) => [low, quantiles.at(-1 - position)!]);
}

/** The bands behind, where there are any: of quantiles, or of draws. */
export function forecastLines({ bands, quantiles }: SampleForecast): readonly ChartLine[] {
  if (quantiles !== null) {
    const edges = quantilePairs(quantiles).flatMap(([low, high], position): readonly ChartLine[] => [
      { label: `${low.level} to ${high.level}`, color: 'model', width: 1, points: false },
      { label: `${low.level} to ${high.level}`, color: 'model', width: 1, points: false, band: true, opacity: Math.min(0.4, 0.2 + 0.1 * position) },
    ]);
    return [...edges, ...plainLines];
  }
  return bands === null ? plainLines : [...bandLines, ...plainLines];
}

/**
 * One forecast over time steps after its origin (0: the last step that was known; history lies at and before it), in the
 * data's unit: the edges of the bands where there are any, truth with the end of the history, model, naive.
 */
export function forecastChartData(sample: SampleForecast): AlignedColumns {
  const { history, truth, model, naive, bands, quantiles } = sample;
  const shown = Math.min(history.length, Math.max(fewestHistorySteps, historyPerStep * truth.length));
  const before = history.slice(history.length - shown);
  const ahead = truth.map((_, step) => step + 1);
  const drawn = bands === null ? [] : (['low95', 'high95', 'low80', 'high80'] as const).map((edge) => ({ x: ahead, y: bands.map((band) => band[edge]) }));
  const edges = quantiles === null ? drawn : quantilePairs(quantiles).flatMap((pair) => pair.map(({ values }) => ({ x: ahead, y: [...values] })));
  return alignColumns([
    ...edges,
    { x: [...before.map((_, step) => step + 1 - shown), ...ahead], y: [...before, ...truth] },
    { x: ahead, y: model },
    { x: ahead, y: naive },
  ]);
}

/** Mean absolute error over the horizon steps whose truth is known; null where none is. */
export function meanAbsoluteError(forecast: readonly number[], truth: readonly number[]): number | null {
  const errors = truth.flatMap((value, step) => (Number.isFinite(value) ? [Math.abs((forecast[step] ?? Number.NaN) - value)] : []));
  return errors.length === 0 ? null : errors.reduce((sum, error) => sum + error, 0) / errors.length;
}

/** The columns that samples are of, in their order. */
export function forecastColumns(samples: readonly { readonly column: string }[]): readonly string[] {
  return [...new Set(samples.map(({ column }) => column))];
}
