import { Button } from '../components/button.tsx';
import { Tooltip } from '../components/tooltip.tsx';
import { useApplication } from '../state/application-store.ts';
import { useDocument } from '../state/document-store.ts';
import { doneShare, isBusy, progressOf, type RunState } from '../state/run-state.ts';
import { useRuns } from '../state/runs-store.ts';
import { useShownRun } from '../state/shown-run.ts';
import { commands, runCommand } from './commands.ts';

/** Train, or Stop with how far it is. */
export function TrainControl(): React.JSX.Element {
  const busy = useRuns(({ state }) => isBusy(state));
  const stoppable = useRuns(({ state }) => state.kind === 'active' && state.phase === 'training');
  const errors = useDocument((state) => state.diagnostics.filter(({ severity }) => severity === 'error').length);
  if (busy) {
    return (
      <div className="train-control">
        <Progress />
        <Tooltip text="Stop; what was trained is kept" {...keysFor('stop')}>
          <Button icon="stop" disabled={!stoppable} onClick={() => runCommand('stop')}>
            Stop
          </Button>
        </Tooltip>
      </div>
    );
  }
  const text = errors === 0 ? 'Train this graph' : `Show the ${errors === 1 ? 'error' : `${errors} errors`} that ${errors === 1 ? 'keeps' : 'keep'} this graph from training`;
  return (
    <div className="train-control">
      <EngineNote />
      <Tooltip text={text} {...keysFor('train')}>
        <Button look="primary" icon="play" onClick={() => runCommand('train')}>
          Train
        </Button>
      </Tooltip>
    </div>
  );
}

function keysFor(name: 'train' | 'stop'): { readonly keys?: string } {
  const { keys } = commands[name];
  return keys === null ? {} : { keys };
}

function Progress(): React.JSX.Element {
  const text = useShownRun(({ state }) => progressText(state));
  const share = useShownRun(({ state }) => {
    const progress = progressOf(state);
    return progress === null ? null : doneShare(progress);
  });
  return (
    <div className="train-progress">
      <span>{text}</span>
      <progress aria-label="Training" {...(share === null ? {} : { value: share })} max={1} />
    </div>
  );
}

function progressText(state: RunState): string {
  if (state.kind === 'preparing') return 'Preparing';
  if (state.kind !== 'active') return '';
  switch (state.phase) {
    case 'training':
      return `Epoch ${Math.max(1, state.progress.epoch)} of ${state.progress.epochs}`;
    case 'evaluating':
      return 'Evaluating';
    case 'stopping':
      return 'Stopping';
  }
}

function EngineNote(): React.JSX.Element | null {
  const status = useApplication((state) => state.engine.status);
  if (status === 'ready') return null;
  return <span className="engine-note">{status === 'starting' ? 'Engine is starting' : 'Engine failed'}</span>;
}
