import type { RunDetails, RunHandle, RunSummary } from '../../electron/ipc/run-messages.ts';
import type { ProjectHandle } from '../../electron/ipc/project-messages.ts';
import { useAnswer, type Answer } from '../data/use-answer.ts';
import { desktop } from '../state/desktop.ts';
import { useRuns } from '../state/runs-store.ts';

/** The project's runs, newest first; read again whenever one begins, ends or goes. */
export function useRunList(project: ProjectHandle): Answer<readonly RunSummary[]> {
  const version = useRuns((state) => state.listVersion);
  return useAnswer(`${project} ${version}`, () => desktop().listRuns({ project }));
}

/** One run with its graph, report and history; null: none is asked for. */
export function useRunDetails(run: RunHandle | null): Answer<RunDetails> {
  const version = useRuns((state) => state.listVersion);
  return useAnswer(run === null ? null : `${run} ${version}`, () => desktop().readRun({ run: run! }));
}
