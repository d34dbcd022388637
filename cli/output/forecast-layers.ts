import type { SampleForecast } from '../../engine/host/sample-messages.ts';

/** A point of a plot: `step` counts from the origin, the last time step that the forecast knows, which is 0. */
export interface PlotPoint {
  readonly step: number;
  readonly value: number;
}

export interface ForecastLayers {
  /** What was known, up to the origin. */
  readonly history: readonly PlotPoint[];
  /** From the origin on, the origin itself included, so that lines join. Missing values are left out. */
  readonly truth: readonly PlotPoint[];
  readonly model: readonly PlotPoint[];
  readonly naive: readonly PlotPoint[];
  readonly firstStep: number;
  readonly lastStep: number;
  readonly lowest: number;
  readonly highest: number;
}

/** One forecast as the lines of a plot, with at most `historySteps` time steps before the origin. */
export function layersOf(sample: SampleForecast, historySteps: number): ForecastLayers {
  const shown = sample.history.slice(-historySteps);
  const history = shown.map((value, position) => ({ step: position - shown.length + 1, value })).filter(isKnown);
  const origin = history.filter(({ step }) => step === 0);
  const ahead = (values: readonly number[]): readonly PlotPoint[] => [...origin, ...values.map((value, position) => ({ step: position + 1, value })).filter(isKnown)];
  const layers = { history, truth: ahead(sample.truth), model: ahead(sample.model), naive: ahead(sample.naive) };
  const values = Object.values(layers).flatMap((points) => points.map(({ value }) => value));
  return {
    ...layers,
    firstStep: 1 - shown.length,
    lastStep: sample.model.length,
    lowest: Math.min(...values),
    highest: Math.max(...values),
  };
}

function isKnown({ value }: PlotPoint): boolean {
  return Number.isFinite(value);
}
