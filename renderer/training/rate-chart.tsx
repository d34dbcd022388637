import { useMemo } from 'react';
import type { EpochPoint } from '../../electron/ipc/run-messages.ts';
import { alignColumns } from '../charts/align-columns.ts';
import type { ChartLine } from '../charts/chart-options.ts';
import { LineChart } from '../charts/line-chart.tsx';
import type { LiveLines } from '../charts/live-line.ts';
import { printNumber } from '../charts/print-number.ts';
import { stepsOf } from '../state/loss-trace.ts';
import type { RunProgress } from '../state/run-state.ts';
import { followRun, grownTrace } from '../state/shown-run.ts';
import { epochRange } from './loss-chart-data.ts';

interface RateChartProps {
  readonly progress: Pick<RunProgress, 'learningRates' | 'stepsPerEpoch' | 'epochs' | 'step'>;
  /** Epochs of earlier sessions. */
  readonly earlier: readonly EpochPoint[];
  readonly live: boolean;
}

const grownRate = grownTrace(({ learningRates }) => learningRates);

const growingRate: LiveLines = { follow: (grown) => followRun((progress, shown) => [{ line: 0, points: grownRate(progress, shown) }], grown) };

const lines: readonly ChartLine[] = [{ label: 'learning rate', color: 'model', width: 2 }];

/** The learning rate of every step, as the schedule gave it; of earlier sessions what each epoch ended with. */
export function RateChart({ progress, earlier, live }: RateChartProps): React.JSX.Element {
  const { learningRates, stepsPerEpoch, epochs, step } = progress;
  const data = useMemo(() => {
    const before = earlier.filter(({ learningRate }) => learningRate !== null);
    const steps = stepsOf(learningRates).map((own) => own / stepsPerEpoch);
    return alignColumns([
      { x: [...before.map(({ epoch }) => epoch), ...steps], y: [...before.map(({ learningRate }) => learningRate ?? Number.NaN), ...learningRates.points] },
    ]);
  }, [learningRates, earlier, stepsPerEpoch]);
  const highest = Math.max(...learningRates.points, ...earlier.map(({ learningRate }) => learningRate ?? 0), 0);
  const reached = step / Math.max(1, stepsPerEpoch);
  return (
    <LineChart
      description={`Learning rate over epochs; now ${printNumber(learningRates.points.at(-1))}.`}
      data={data}
      lines={lines}
      x={{ label: 'epoch', kind: 'whole', range: epochRange(reached, live ? epochs : Math.max(1, Math.ceil(reached))) }}
      y={{ label: 'Learning rate', kind: 'number', range: [0, highest > 0 ? highest * 1.08 : 1] }}
      live={live ? growingRate : undefined}
    />
  );
}

/** Whether there is anything to see: a rate that changes. */
export function rateChanges({ learningRates }: Pick<RunProgress, 'learningRates'>, earlier: readonly EpochPoint[]): boolean {
  const [first = null] = learningRates.points;
  return learningRates.points.some((rate) => rate !== first) || earlier.some(({ learningRate }) => learningRate !== null && learningRate !== first);
}
