import type { Diagnostic } from '../../core/diagnostics/diagnostic.ts';
import type { GraphDocument } from '../../core/graph/graph-document.ts';
import type { BaselineName, EpochPoint, RunEvent, RunHandle, RunPhase, RunReport, StartedRun } from '../../electron/ipc/run-messages.ts';
import { emptyTrace, extendTrace, type LossTrace } from './loss-trace.ts';

/** What is known of a training that has begun. Losses are in scaled units. */
export interface RunProgress {
  readonly run: RunHandle;
  /** The graph that is trained; null: that of an earlier run, resumed. */
  readonly document: GraphDocument | null;
  readonly facts: StartedRun['facts'] | null;
  readonly seed: number;
  readonly epochs: number;
  readonly stepsPerEpoch: number;
  readonly parameters: number;
  /** The epoch under way, from 1; 0 before the first. */
  readonly epoch: number;
  readonly stepInEpoch: number;
  /** Steps finished over the whole run. */
  readonly step: number;
  readonly msPerStep: number | null;
  readonly losses: LossTrace;
  readonly learningRates: LossTrace;
  /** Finished epochs of this session. */
  readonly history: readonly EpochPoint[];
  readonly baselines: Readonly<Partial<Record<BaselineName, number>>>;
  readonly warnings: readonly Diagnostic[];
}

/** The training of this window: one at a time. */
export type RunState =
  | { readonly kind: 'idle' }
  /** Asked for, and the first step not yet taken. */
  | { readonly kind: 'preparing'; readonly document: GraphDocument | null; readonly accepted: StartedRun | null }
  /** Could not be started. */
  | { readonly kind: 'refused'; readonly diagnostics: readonly Diagnostic[] }
  | { readonly kind: 'active'; readonly phase: RunPhase; readonly progress: RunProgress }
  | { readonly kind: 'finished'; readonly progress: RunProgress; readonly report: RunReport }
  | { readonly kind: 'failed'; readonly progress: RunProgress | null; readonly run: RunHandle; readonly diagnostics: readonly Diagnostic[]; readonly resumable: boolean };

export type RunAction =
  | { readonly kind: 'asked'; readonly document: GraphDocument | null }
  | { readonly kind: 'accepted'; readonly started: StartedRun }
  | { readonly kind: 'refused'; readonly diagnostics: readonly Diagnostic[] }
  | { readonly kind: 'event'; readonly run: RunHandle; readonly event: RunEvent }
  | { readonly kind: 'project-changed' };

/** What a person's wish, an answer or an event makes of the state. Events of another run change nothing. */
export function nextRunState(state: RunState, action: RunAction): RunState {
  switch (action.kind) {
    case 'asked':
      return isBusy(state) ? state : { kind: 'preparing', document: action.document, accepted: null };
    case 'accepted':
      return accept(state, action.started);
    case 'refused':
      return state.kind === 'preparing' ? { kind: 'refused', diagnostics: action.diagnostics } : state;
    case 'event':
      return afterEvent(state, action.run, action.event);
    case 'project-changed':
      return { kind: 'idle' };
  }
}

/** Whether a training is under way, so that another cannot begin. */
export function isBusy(state: RunState): boolean {
  return state.kind === 'preparing' || state.kind === 'active';
}

/** The progress that there is something to show of. */
export function progressOf(state: RunState): RunProgress | null {
  return state.kind === 'active' || state.kind === 'finished' || state.kind === 'failed' ? state.progress : null;
}

/** The share of all steps that are done, from 0 to 1; null while it is not known. */
export function doneShare(progress: RunProgress): number | null {
  const steps = progress.epochs * progress.stepsPerEpoch;
  return steps === 0 ? null : Math.min(1, progress.step / steps);
}

/** The answer to the wish may come before or after the first event. */
function accept(state: RunState, started: StartedRun): RunState {
  if (state.kind === 'preparing') return { ...state, accepted: started };
  const progress = progressOf(state);
  if (progress === null || progress.run !== started.run || state.kind === 'idle' || state.kind === 'refused') return state;
  return { ...state, progress: { ...progress, facts: started.facts } };
}

function afterEvent(state: RunState, run: RunHandle, event: RunEvent): RunState {
  if (event.kind === 'started' && state.kind === 'preparing') {
    return { kind: 'active', phase: 'training', progress: begin(run, state.document, state.accepted, event) };
  }
  if (event.kind === 'failed' && state.kind === 'preparing') {
    return { kind: 'failed', progress: null, run, diagnostics: event.diagnostics, resumable: event.resumable };
  }
  if (event.kind === 'baselines') return withBaselines(state, run, event.losses);
  if (state.kind !== 'active' || state.progress.run !== run) return state;
  const { progress } = state;
  switch (event.kind) {
    case 'started':
      return state;
    case 'progress':
      return { ...state, progress: advance(progress, event) };
    case 'phase':
      return { ...state, phase: event.phase };
    case 'warning':
      return { ...state, progress: { ...progress, warnings: [...progress.warnings, event.diagnostic] } };
    case 'finished':
      return { kind: 'finished', progress, report: event.report };
    case 'failed':
      return { kind: 'failed', progress, run, diagnostics: event.diagnostics, resumable: event.resumable };
  }
}

/** A training of a second may end before its baselines are known; its chart wants them all the same. */
function withBaselines(state: RunState, run: RunHandle, baselines: RunProgress['baselines']): RunState {
  if (state.kind !== 'active' && state.kind !== 'finished' && state.kind !== 'failed') return state;
  return state.progress?.run === run ? { ...state, progress: { ...state.progress, baselines } } : state;
}

function begin(
  run: RunHandle,
  document: GraphDocument | null,
  accepted: StartedRun | null,
  event: Extract<RunEvent, { readonly kind: 'started' }>,
): RunProgress {
  return {
    run,
    document,
    facts: accepted?.run === run ? accepted.facts : null,
    seed: event.seed,
    epochs: event.epochs,
    stepsPerEpoch: event.stepsPerEpoch,
    parameters: event.parameters,
    epoch: event.finishedEpochs,
    stepInEpoch: 0,
    step: event.finishedSteps,
    msPerStep: null,
    losses: emptyTrace(event.finishedSteps),
    learningRates: emptyTrace(event.finishedSteps),
    history: [],
    baselines: {},
    warnings: [],
  };
}

function advance(progress: RunProgress, event: Extract<RunEvent, { readonly kind: 'progress' }>): RunProgress {
  return {
    ...progress,
    epoch: event.epoch,
    stepInEpoch: event.stepInEpoch,
    step: event.step,
    msPerStep: event.msPerStep,
    losses: extendTrace(progress.losses, event.losses),
    learningRates: extendTrace(progress.learningRates, event.learningRates),
    history: event.epochsFinished.length === 0 ? progress.history : [...progress.history, ...event.epochsFinished],
  };
}
