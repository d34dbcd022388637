import type { Diagnostic } from '../../core/diagnostics/diagnostic.ts';
import type { EvaluatedPart } from '../runs/run-report.ts';

/** Judges a run's kept weights on one part, beside the baselines on exactly the same windows. */
export interface EvaluateRequest {
  readonly kind: 'evaluate';
  readonly runDirectory: string;
  readonly part: EvaluatedPart;
  /** Draws of each forecast with dropout on, to see how many true values the bands hold; left out: none. */
  readonly draws?: number;
}

/** Forecasts with a run's kept weights and its own scaling. */
export interface PredictRequest {
  readonly kind: 'predict';
  readonly runDirectory: string;
  /** Absolute path of a CSV file with the columns trained on. null: the run's own data. */
  readonly dataFile: string | null;
  /** last: from the last window of each series. all: from every window. */
  readonly origins: 'last' | 'all';
  /** Draws of each forecast with dropout on; left out: none. */
  readonly draws?: number;
}

/** A forecast value in the data's unit. */
export interface ForecastRow {
  /** Index of the series in the data. */
  readonly series: number;
  /** What the data call it, or its number from 1. */
  readonly seriesName: string;
  /** The last time step that the forecast knows: its date, or its row number from 1 where the data has no dates. */
  readonly origin: string;
  /** Steps after the origin, from 1. */
  readonly step: number;
  /** The time step forecast; '' where the data has no dates, or none that can be continued. */
  readonly date: string;
  readonly column: string;
  readonly forecast: number;
  /** Where the model forecasts several: the least first. */
  readonly quantiles?: readonly ForecastQuantile[];
  /** Where draws were asked for. */
  readonly bands?: ForecastBand;
}

/** The value that a share of what may follow lies below. */
export interface ForecastQuantile {
  readonly level: number;
  readonly value: number;
}

/** Mean of the draws of one forecast value, and between which values the middle 80 and 95 % of them lie. */
export interface ForecastBand {
  readonly mean: number;
  readonly low80: number;
  readonly high80: number;
  readonly low95: number;
  readonly high95: number;
}

/** What a target says of whole series: a class with the probabilities of all, or numbers. A table, a row a window. */
export interface LabelPredictions {
  /** The target's label in the graph. */
  readonly target: string;
  readonly header: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
}

/** A series with its gaps filled, a row a time step. */
export interface FilledSeries {
  /** The target's label in the graph. */
  readonly target: string;
  readonly header: readonly string[];
  /** A missing value that stayed missing is NaN. */
  readonly rows: readonly (readonly (string | number)[])[];
  readonly filled: number;
  /** Missing values that no window with a known value reaches. */
  readonly leftOpen: number;
}

/** What a further Forecast of the graph says. */
export interface ForecastPredictions {
  /** The target's label in the graph. */
  readonly target: string;
  readonly rows: readonly ForecastRow[];
}

export interface PredictionReport {
  /** Of the first forecast of the graph. */
  readonly rows: readonly ForecastRow[];
  readonly otherForecasts: readonly ForecastPredictions[];
  readonly labels: readonly LabelPredictions[];
  readonly filled: readonly FilledSeries[];
  readonly warnings: readonly Diagnostic[];
}
