import { Button } from '../components/button.tsx';
import { DiagnosticList } from '../data/diagnostic-list.tsx';
import { VerdictLine } from '../evaluation/verdict-line.tsx';
import { stopInWords, verdictView } from '../evaluation/verdict-view.ts';
import type { RunState } from '../state/run-state.ts';
import { resume, stopTraining, train } from '../state/runs-store.ts';
import { showDock } from '../state/view-store.ts';

/** What came of a training, or that it goes on; with what can be done about it. */
export function RunOutcome({ state }: { readonly state: RunState }): React.JSX.Element | null {
  switch (state.kind) {
    case 'active':
      return (
        <div className="outcome">
          <h3 className="outcome-phase">{{ training: 'Training', evaluating: 'Judging on the validation part', stopping: 'Stopping after this step' }[state.phase]}</h3>
          <Button icon="stop" disabled={state.phase !== 'training'} onClick={() => void stopTraining()}>
            Stop
          </Button>
        </div>
      );
    case 'finished': {
      const { report, progress } = state;
      const isCut = report.stopped === 'cancelled' && report.epochs < progress.epochs;
      return (
        <div className="outcome outcome-ended">
          <div className="outcome-words">
            <VerdictLine view={verdictView(report)} />
            <p className="quiet">
              {stopInWords(report.stopped)}; {report.bestEpoch === 0 ? 'the weights of now are kept' : `the weights of epoch ${report.bestEpoch} are kept`}.
            </p>
          </div>
          <div className="outcome-actions">
            {isCut ? (
              <Button icon="play" onClick={() => void resume(progress.run)}>
                Resume
              </Button>
            ) : null}
            <Button icon="chart" onClick={() => showDock('evaluation')}>
              Evaluation
            </Button>
          </div>
        </div>
      );
    }
    case 'failed':
      return (
        <div className="outcome outcome-ended">
          <div className="outcome-words">
            <h3 className="outcome-failed">Training ended with an error</h3>
            <DiagnosticList diagnostics={state.diagnostics} />
          </div>
          <div className="outcome-actions">
            {state.resumable ? (
              <Button look="primary" icon="play" onClick={() => void resume(state.run)}>
                Resume from the last checkpoint
              </Button>
            ) : (
              <Button icon="play" onClick={() => void train()}>
                Train anew
              </Button>
            )}
          </div>
        </div>
      );
    case 'idle':
    case 'preparing':
    case 'refused':
      return null;
  }
}
