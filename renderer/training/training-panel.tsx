import '../data/panels.css';
import './training-panel.css';
import { Button } from '../components/button.tsx';
import { EmptyState } from '../components/empty-state.tsx';
import { DiagnosticList } from '../data/diagnostic-list.tsx';
import { useApplication } from '../state/application-store.ts';
import { useDocument } from '../state/document-store.ts';
import { progressOf, type RunProgress, type RunState } from '../state/run-state.ts';
import { resume, train } from '../state/runs-store.ts';
import { useShownRun } from '../state/shown-run.ts';
import { showDock } from '../state/view-store.ts';
import { RunOutcome } from './run-outcome.tsx';
import { TrainingCharts } from './training-charts.tsx';
import { TrainingNumbers } from './training-numbers.tsx';
import { useEarlierEpochs } from './use-earlier-epochs.ts';

/** The dock's Training tab: the training under way or the last one of this sitting, its losses and what came of it. */
export function TrainingPanel(): React.JSX.Element {
  const state = useShownRun((shown) => shown.state);
  const progress = progressOf(state);
  if (progress === null) return <div className="panel training-panel">{withoutProgress(state)}</div>;
  return <CourseOfTraining state={state} progress={progress} />;
}

function withoutProgress(state: RunState): React.JSX.Element {
  switch (state.kind) {
    case 'preparing':
      return <Preparing />;
    case 'refused':
      return (
        <div className="training-refused">
          <h3>The training could not start</h3>
          <DiagnosticList diagnostics={state.diagnostics} />
        </div>
      );
    case 'failed':
      return (
        <div className="training-refused">
          <h3>The training failed before its first step</h3>
          <DiagnosticList diagnostics={state.diagnostics} />
          {state.resumable ? <Button icon="play" onClick={() => void resume(state.run)}>Resume</Button> : null}
        </div>
      );
    case 'idle':
    case 'active':
    case 'finished':
      return <BeforeTraining />;
  }
}

function Preparing(): React.JSX.Element {
  const status = useApplication((state) => state.engine.status);
  const text = status === 'starting' ? 'TensorFlow is being loaded; the first training of a sitting waits for it.' : 'Reading the data, checking the graph and compiling it.';
  return <EmptyState title="Preparing" text={text} />;
}

function BeforeTraining(): React.JSX.Element {
  const errors = useDocument(({ diagnostics }) => diagnostics.filter(({ severity }) => severity === 'error').length);
  const engine = useApplication((state) => state.engine);
  if (engine.status === 'failed' && engine.diagnostic !== null) {
    return (
      <div className="training-refused">
        <h3>The engine is not running</h3>
        <DiagnosticList diagnostics={[engine.diagnostic]} />
      </div>
    );
  }
  if (errors > 0) {
    return (
      <EmptyState title="Not ready to train" text={`${errors === 1 ? 'One error keeps' : `${errors} errors keep`} this graph from training. Problems lists ${errors === 1 ? 'it' : 'them'}, with repairs.`}>
        <Button onClick={() => showDock('problems')}>Show problems</Button>
      </EmptyState>
    );
  }
  return (
    <EmptyState title="Ready to train" text="Train this graph on the training part. The loss is drawn here as it falls, with the baselines as lines, and the verdict follows.">
      <Button look="primary" icon="play" onClick={() => void train()}>
        Train
      </Button>
    </EmptyState>
  );
}

function CourseOfTraining({ state, progress }: { readonly state: RunState; readonly progress: RunProgress }): React.JSX.Element {
  const earlier = useEarlierEpochs(progress);
  return (
    <div className="panel training-panel">
      <RunOutcome state={state} />
      <div className="training-course">
        <div className="training-side" tabIndex={0} role="region" aria-label="Progress in numbers">
          <TrainingNumbers state={state} progress={progress} earlier={earlier} />
          <DiagnosticList diagnostics={state.kind === 'finished' ? state.report.warnings : progress.warnings} />
        </div>
        <TrainingCharts progress={progress} earlier={earlier} live={state.kind === 'active'} />
      </div>
    </div>
  );
}
