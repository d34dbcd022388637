import { useMemo } from 'react';
import type { EpochPoint } from '../../electron/ipc/run-messages.ts';
import { LineChart } from '../charts/line-chart.tsx';
import type { LiveLines } from '../charts/live-line.ts';
import type { ChartLine } from '../charts/chart-options.ts';
import { printNumber } from '../charts/print-number.ts';
import type { RunProgress } from '../state/run-state.ts';
import { followRun, grownTrace, grownValidation } from '../state/shown-run.ts';
import { baselineLevels, epochRange, lossChartData, lossRange } from './loss-chart-data.ts';
import { useTrainingView } from './training-view-store.ts';

interface LossChartProps {
  readonly progress: Pick<RunProgress, 'losses' | 'history' | 'stepsPerEpoch' | 'epochs' | 'baselines' | 'step'>;
  /** Epochs of earlier sessions. */
  readonly earlier: readonly EpochPoint[];
  readonly live: boolean;
}

const grownTraining = grownTrace(({ losses }) => losses);

const growingLosses: LiveLines = {
  follow: (grown) =>
    followRun((progress, shown) => [{ line: 0, points: grownTraining(progress, shown) }, { line: 1, points: grownValidation(progress, shown) }], grown),
};

const lines: readonly ChartLine[] = [
  { label: 'training', color: 'training', width: 1 },
  { label: 'validation', color: 'model', width: 2.5, points: true },
];

/** Training and validation loss over epochs, in scaled units, with the baselines' losses on the validation part as lines. */
export function LossChart({ progress, earlier, live }: LossChartProps): React.JSX.Element {
  const logarithmic = useTrainingView((state) => state.logarithmic);
  const { losses, history, stepsPerEpoch, epochs, baselines, step } = progress;
  const data = useMemo(
    () => lossChartData({ trace: losses, earlier, epochs: history, stepsPerEpoch }, logarithmic),
    [losses, history, earlier, stepsPerEpoch, logarithmic],
  );
  const levels = useMemo(() => baselineLevels(baselines), [baselines]);
  const range = lossRange(data, levels, logarithmic);
  const reached = step / Math.max(1, stepsPerEpoch);
  const latest = history.at(-1);
  const description =
    `Loss over epochs, in scaled units. ` +
    (latest === undefined ? 'No epoch has ended yet.' : `After epoch ${latest.epoch}: training ${printNumber(latest.trainingLoss)}, validation ${printNumber(latest.validationLoss)}.`);
  return (
    <LineChart
      description={description}
      data={data}
      lines={lines}
      x={{ label: 'epoch', kind: 'whole', range: epochRange(reached, live ? epochs : Math.max(1, Math.ceil(reached))) }}
      y={{ label: 'Loss, scaled units', kind: logarithmic ? 'logarithmic' : 'number', range }}
      levels={levels}
      live={live ? growingLosses : undefined}
    />
  );
}
