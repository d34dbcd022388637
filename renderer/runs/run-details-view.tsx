import { useState } from 'react';
import { countOf } from '../../core/diagnostics/phrases.ts';
import type { RunSummary } from '../../electron/ipc/run-messages.ts';
import { copyCommand } from '../app/export-commands.ts';
import { openExport } from '../export/export-store.ts';
import { openUsage } from '../export/usage-store.ts';
import { Button } from '../components/button.tsx';
import { NumberInput } from '../components/number-input.tsx';
import { VerdictLine } from '../evaluation/verdict-line.tsx';
import { stopInWords, verdictView } from '../evaluation/verdict-view.ts';
import { isBusy } from '../state/run-state.ts';
import { resume, trainFrom, useRuns } from '../state/runs-store.ts';
import { showDock } from '../state/view-store.ts';
import { deleteRun, openRunGraph } from './run-actions.ts';
import { chooseRun } from './run-choice-store.ts';
import { useRunDetails } from './use-runs.ts';

/** One run: what came of it, what changed, and what can be done with it. */
export function RunDetailsView({ summary }: { readonly summary: RunSummary }): React.JSX.Element {
  const { value: details } = useRunDetails(summary.run);
  const report = details?.report ?? null;
  const busy = useRuns(({ state }) => isBusy(state));
  const isUnderWay = summary.stopped === null;
  const hasWeights = !isUnderWay && (summary.score !== null || summary.stopped === 'imported');
  const evaluate = () => {
    chooseRun(summary.run);
    showDock('evaluation');
  };
  return (
    <section className="run-details" aria-label="The chosen run">
      <h3 className="selectable">{summary.name}</h3>
      {report?.verdict === undefined ? null : <VerdictLine view={verdictView(report)} />}
      <p className="quiet">
        {stopInWords(summary.stopped)}. {countOf(summary.parameters, 'trainable weight')}, seed {summary.seed}.
      </p>
      {canGoOn(summary) ? <ResumeControl summary={summary} /> : null}
      {summary.changes.length === 0 ? null : (
        <>
          <h3>Changed since the run before</h3>
          <ul className="run-changes selectable">
            {summary.changes.map((change) => (
              <li key={change}>{change}</li>
            ))}
          </ul>
        </>
      )}
      <div className="run-actions">
        <Button icon="play" disabled={!hasWeights || busy} title="Trains the graph on the canvas; layers begin with this run's weights wherever they fit" onClick={() => void trainFrom(summary.run)}>
          Start from these weights
        </Button>
        <Button icon="chart" disabled={!hasWeights} onClick={evaluate}>
          Evaluation
        </Button>
        <Button icon="arrange" onClick={() => void openRunGraph(summary)}>
          Open its graph
        </Button>
        <Button icon="download" disabled={!hasWeights} onClick={() => openExport(summary.run)}>
          Export…
        </Button>
        <Button icon="code" disabled={!hasWeights} onClick={() => openUsage(summary.run, null)}>
          Use this model…
        </Button>
        <Button icon="copy" disabled={!hasWeights} onClick={() => void copyCommand(summary.run)}>
          Copy as command
        </Button>
        <Button look="danger" icon="trash" disabled={isUnderWay} onClick={() => void deleteRun(summary)}>
          Delete
        </Button>
      </div>
    </section>
  );
}

const mostEpochs = 1_000_000;

/** A run that was cut off, or one that could be trained for longer than was asked at first. */
function canGoOn({ resumable, stopped }: RunSummary): boolean {
  return stopped === 'completed' || (resumable && stopped !== null);
}

/** Goes on to the number of epochs that was asked for, or to a larger one. */
function ResumeControl({ summary }: { readonly summary: RunSummary }): React.JSX.Element {
  const busy = useRuns(({ state }) => isBusy(state));
  const { epochs, epochsWanted } = summary;
  const [text, setText] = useState(String(epochs < epochsWanted ? epochsWanted : 2 * epochsWanted));
  const wanted = Number(text);
  const isFit = Number.isInteger(wanted) && wanted > epochs && wanted <= mostEpochs;
  const control = { id: 'resume-epochs', 'aria-describedby': 'resume-about', 'aria-invalid': !isFit } as const;
  return (
    <div className="run-resume">
      <Button icon="play" disabled={busy || !isFit} onClick={() => void resume(summary.run, wanted === epochsWanted ? null : wanted)}>
        Resume
      </Button>
      <label htmlFor={control.id}>to epoch</label>
      <NumberInput control={control} text={text} minimum={epochs + 1} maximum={mostEpochs} step={1} onText={setText} onLeave={() => undefined} />
      <span id="resume-about" className="quiet">
        {isFit ? `${countOf(wanted - epochs, 'epoch')} more` : `more than ${epochs}, which are trained`}
      </span>
    </div>
  );
}
