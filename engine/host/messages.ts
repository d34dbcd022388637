import type { Diagnostic } from '../../core/diagnostics/diagnostic.ts';
import type { Result } from '../../core/diagnostics/result.ts';
import type { ExportFormatName } from '../../core/export/export-formats.ts';
import type { CallingFacts, ScalerPlace } from '../../core/export/exportable-model.ts';
import type { QuantileReport } from '../../core/forecast/quantiles.ts';
import type { Coverage } from '../../core/forecast/forecast-bands.ts';
import type { GraphDocument } from '../../core/graph/graph-document.ts';
import type { RateFinding, TriedRate } from '../../core/program/schedules/rate-finder.ts';
import type { Proof } from '../export/proof/proof.ts';
import type { EngineFacts, EvaluatedPart, RunReport } from '../runs/run-report.ts';

/** Reads the data, checks and compiles the document, loads TensorFlow: everything before the first step. */
export interface PrepareRequest {
  readonly kind: 'prepare';
  readonly document: GraphDocument;
  /** Absolute path of the folder that the document's data files are relative to. */
  readonly projectDirectory: string;
}

export interface PreparedReport {
  /** Names this preparation in a train request; the host keeps the last one only. */
  readonly prepared: number;
  readonly parameters: number;
  readonly engine: EngineFacts;
  /** Windows a part. */
  readonly windows: { readonly training: number; readonly validation: number; readonly test: number };
  readonly stepsPerEpoch: number;
  readonly columns: readonly string[];
  readonly targetColumns: readonly string[];
  readonly warnings: readonly Diagnostic[];
}

export interface TrainRequest {
  readonly kind: 'train';
  readonly prepared: number;
  /** Must not exist or be empty. null: a new directory in `runs/` beside the project. */
  readonly runDirectory: string | null;
  /** Instead of the document's. */
  readonly seed?: number;
  /** A run whose kept weights are the start, wherever a layer of the same id has one of the same shape; left out: all are drawn afresh. */
  readonly startFrom?: string;
}

/** Goes on from a run's checkpoint, to the same weights bit for bit as if it had never stopped. */
export interface ResumeRequest {
  readonly kind: 'resume';
  readonly runDirectory: string;
  /** Instead of the run's own: a finished run can be trained for longer. */
  readonly epochs?: number;
}

/** Tries learning rates on a copy of the model, over some hundred steps; the document and every run stay as they are. */
export interface FindRateRequest {
  readonly kind: 'find-rate';
  readonly document: GraphDocument;
  /** Absolute path of the folder that the document's data files are relative to. */
  readonly projectDirectory: string;
}

/** `tried` in the order of rising rates; losses in scaled units. */
export interface RateReport extends RateFinding {
  readonly tried: readonly TriedRate[];
  readonly batchSize: number;
  readonly seed: number;
  readonly warnings: readonly Diagnostic[];
}

/** Ends the training under way before its next step; its train request is answered with `stopped: 'cancelled'`. */
export interface CancelRequest {
  readonly kind: 'cancel';
}

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

/** The kept weights, layer by layer. */
export interface WeightsRequest {
  readonly kind: 'weights';
  readonly runDirectory: string;
}

