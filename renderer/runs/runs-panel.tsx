import '../data/panels.css';
import './runs-panel.css';
import type { RunSummary } from '../../electron/ipc/run-messages.ts';
import type { ProjectHandle } from '../../electron/ipc/project-messages.ts';
import { Button } from '../components/button.tsx';
import { EmptyState } from '../components/empty-state.tsx';
import { DiagnosticList } from '../data/diagnostic-list.tsx';
import { useDocument } from '../state/document-store.ts';
import { isBusy } from '../state/run-state.ts';
import { train, useRuns } from '../state/runs-store.ts';
import { restoreRun } from './run-actions.ts';
import { RunComparisonView } from './run-comparison-view.tsx';
import { useRunChoice } from './run-choice-store.ts';
import { RunDetailsView } from './run-details-view.tsx';
import { RunTable } from './run-table.tsx';
import { useRunList } from './use-runs.ts';

/** The dock's Runs tab: every training of the project, one in detail or two side by side. */
export function RunsPanel(): React.JSX.Element | null {
  const project = useDocument((state) => state.project?.handle ?? null);
  return project === null ? null : <div className="panel runs-panel"><Runs project={project} /></div>;
}

function Runs({ project }: { readonly project: ProjectHandle }): React.JSX.Element {
  const { value: runs, diagnostics } = useRunList(project);
  const { run: chosen, compared } = useRunChoice();
  if (runs === undefined) return diagnostics.length > 0 ? <DiagnosticList diagnostics={diagnostics} /> : <p className="panel-note">Reading the runs</p>;
  const shown = runs.find(({ run }) => run === chosen) ?? runs[0];
  const pair = compared.flatMap((run): readonly RunSummary[] => runs.filter((summary) => summary.run === run));
  const [first, second] = pair;
  const isComparing = first !== undefined && second !== undefined;
  return (
    <>
      <div className={isComparing ? 'runs-list runs-list-compact' : 'runs-list'}>
        <Deleted />
        {runs.length === 0 ? <NoRuns /> : <RunTable runs={runs} chosen={shown?.run ?? null} compared={compared} compact={isComparing} />}
      </div>
      {first !== undefined && second !== undefined ? (
        <RunComparisonView first={first} second={second} />
      ) : shown === undefined ? null : (
        <RunDetailsView key={shown.run} summary={shown} />
      )}
    </>
  );
}

function NoRuns(): React.JSX.Element {
  const busy = useRuns(({ state }) => isBusy(state));
  return (
    <EmptyState title="No runs yet" text="Every training is kept here with its graph, its losses and its verdict, to be compared, resumed and exported.">
      <Button look="primary" icon="play" disabled={busy} onClick={() => void train()}>
        Train
      </Button>
    </EmptyState>
  );
}

/** Deletions can be taken back until the project is closed, the last one first. */
function Deleted(): React.JSX.Element | null {
  const deleted = useRunChoice((state) => state.deleted);
  const last = deleted.at(-1);
  if (last === undefined) return null;
  return (
    <div className="runs-deleted" role="status">
      <span>
        {deleted.length === 1 ? 'Deleted' : `${deleted.length} runs deleted, last`} {last.name}.
      </span>
      <Button look="quiet" icon="undo" onClick={() => void restoreRun(last.run)}>
        Undo
      </Button>
    </div>
  );
}
