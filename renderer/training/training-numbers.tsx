import { printCount } from '../../core/diagnostics/phrases.ts';
import type { EpochPoint } from '../../electron/ipc/run-messages.ts';
import { printNumber } from '../charts/print-number.ts';
import { printDuration, printStepTime } from '../charts/print-time.ts';
import type { RunProgress, RunState } from '../state/run-state.ts';
import { secondsLeft } from './time-left.ts';

interface TrainingNumbersProps {
  readonly state: RunState;
  readonly progress: RunProgress;
  /** Epochs of earlier sessions. */
  readonly earlier: readonly EpochPoint[];
}

/** How far the training is, how fast, and what it has reached. */
export function TrainingNumbers({ state, progress, earlier }: TrainingNumbersProps): React.JSX.Element {
  const { epoch, epochs, step, stepInEpoch, stepsPerEpoch, msPerStep, parameters, seed, facts, history, losses, learningRates } = progress;
  const isLive = state.kind === 'active';
  const best = [...earlier, ...history].findLast((point) => point.best);
  const windows = facts?.windows;
  return (
    <dl className="numbers">
      <Number name="Epoch" value={`${printCount(Math.min(epochs, Math.max(1, epoch)))} of ${printCount(epochs)}`} />
      {isLive ? (
        <Number name="Step" value={`${printCount(Math.min(stepInEpoch, stepsPerEpoch))} of ${printCount(stepsPerEpoch)}`} />
      ) : (
        <Number name="Steps" value={printCount(step)} />
      )}
      <Number name="Per step" value={printStepTime(msPerStep)} />
      {isLive ? <Number name="Time left" value={printDuration(secondsLeft(progress))} /> : null}
      <Number name="Training loss" value={printNumber(losses.points.at(-1) ?? history.at(-1)?.trainingLoss)} />
      <Number name="Best validation loss" value={best === undefined ? printNumber(null) : `${printNumber(best.validationLoss)} (epoch ${best.epoch})`} />
      <Number name="Learning rate" value={printNumber(learningRates.points.at(-1) ?? history.at(-1)?.learningRate)} />
      <Number name="Trainable weights" value={printCount(parameters)} />
      <Number name="Seed" value={String(seed)} />
      {windows === undefined ? null : (
        <Number name="Windows" value={`${printCount(windows.training)} / ${printCount(windows.validation)} / ${printCount(windows.test)}`} about="training / validation / test" wide />
      )}
      {facts === null ? null : <Number name="Engine" value={`${facts.engine.name} ${facts.engine.version}, ${facts.engine.threads === 1 ? '1 thread' : `${facts.engine.threads} threads`}`} wide />}
    </dl>
  );
}

interface NumberProps {
  readonly name: string;
  readonly value: string;
  readonly about?: string;
  readonly wide?: boolean;
}

function Number({ name, value, about, wide = false }: NumberProps): React.JSX.Element {
  return (
    <div title={about} className={wide ? 'numbers-wide' : ''}>
      <dt>{name}</dt>
      <dd className="selectable">{value}</dd>
    </div>
  );
}
