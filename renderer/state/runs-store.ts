import { create } from 'zustand';
import type { GraphDocument } from '../../core/graph/graph-document.ts';
import type { RunEventMessage, RunHandle, StartedRun } from '../../electron/ipc/run-messages.ts';
import type { Result } from '../../core/diagnostics/result.ts';
import { desktop, valueOrNotice } from './desktop.ts';
import { currentDocument, useDocument } from './document-store.ts';
import { isBusy, nextRunState, type RunAction, type RunState } from './run-state.ts';
import { showDock } from './view-store.ts';

export interface RunsState {
  readonly state: RunState;
  /** Counts what changes the list of runs (a start, an end, a deletion): whoever shows the list reads it again. */
  readonly listVersion: number;
}

export const useRuns = create<RunsState>()(() => ({ state: { kind: 'idle' }, listVersion: 0 }));

function dispatch(action: RunAction): void {
  useRuns.setState(({ state, listVersion }) => {
    const next = nextRunState(state, action);
    const isListed = next.kind !== state.kind && next.kind !== 'preparing' && next.kind !== 'refused';
    return { state: next, listVersion: isListed ? listVersion + 1 : listVersion };
  });
}

/** The list of runs is no longer what it was: one was deleted or brought back. */
export function touchRunList(): void {
  useRuns.setState(({ listVersion }) => ({ listVersion: listVersion + 1 }));
}

/** Trains the present graph, or shows what keeps it from being trained. */
export function train(seed: number | null = null): Promise<void> {
  return start(seed, undefined);
}

/** Trains the present graph with a run's kept weights as its start. */
export function trainFrom(run: RunHandle): Promise<void> {
  return start(null, run);
}

async function start(seed: number | null, from: RunHandle | undefined): Promise<void> {
  const { project, diagnostics } = useDocument.getState();
  if (project === null || isBusy(useRuns.getState().state)) return;
  if (diagnostics.some(({ severity }) => severity === 'error')) {
    showDock('problems');
    return;
  }
  const document = currentDocument();
  await follow(document, () => desktop().startRun({ project: project.handle, document, seed, ...(from === undefined ? {} : { from }) }));
}

/** Goes on with a run that was stopped or cut off; epochs: null, to the number that was asked for at its start. */
export async function resume(run: RunHandle, epochs: number | null = null): Promise<void> {
  if (isBusy(useRuns.getState().state)) return;
  await follow(null, () => desktop().resumeRun({ run, epochs }));
}

async function follow(document: GraphDocument | null, ask: () => Promise<Result<StartedRun>>): Promise<void> {
  showDock('training');
  dispatch({ kind: 'asked', document });
  const answer = await ask();
  dispatch(answer.ok ? { kind: 'accepted', started: answer.value } : { kind: 'refused', diagnostics: answer.diagnostics });
}

/** Stops the training under way; its checkpoint is kept. */
export async function stopTraining(): Promise<void> {
  const { state } = useRuns.getState();
  if (state.kind === 'active') await valueOrNotice(desktop().stopRun({ run: state.progress.run }));
}

/** Takes in what the main process tells of runs. */
export function receiveRunEvent({ run, event }: RunEventMessage): void {
  dispatch({ kind: 'event', run, event });
}

export function forgetRun(): void {
  dispatch({ kind: 'project-changed' });
}
