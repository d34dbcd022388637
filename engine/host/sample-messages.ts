import type { Diagnostic } from '../../core/diagnostics/diagnostic.ts';
import type { Coverage } from '../../core/forecast/forecast-bands.ts';
import type { QuantileReport } from '../../core/forecast/quantiles.ts';
import type { EvaluatedPart } from '../runs/run-report.ts';
import type { ForecastBand } from './prediction-messages.ts';

/** Forecasts of a few windows of a part, beside the truth and the naive forecast, to be drawn. */
export interface SampleForecastsRequest {
  readonly kind: 'sample-forecasts';
  readonly runDirectory: string;
  readonly part: EvaluatedPart;
  /** Windows wanted, spread evenly over the part. */
  readonly count: number;
  /** Draws of each forecast where the model has dropout; left out: none. */
  readonly draws?: number;
}

/** One window, one column, in the data's unit. NaN where the data has no value. */
export interface SampleForecast {
  readonly series: number;
  readonly origin: string;
  readonly column: string;
  /** The window's values, oldest first. */
  readonly history: readonly number[];
  /** One value a horizon step. */
  readonly truth: readonly number[];
  readonly model: readonly number[];
  readonly naive: readonly number[];
  /** One a horizon step; null where nothing was drawn. */
  readonly bands: readonly ForecastBand[] | null;
  /** Where the model forecasts several quantiles: each at every horizon step, the least first. */
  readonly quantiles: readonly { readonly level: number; readonly values: readonly number[] }[] | null;
}

/** What a target says of one window. */
export interface SampleLabels {
  readonly target: string;
  readonly kind: 'classify' | 'regress';
  readonly series: number;
  readonly origin: string;
  /** The window's values, oldest first, in the data's unit. */
  readonly history: readonly { readonly column: string; readonly values: readonly number[] }[];
  /** Probabilities of classes (truth 1 for the class that it is), or numbers in the labels' own unit. Truth is NaN where the data has none. */
  readonly values: readonly { readonly name: string; readonly truth: number; readonly model: number; readonly baseline: number }[];
}

/** The hidden values of one column in one window, told by the model and by the baselines, in the data's unit; a number a time step. */
export interface SampleFilling {
  readonly target: string;
  readonly series: number;
  /** The window's last time step. */
  readonly origin: string;
  readonly column: string;
  /** NaN where the data has no value. */
  readonly truth: readonly number[];
  readonly hidden: readonly boolean[];
  /** What fills hidden and missing values; NaN where the value is visible. */
  readonly model: readonly number[];
  readonly interpolation: readonly number[];
  readonly lastValue: readonly number[];
}

/** One column of one window as the model draws it, in the data's unit; a number a time step. */
export interface SampleDrawing {
  readonly target: string;
  readonly series: number;
  /** The window's last time step. */
  readonly origin: string;
  readonly column: string;
  /** NaN where the data has no value. */
  readonly truth: readonly number[];
  readonly model: readonly number[];
  readonly meanSeries: readonly number[];
}

export interface SampleForecastsReport {
  /** Of the first forecast of the graph; none where it has none. */
  readonly samples: readonly SampleForecast[];
  /** Of up to 400 windows spread over the part; null where nothing was drawn. */
  readonly coverage: Coverage | null;
  /** Of the same windows: how well the quantiles are met; null where no quantile is forecast. */
  readonly quantiles: QuantileReport | null;
  readonly labels: readonly SampleLabels[];
  readonly fillings: readonly SampleFilling[];
  readonly drawings: readonly SampleDrawing[];
  readonly warnings: readonly Diagnostic[];
}
