import { useMemo } from 'react';
import type { EvaluatedPart, RunHandle, SampleDrawing } from '../../electron/ipc/run-messages.ts';
import { alignColumns } from '../charts/align-columns.ts';
import type { ChartLine } from '../charts/chart-options.ts';
import { LineChart } from '../charts/line-chart.tsx';
import { printNumber } from '../charts/print-number.ts';
import { meanAbsoluteError } from './forecast-chart.ts';
import { useSamples, WindowSamples } from './window-samples.tsx';

interface DrawingViewProps {
  readonly run: RunHandle;
  readonly part: EvaluatedPart;
  /** The label of the target in the graph. */
  readonly target: string;
}

const lines: readonly ChartLine[] = [
  { label: 'truth', color: 'truth', width: 1.5 },
  { label: 'model', color: 'model', width: 2.5 },
  { label: 'mean series', color: 'meanSeries', dashed: true },
];

/** Single windows as the model draws them, with the truth and the mean series, in the data's unit. */
export function DrawingView({ run, part, target }: DrawingViewProps): React.JSX.Element {
  const { value, diagnostics } = useSamples(run, part);
  const drawings = (value?.drawings ?? []).filter((drawing) => drawing.target === target);
  return <WindowSamples title="Drawn series" samples={drawings} diagnostics={diagnostics} waiting="Drawing" draw={(drawing) => <OneSeries drawing={drawing} />} />;
}

function OneSeries({ drawing }: { readonly drawing: SampleDrawing }): React.JSX.Element {
  const { truth, model, meanSeries, column, origin, series } = drawing;
  const data = useMemo(() => alignColumns([truth, model, meanSeries].map((y) => ({ x: y.map((_, step) => step + 1), y }))), [truth, model, meanSeries]);
  const [own, mean] = [model, meanSeries].map((drawn) => printNumber(meanAbsoluteError(drawn, truth), 3));
  return (
    <>
      <LineChart
        description={`${column} of series ${series + 1} as the model draws it: mean absolute error ${own} of the model, ${mean} of the mean series.`}
        data={data}
        lines={lines}
        x={{ label: 'time step', kind: 'whole', range: null }}
        y={{ label: "data's unit", kind: 'number', range: null }}
      />
      <p className="quiet evaluation-note">
        {column}, window up to {origin}, series {series + 1}: mae {own}, mean series {mean}
      </p>
    </>
  );
}
