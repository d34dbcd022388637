import { create } from 'zustand';
import type { RunHandle, RunReport } from '../../electron/ipc/run-messages.ts';
import { useDocument } from '../state/document-store.ts';
import { useRuns } from '../state/runs-store.ts';

export interface DeletedRun {
  readonly run: RunHandle;
  readonly name: string;
}

/** Which runs are looked at, in the Runs tab and in the Evaluation tab alike. */
export interface RunChoice {
  /** null: the newest that was judged. */
  readonly run: RunHandle | null;
  /** At most two, in the order in which they were marked. */
  readonly compared: readonly RunHandle[];
  /** Of this sitting, last deleted last; they can be brought back until the project is closed. */
  readonly deleted: readonly DeletedRun[];
  /** Reports on the test part, each asked for by the person. */
  readonly testReports: ReadonlyMap<RunHandle, RunReport>;
}

const atFirst: RunChoice = { run: null, compared: [], deleted: [], testReports: new Map() };

export const useRunChoice = create<RunChoice>()(() => atFirst);

export function chooseRun(run: RunHandle | null): void {
  useRunChoice.setState({ run });
}

export function keepTestReport(run: RunHandle, report: RunReport): void {
  useRunChoice.setState(({ testReports }) => ({ testReports: new Map([...testReports, [run, report]]) }));
}

useDocument.subscribe((state, previous) => {
  if (state.project?.handle !== previous.project?.handle) useRunChoice.setState(atFirst);
});

// What has just been trained is what the person wants to see; what a resumed run said of the test part is no longer so.
useRuns.subscribe(({ state }, { state: previous }) => {
  if (state.kind !== 'finished' || previous.kind === 'finished') return;
  const { run } = state.progress;
  useRunChoice.setState(({ testReports }) => ({ run, testReports: new Map([...testReports].filter(([other]) => other !== run)) }));
});
