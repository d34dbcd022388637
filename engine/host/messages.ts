import type { Diagnostic } from '../../core/diagnostics/diagnostic.ts';
import type { Result } from '../../core/diagnostics/result.ts';
import type { RunReport } from '../runs/run-report.ts';
import type { ExportReport, ExportRequest, WeightsReport, WeightsRequest } from './model-messages.ts';
import type { EvaluateRequest, PredictRequest, PredictionReport } from './prediction-messages.ts';
import type { SampleForecastsReport, SampleForecastsRequest } from './sample-messages.ts';
import type { CancelRequest, FindRateRequest, PrepareRequest, PreparedReport, RateReport, ResumeRequest, TrainRequest, TrainingProgressEvent, TrainingStartedEvent } from './training-messages.ts';

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
