import type { EpochPoint } from '../../electron/ipc/run-messages.ts';
import { Segments } from '../data/segments.tsx';
import type { RunProgress } from '../state/run-state.ts';
import { LossChart } from './loss-chart.tsx';
import { RateChart, rateChanges } from './rate-chart.tsx';
import { useTrainingView } from './training-view-store.ts';

interface TrainingChartsProps {
  readonly progress: RunProgress;
  /** Epochs of earlier sessions. */
  readonly earlier: readonly EpochPoint[];
  readonly live: boolean;
}

const charts = ['loss', 'rate'] as const;
const scales = ['linear', 'logarithmic'] as const;

/** The loss over epochs; where a schedule changes the learning rate, that too, in the same place. */
export function TrainingCharts({ progress, earlier, live }: TrainingChartsProps): React.JSX.Element {
  const { chart: wanted, logarithmic } = useTrainingView();
  const hasRate = rateChanges(progress, earlier);
  const chart = hasRate ? wanted : 'loss';
  return (
    <section className={hasRate ? 'training-chart training-chart-choice' : 'training-chart'} aria-label={chart === 'loss' ? 'Loss' : 'Learning rate'}>
      <div className="training-chart-tools">
        {chart === 'loss' ? (
          <Segments
            label="Scale of the loss"
            options={scales}
            titles={{ linear: 'Linear', logarithmic: 'Log' }}
            chosen={logarithmic ? 'logarithmic' : 'linear'}
            onChoose={(scale) => useTrainingView.setState({ logarithmic: scale === 'logarithmic' })}
          />
        ) : null}
        {hasRate ? (
          <Segments label="Chart" options={charts} titles={{ loss: 'Loss', rate: 'Learning rate' }} chosen={chart} onChoose={(next) => useTrainingView.setState({ chart: next })} />
        ) : null}
      </div>
      {chart === 'loss' ? <LossChart progress={progress} earlier={earlier} live={live} /> : <RateChart progress={progress} earlier={earlier} live={live} />}
    </section>
  );
}