/** A weight in row-major order, under the names that Keras gives: kernel, recurrent_kernel, bias, gamma, beta. */
export interface NamedWeight {
  readonly node: string;
  readonly weight: string;
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

export interface WeightsReport {
  /** The document that was trained. */
  readonly document: GraphDocument;
  readonly weights: readonly NamedWeight[];
}

/** Writes a run's model in a format of other programs, proves it, and lays its card beside it. */
export interface ExportRequest {
  readonly kind: 'export';
  readonly runDirectory: string;
  readonly format: ExportFormatName;
  /** inside: the artefact takes and gives numbers in the data's own unit. */
  readonly scaler: ScalerPlace;
  /** Absolute; must not exist or be empty. A missing extension is added. */
  readonly out: string;
  /** Refuse what no runtime at hand could prove. */
  readonly mustBeProven: boolean;
  /** Keep it also where a runtime says something else than the model. */
  readonly keepUnverified: boolean;
}

export interface ExportReport {
  readonly run: string;
  readonly format: ExportFormatName;
  /** Absolute: the artefact, and everything that was written. */
  readonly out: string;
  readonly files: readonly string[];
  readonly facts: CallingFacts;
  readonly isScaled: boolean;
  readonly proof: Proof;
  readonly warnings: readonly Diagnostic[];
}

/** Lets go of TensorFlow's graphs and closes the port. */
export interface CloseRequest {
  readonly kind: 'close';
}

export type HostRequest =
  | PrepareRequest
  | TrainRequest
  | ResumeRequest
  | FindRateRequest
  | CancelRequest
  | EvaluateRequest
  | PredictRequest
  | SampleForecastsRequest
  | WeightsRequest
  | ExportRequest
  | CloseRequest;

/** What each kind of request is answered with, when it succeeds. */
export interface HostResponses {
  readonly prepare: PreparedReport;
  readonly train: RunReport;
  readonly resume: RunReport;
  readonly 'find-rate': RateReport;
  readonly cancel: { readonly wasTraining: boolean };
  readonly evaluate: RunReport;
  readonly predict: PredictionReport;
  readonly 'sample-forecasts': SampleForecastsReport;
  readonly weights: WeightsReport;
  readonly export: ExportReport;
  readonly close: null;
}

/** The first thing said of a training: where it lies and where it starts (counted from 0 when new, further when resumed). */
export interface TrainingStartedEvent {
  readonly kind: 'training-started';
  readonly run: string;
  readonly seed: number;
  readonly epochs: number;
  readonly stepsPerEpoch: number;
  readonly parameters: number;
  readonly finishedEpochs: number;
  readonly finishedSteps: number;
}

/** An epoch that has ended. Losses in scaled units; validationLoss null where the part has no windows. */
export interface EpochPoint {
  /** From 1. */
  readonly epoch: number;
  /** Steps finished at its end, over the whole run. */
  readonly step: number;
  readonly trainingLoss: number;
  readonly validationLoss: number | null;
  /** Whether its weights are the best so far. */
  readonly best: boolean;
  /** Of its last step; null in runs of older versions. */
  readonly learningRate: number | null;
  readonly seconds: number;
}

/** At most 20 a second: everything that happened since the last one. */
export interface TrainingProgressEvent {
  readonly kind: 'training-progress';
  readonly run: string;
  /** The epoch under way, from 1, and steps finished in it. */
  readonly epoch: number;
  readonly stepInEpoch: number;
  /** Steps finished over the whole run. */
  readonly step: number;
  /** Median of this session so far. */
  readonly msPerStep: number | null;
  /** Values of consecutive steps; the last one is of `step`. Losses in scaled units. */
  readonly losses: readonly number[];
  readonly gradientNorms: readonly number[];
  readonly learningRates: readonly number[];
  readonly epochsFinished: readonly EpochPoint[];
}

/** What the host is busy with outside the training loop. */
export interface PhaseEvent {
  readonly kind: 'phase';
  readonly phase: 'reading data' | 'checking' | 'loading TensorFlow' | 'compiling' | 'training' | 'trying learning rates' | 'evaluating' | 'forecasting' | 'exporting' | 'verifying';
}

/** Something the user should know that stopped nothing (a checkpoint that could not be written). */
export interface WarningEvent {
  readonly kind: 'warning';
  readonly diagnostic: Diagnostic;
}

export type HostEvent = PhaseEvent | TrainingStartedEvent | TrainingProgressEvent | WarningEvent;

/** Client to host. */
export interface RequestMessage {
  readonly type: 'request';
  readonly id: number;
  readonly request: HostRequest;
}

/** Host to client. `crash`: a programming error, as text; the client's promise is rejected with it. */
export type HostMessage =
  | { readonly type: 'response'; readonly id: number; readonly result: Result<HostResponses[keyof HostResponses]> }
  | { readonly type: 'crash'; readonly id: number; readonly message: string; readonly stack: string }
  | { readonly type: 'event'; readonly event: HostEvent };
